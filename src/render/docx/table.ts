import {
  AlignmentType,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { Run, Table as TableBlock } from '../../model.ts';
import { type Column, toColumns } from '../columns.ts';
import type { Style } from '../style.ts';
import type { Marks } from './marks.ts';
import { toChildren, toParagraph } from './runs.ts';
import { TABLE_HEAD_STYLE, TABLE_STYLE, TABLE_TITLE_STYLE } from './styles.ts';

/** Room between the border and the text, in twips. */
const MARGIN = 60;
/** A gap below a table, in twips; without a paragraph between them Word makes one of two tables. */
const GAP = 120;

/** A table as wide as the text, its head repeated on every page, no row torn; title above, notes below. */
export function toTable(
  block: TableBlock,
  marks: Marks,
  width: number,
  faces: Style['faces'],
): (Paragraph | Table)[] {
  const columns = toColumns(block, width / (faces.table.size * 20));
  const widths = toWidths(columns, width);
  const toRow = (cells: Run[][], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map((cell, index) => {
        const alignment = head ? AlignmentType.CENTER : toAlignment(columns[index]);
        const options = { style: head ? TABLE_HEAD_STYLE : TABLE_STYLE, alignment };
        return toCell(
          toParagraph(options, toChildren(cell, marks, (head ? faces.tableHead : faces.table).font)),
          widths[index] ?? 0,
        );
      }),
    });
  const table = new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { left: MARGIN, right: MARGIN, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: [toRow(block.head, true), ...block.rows.map((row) => toRow(row, false))],
  });
  const toLine = (runs: Run[], font: string, options: IParagraphOptions) =>
    toParagraph(options, toChildren(runs, marks, font));
  const title =
    block.title.length > 0
      ? [toLine(block.title, faces.tableTitle.font, { style: TABLE_TITLE_STYLE, keepNext: true })]
      : [];
  const notes = block.notes.map((note) => toLine(note, faces.table.font, { style: TABLE_STYLE }));
  return [...title, table, ...notes, toGap()];
}

const toAlignment = (column: Column | undefined) =>
  column?.numeric ? AlignmentType.RIGHT : AlignmentType.LEFT;

function toCell(paragraph: Paragraph, size: number): TableCell {
  return new TableCell({
    width: { size, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [paragraph],
  });
}

/** Whole twips that make up the width together. */
function toWidths(columns: Column[], width: number): number[] {
  const widths = columns.map(({ share }) => Math.floor(share * width));
  const rest = width - widths.reduce((sum, each) => sum + each, 0);
  return widths.map((each, index) => (index === 0 ? each + rest : each));
}

const toGap = (): Paragraph =>
  new Paragraph({
    style: TABLE_STYLE,
    spacing: { line: GAP, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
  });
