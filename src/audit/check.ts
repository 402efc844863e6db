import type { Catalogue } from '../catalogue/index.ts';
import { toMonths } from '../format.ts';
import type { Draft, Report } from '../model.ts';
import { type DocxPackage, openPackage, savePackage } from './package.ts';
import { annotate } from './prose/annotate.ts';
import { checkPassages, type Located } from './prose/check.ts';
import { isZip, readPassages } from './prose/document.ts';
import { type DocxPassage, toDocxPassages } from './prose/docx.ts';
import { type Finding, toWords } from './prose/finding.ts';
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

/** What was found out about a document. */
export interface Audited {
  findings: Finding[];
  /** A copy with what is to be looked at as Word comments; null for a document that is no docx. */
  annotate: (() => Promise<Uint8Array>) | null;
}

/** Compares every number of a document with the drafts that its data give; without a report only with one another. */
export function createCheck(
  drafts: Draft[],
  report: Report | null,
  catalogue: Catalogue,
): (document: Document) => Audited {
  const units = createUnits(catalogue);
  const figures = new Map((report?.figures ?? []).map((figure) => [figure.id, figure]));
  const expected = drafts.map((draft) => toExpected(draft, figures, units));
  const months = report === null ? 12 : toMonths(report.period).length;
  const aliases = new Map([...catalogue.indicators.values()].map(({ id, 别名 }) => [id, 别名]));
  const known = {
    drafts: expected,
    figures: [...figures.values()],
    aliases,
    units,
    prose: catalogue.prose,
    months,
  };
  return ({ name, bytes }) => {
    const opened = isZip(bytes) ? openPackage(bytes, name) : null;
    const passages = opened ? toDocxPassages(opened) : readPassages(bytes, name);
    const located = checkPassages({ passages, ...known });
    return {
      findings: located.map(({ finding }) => finding),
      annotate: opened === null ? null : () => toAnnotated(opened, located),
    };
  };
}

function toAnnotated(opened: DocxPackage, located: Located[]): Promise<Uint8Array> {
  const remarks = located.flatMap(({ finding, placed: { passage, token } }) => {
    const text = toWords(finding);
    return text === '' ? [] : [{ passage: passage as DocxPassage, from: token.from, to: token.to, text }];
  });
  annotate(opened, remarks);
  return savePackage(opened);
}
