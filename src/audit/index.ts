export { type DocxPackage, openPackage, readMain, readTree, savePackage } from './package.ts';
