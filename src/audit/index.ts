export { createCheck, isWrong } from './check.ts';
export { type DocxPackage, openPackage, readMain, readTree, savePackage } from './package.ts';
export type { Finding, Verdict } from './prose/finding.ts';
