export { createCheck, isWrong } from './check.ts';
export { type DocxPackage, openPackage, readMain, readTree, savePackage } from './package.ts';
export { readRecord } from './properties.ts';
export { type Finding, toWords as toFindingWords, type Verdict } from './prose/finding.ts';
export { type Fate, type Refreshed, refreshFigures, WRITTEN } from './refresh.ts';
