import type { Run } from '../model.ts';

/** Private-use characters stand for runs while the text is still text; they are taken out of everything else. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /(\uE000\d+\uE001)/;

/** Line that stands for 署名 and 成文日期. */
export const SIGNATURE_LINE = '\uE002';

/** Stands for a structure, alone in its chunk. */
export const STRUCTURE_MARK = /(\uE003\d+\uE003)/;

/** Keeps a structure and returns the mark that stands for it in the text. */
export function toStructureMark<T>(structure: T, structures: T[]): string {
  structures.push(structure);
  return `\uE003${structures.length - 1}\uE003`;
}

/** Keeps a run and returns the mark that stands for it in the text. */
export function toMark(run: Run, runs: Run[]): string {
  runs.push(run);
  return `${OPEN}${runs.length - 1}${CLOSE}`;
}

/** Cuts a text into its runs; empty stretches fall away. */
export function toRuns(text: string, runs: Run[]): Run[] {
  return text.split(MARK).flatMap((part): Run[] => {
    if (part === '') return [];
    const run = part.startsWith(OPEN) ? runs[Number(part.slice(1, -1))] : undefined;
    return [run ?? { type: 'text', text: part }];
  });
}

/** A text from outside (place names, template) without the characters that marks are made of. */
export const withoutMarks = (text: string): string => text.replace(/[\uE000-\uE00F]/g, '');
