import { createHash } from 'node:crypto';
import type { Block, Draft, Run, Table } from '../model.ts';
import { toPlainText } from './text.ts';

/** Stands for a figure, whatever it is. */
const BLANK = '□';
/** Where one statement ends and the next one begins. */
const END = /[，。；：！？]/;

/**
 * The words among which each figure of a draft stands, as a short hash: those of its clause with all figures blank, in a
 * table those of its title, column and row. Equal words say the same thing of another value.
 */
export function toWordsAround(draft: Draft): Map<Run, string> {
  const found = new Map<Run, string>();
  const lines = [
    draft.title,
    draft.captions,
    ...draft.annexes.flatMap(({ title, captions }) => [[title], captions]),
  ];
  for (const line of lines.flat()) addLine(line, found);
  for (const block of [...draft.blocks, ...draft.annexes.flatMap(({ blocks }) => blocks)])
    addBlock(block, found);
  return found;
}

function addBlock(block: Block, found: Map<Run, string>): void {
  if (block.type === 'table') addTable(block, found);
  else if (block.type === 'signature') [block.organisation, block.date].map((line) => addLine(line, found));
  else if (block.type !== 'enclosures') addLine(block.runs, found);
}

function addLine(runs: readonly Run[], found: Map<Run, string>): void {
  const texts = runs.map((run) => (isFigure(run) ? BLANK : run.text));
  const line = texts.join('');
  let at = 0;
  for (const [index, run] of runs.entries()) {
    if (isFigure(run)) found.set(run, toHash(findClause(line, at)));
    at += texts[index]?.length ?? 0;
  }
}

function findClause(line: string, at: number): string {
  let from = at;
  while (from > 0 && !END.test(line[from - 1] ?? '')) from--;
  const end = line.slice(at).search(END);
  // 一是, 二是 … move when another item falls away.
  return line.slice(from, end < 0 ? undefined : at + end).replace(/^[一二三四五六七八九十]+是/, '');
}

function addTable({ title, head, rows, notes }: Table, found: Map<Run, string>): void {
  for (const line of [title, ...head, ...notes]) addLine(line, found);
  for (const row of rows)
    for (const [column, cell] of row.entries())
      for (const run of cell.filter(isFigure)) {
        const place = [title, head[column] ?? [], row[0] === cell ? [] : (row[0] ?? [])];
        found.set(run, toHash(place.map(toWords).join('|')));
      }
}

const toWords = (runs: readonly Run[]): string =>
  toPlainText(runs.map((run) => (isFigure(run) ? { ...run, text: BLANK } : run)));

/** A 〔待核〕 stands where its figure will. */
const isFigure = (run: Run): boolean =>
  run.type === 'figure' || (run.type === 'placeholder' && run.kind === '待核');

const toHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
