import { Failure } from '../failure.ts';
import type { Run, Table } from '../model.ts';
import { toRuns } from './marks.ts';

/**
 * The table in lines of a template: what begins with | is a row, the first row is the head, lines before it are the
 * title and lines after it notes. Null when no row but the head is left; throws when a row has other cells than the head.
 */
export function toTable(lines: string[], marks: Run[], where: string): Table | null {
  const first = lines.findIndex((line) => line.startsWith('|'));
  const title = lines.slice(0, Math.max(first, 0)).join('');
  const [head = [], ...rows] = lines.filter((line) => line.startsWith('|')).map(toCells);
  if (rows.length === 0) return null;
  const odd = rows.find((row) => row.length !== head.length);
  if (odd)
    throw new Failure('template-invalid', {
      where,
      found: `${title === '' ? '表' : `表“${toPlain(title, marks)}”`}的一行有${odd.length}格`,
      expected: `应与表头一样有${head.length}格，格与格之间写“|”`,
    });
  const notes = lines.slice(first).filter((line) => !line.startsWith('|'));
  return {
    type: 'table',
    title: toRuns(title, marks),
    head: head.map((cell) => toRuns(cell, marks)),
    rows: rows.map((row) => row.map((cell) => toRuns(cell, marks).map(toSeparated))),
    notes: notes.map((note) => toRuns(note, marks)),
  };
}

const toPlain = (text: string, marks: Run[]): string =>
  toRuns(text, marks)
    .map((run) => run.text)
    .join('');

const toCells = (line: string): string[] =>
  line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());

/** Tables have thousands separators, prose has none. */
function toSeparated(run: Run): Run {
  if (run.type !== 'figure') return run;
  const text = run.text.replace(/(?<![\d.])\d{4,}/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
  return { ...run, text };
}
