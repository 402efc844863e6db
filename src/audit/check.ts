import type { Catalogue } from '../catalogue/index.ts';
import type { Draft, Report } from '../model.ts';
import { checkPassages } from './prose/check.ts';
import { readPassages } from './prose/document.ts';
import type { Finding } from './prose/finding.ts';
import { toExpected } from './prose/reference.ts';
import { createUnits } from './prose/units.ts';

/** What is wrong with a document: everything else about it is as it should be or not ours to judge. */
export const isWrong = ({ verdict }: Finding): boolean =>
  verdict === 'changed' || verdict === 'contradictory';

/** A document as bytes, with the name by which its format is told. */
export interface Document {
  name: string;
  bytes: Uint8Array;
}

/** Compares every number of a document with the drafts that its data give; without a report only with one another. */
export function createCheck(
  drafts: Draft[],
  report: Report | null,
  catalogue: Catalogue,
): (document: Document) => Finding[] {
  const units = createUnits(catalogue);
  const figures = new Map((report?.figures ?? []).map((figure) => [figure.id, figure]));
  const expected = drafts.map((draft) => toExpected(draft, figures, units));
  return ({ name, bytes }) => checkPassages({ passages: readPassages(bytes, name), drafts: expected, units });
}
