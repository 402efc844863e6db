import { createHash } from 'node:crypto';
import type { Block, Draft, Run, Table } from '../model.ts';
import { toPlainText } from './text.ts';

/** Stands for a figure, whatever it is. */
const BLANK = '□';
/** Where one statement ends and the next one begins. */
const END = /[，。；：！？]/;
const LAST_END = /[，。；：！？](?=[^，。；：！？]*$)/;

/** Where a figure is printed. */
export interface Surroundings {
  /** Short hash of the words around it, all figures blank: equal ones say the same thing of another value. */
  words: string;
  /** The clause, or the place in a table, as a person reads it. */
  quote: string;
}

/** The surroundings of each figure and 〔待核〕 of a draft: its clause, in a table the title, the column and the row. */
export function toSurroundings(draft: Draft): Map<Run, Surroundings> {
  const found = new Map<Run, Surroundings>();
  const { title, captions, blocks, annexes } = draft;
  for (const line of [...title, ...captions, ...annexes.flatMap((each) => [each.title, ...each.captions])])
    addLine(line, found);
  for (const block of [...blocks, ...annexes.flatMap((each) => each.blocks)]) addBlock(block, found);
  return found;
}

/** A figure as a draft prints it. */
export interface Appearance extends Surroundings {
  figure: string;
  text: string;
  pending: boolean;
}

/** The figures of a draft, each as often as it is printed. */
export const toAppearances = (draft: Draft): Appearance[] =>
  [...toSurroundings(draft)].flatMap(([run, around]) =>
    run.type === 'text' || run.figure === null
      ? []
      : [{ ...around, figure: run.figure, text: run.text, pending: run.type === 'placeholder' }],
  );

function addBlock(block: Block, found: Map<Run, Surroundings>): void {
  if (block.type === 'table') addTable(block, found);
  else if (block.type === 'signature') [block.organisation, block.date].map((line) => addLine(line, found));
  else if (block.type !== 'enclosures') addLine(block.runs, found);
}

function addLine(runs: readonly Run[], found: Map<Run, Surroundings>): void {
  for (const run of runs.filter(isFigure)) {
    const clause = findClause(runs, run);
    // 一是, 二是 … move when another item falls away.
    const words = toBlanked(clause).replace(/^[一二三四五六七八九十]+是/, '');
    found.set(run, { words: toHash(words), quote: toPlainText(clause) });
  }
}

/** The runs from the last mark of punctuation before a figure to the first one behind it. */
function findClause(runs: readonly Run[], run: Run): Run[] {
  const at = runs.indexOf(run);
  const clause = [run];
  for (const before of runs.slice(0, at).reverse()) {
    const cut = isFigure(before) ? -1 : before.text.search(LAST_END);
    clause.unshift(cut < 0 ? before : { ...before, text: before.text.slice(cut + 1) });
    if (cut >= 0) break;
  }
  for (const after of runs.slice(at + 1)) {
    const cut = isFigure(after) ? -1 : after.text.search(END);
    clause.push(cut < 0 ? after : { ...after, text: after.text.slice(0, cut) });
    if (cut >= 0) break;
  }
  return clause;
}

function addTable({ title, head, rows, notes }: Table, found: Map<Run, Surroundings>): void {
  for (const line of [title, ...head, ...notes]) addLine(line, found);
  for (const row of rows)
    for (const [column, cell] of row.entries())
      for (const run of cell.filter(isFigure)) {
        const place = [title, row[0] === cell ? [] : (row[0] ?? []), head[column] ?? []];
        found.set(run, {
          words: toHash(place.map(toBlanked).join('|')),
          quote: `表“${place.map(toPlainText).join('，')}”`,
        });
      }
}

const toBlanked = (runs: readonly Run[]): string =>
  runs.map((run) => (isFigure(run) ? BLANK : run.text)).join('');

/** A 〔待核〕 stands where its figure will. */
const isFigure = (run: Run): boolean =>
  run.type === 'figure' || (run.type === 'placeholder' && run.kind === '待核');

const toHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
