import { type Difference, diffFacts, type FactsFile, readFacts } from '../facts/index.ts';

/** Two facts and what differs between them, for the one who prints it. */
export interface Compared {
  was: FactsFile;
  now: FactsFile;
  difference: Difference;
}

/** Reads two *.facts.json and compares them; those that were changed by hand too, for that is what one may want to see. */
export async function compare(was: string, now: string): Promise<Compared> {
  const [before, after] = await Promise.all([readFacts(was, true), readFacts(now, true)]);
  return { was: before, now: after, difference: diffFacts(before.facts, after.facts) };
}
