import type { Annex, Run, Table } from '../model.ts';
import { type Cell, FILLED_BY_HAND, type Sheet, toPrinted, WITHHELD } from './table.ts';
import type { Withheld } from './withheld.ts';

/** Tables as annexes of a document; their marks are given by whoever knows what else it has. */
export const toAnnexes = (sheets: Sheet[]): Omit<Annex, 'mark'>[] =>
  sheets.map((sheet) => ({
    title: [toText(sheet.title)],
    captions: [],
    landscape: sheet.landscape,
    blocks: [toTable(sheet)],
  }));

function toTable({ organisation, when, columns, rows, notes }: Sheet): Table {
  return {
    type: 'table',
    title: [toText(`填报单位：${organisation}　${when}`)],
    head: columns.map(({ group, name, unit }) => [
      toText(`${group}${name}${unit === '' ? '' : `（${unit}）`}`),
    ]),
    rows: rows.map(({ cells, indented }) =>
      cells.map((cell, index) => [toRun(cell, index === 0 && indented ? '　' : '')]),
    ),
    notes: [...(notes.length > 0 ? [[toText(`注：${toNumbered(notes)}`)]] : []), [toText(FILLED_BY_HAND)]],
  };
}

/** As printed forms have them: one paragraph, so that a page holds its table. */
const toNumbered = (notes: string[]): string =>
  notes.length === 1 ? notes.join('') : notes.map((note, index) => `${index + 1}. ${note}`).join('');

const toText = (text: string): Run => ({ type: 'text', text });

/** A whole figure keeps its id, so that it can be asked where it comes from. */
const toRun = (cell: Cell, before: string): Run =>
  cell.type === 'number'
    ? { type: 'figure', text: cell.text, figure: cell.figure }
    : cell.type === 'pending'
      ? { type: 'placeholder', kind: '待核', text: `〔待核：${cell.reason}〕`, figure: cell.figure }
      : toText(`${before}${toPrinted(cell)}`);

/**
 * Annexes that a template writes itself, without what the tables beside them withhold; a document's own sentences are
 * internal and stay.
 */
export function withholdInAnnexes(annexes: Annex[], { runs }: Withheld): Annex[] {
  const toShown = (run: Run): Run =>
    run.type === 'figure' && runs.has(run.figure.replace(/#.*$/, '')) ? toText('*') : run;
  const toRow = (cells: Run[][]): Run[][] => cells.map((cell) => cell.map(toShown));
  return annexes.map((annex) => ({
    ...annex,
    blocks: annex.blocks.map((block) => {
      if (block.type !== 'table') return block;
      const rows = block.rows.map(toRow);
      const isWhole = JSON.stringify(rows) === JSON.stringify(block.rows);
      return isWhole ? block : { ...block, rows, notes: [...block.notes, [toText(WITHHELD)]] };
    }),
  }));
}
