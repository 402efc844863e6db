export { type Difference, diffFacts } from './diff.ts';
export { type FactsFile, readFacts } from './read.ts';
export { toFactsText } from './write.ts';
