import Big from 'big.js';
import type { Block, Draft, Figure, Run } from '../../model.ts';
import { compareValue } from './compare.ts';
import { findNumbers, type NumberToken } from './numbers.ts';
import { type Placed, toPlaced } from './place.ts';
import type { Units } from './units.ts';

/** A number of the draft that the data give, with the figure that it is. */
export interface Expected extends Placed {
  /** Id of the figure; null for a number that the template itself says. */
  figure: string | null;
  /** What the figure is called; '' for a number of the template. */
  name: string;
  /** Exact in base units, before it was rounded for print. */
  exact: Big;
  /** Which appearance of its figure in the document it is, from 1; 0 for a number of the template. */
  appearance: number;
}

/** The numbers of a draft in its order. */
export function toExpected(draft: Draft, figures: ReadonlyMap<string, Figure>, units: Units): Expected[] {
  const seen = new Map<string, number>();
  return toRows(draft).flatMap((cells) => {
    const runs = cells.flatMap((cell, index): Run[] =>
      index === 0 ? cell : [{ type: 'text', text: '\t' }, ...cell],
    );
    const text = runs.map((run) => run.text).join('');
    const spans = toSpans(runs, seen);
    const passage = { place: '', line: 0, text, marks: [] };
    return toPlaced(passage, findNumbers(text, units)).map((placed) => {
      const span = spans.find(({ from, to }) => from < placed.token.to && to > placed.token.from);
      const figure = span ? figures.get(span.figure) : undefined;
      return {
        ...placed,
        figure: span?.figure ?? null,
        name: figure?.name ?? span?.figure ?? '',
        exact: toExact(placed.token, figure),
        appearance: span?.appearance ?? 0,
      };
    });
  });
}

/** A target bears its figure's id and is another number; the parts of an area are in no list. */
function toExact(token: NumberToken, figure: Figure | undefined): Big {
  if (figure === undefined || figure.value === null) return token.value;
  const exact = new Big(figure.value).abs();
  return compareValue(token, exact) === 'other' ? token.value : exact;
}

function toSpans(runs: Run[], seen: Map<string, number>) {
  let at = 0;
  return runs.flatMap((run) => {
    const from = at;
    at += run.text.length;
    if (run.type === 'text' || run.figure === null) return [];
    const appearance = (seen.get(run.figure) ?? 0) + 1;
    seen.set(run.figure, appearance);
    return run.type === 'figure' ? [{ from, to: at, figure: run.figure, appearance }] : [];
  });
}

/** Each paragraph and each row of a table, in the order in which the documents have them. */
function toRows({ title, captions, blocks, annexes }: Draft): Run[][][] {
  return [
    [title.flat()],
    ...captions.map((line) => [line]),
    ...blocks.flatMap(toBlockRows),
    ...annexes.flatMap((annex) => [
      [annex.title],
      ...annex.captions.map((line) => [line]),
      ...annex.blocks.flatMap(toBlockRows),
    ]),
  ];
}

function toBlockRows(block: Block): Run[][][] {
  switch (block.type) {
    case 'table':
      return [[block.title], block.head, ...block.rows, ...block.notes.map((note) => [note])];
    case 'signature':
      return [[block.organisation], [block.date]];
    case 'enclosures':
      return [];
    default:
      return [[block.runs]];
  }
}
