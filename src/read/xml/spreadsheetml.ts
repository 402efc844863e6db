import type { Grid } from '../grid.ts';
import {
  addMerge,
  addRow,
  beginGrid,
  type GridBuilder,
  newGridBuilder,
  newRow,
  putText,
  type Row,
} from '../grid-builder.ts';
import { DATE, NUMBER, toDateText, toIsoText } from '../xlsx/date.ts';
import { toPlainNumber } from '../xlsx/number.ts';
import { parseFormat } from '../xlsx/styles.ts';
import { type Visitor, walkXml } from './walk.ts';

interface Reading {
  builder: GridBuilder;
  grid: Grid | null;
  row: Row;
  column: number;
  cell: Record<string, string>;
  type: string;
  text: string;
  /** The element whose text is being read: Data or Visible. */
  within: '' | 'Data' | 'Visible';
  inComment: boolean;
  style: string;
  /** What number formats make of a number, by style. */
  kinds: Map<string, number>;
}

/** Reads an "XML 表格 2003", which must be UTF-8; null when the XML is something else. */
export function parseSpreadsheetMl(bytes: Buffer, where: string): Grid[] | null {
  const builder = newGridBuilder(where);
  const reading: Reading = {
    builder,
    grid: null,
    row: newRow(0, false),
    column: 0,
    cell: {},
    type: '',
    text: '',
    within: '',
    inComment: false,
    style: '',
    kinds: new Map(),
  };
  const root = { name: '' };
  walkXml(bytes, where, toVisitor(reading, root));
  return root.name === 'Workbook' ? builder.grids : null;
}

function toVisitor(reading: Reading, root: { name: string }): Visitor {
  return {
    open: (name, attributes) => {
      root.name ||= name;
      // A comment has a Data of its own.
      if (name === 'Comment') reading.inComment = true;
      else if (!reading.inComment) openElement(reading, name, attributes);
    },
    close: (name) => {
      if (name === 'Comment') reading.inComment = false;
      else if (!reading.inComment) closeElement(reading, name);
    },
    text: (text) => {
      if (reading.within !== '' && !reading.inComment) reading.text += text;
    },
  };
}

function openElement(reading: Reading, name: string, attributes: () => Record<string, string>): void {
  if (name === 'Worksheet') {
    reading.grid = beginGrid(reading.builder, attributes().Name ?? '', false);
    reading.row = newRow(0, false);
    reading.column = 0;
  } else if (name === 'Style') reading.style = attributes().ID ?? '';
  else if (name === 'NumberFormat') reading.kinds.set(reading.style, toKind(attributes().Format ?? ''));
  else if (name === 'Column') addColumn(reading, attributes());
  else if (name === 'Row') openRow(reading, attributes());
  else if (name === 'Cell') openCell(reading, attributes());
  else if (name === 'Data' || name === 'Visible') {
    if (name === 'Data') reading.type = attributes().Type ?? 'String';
    reading.within = name;
    reading.text = '';
  }
}

function addColumn(
  reading: Reading,
  { Index: index, Span: span, Hidden: hidden }: Record<string, string>,
): void {
  const first = index === undefined ? reading.column : toCount(index, 1) - 1;
  const end = first + 1 + Math.min(toCount(span, 0), 16_384);
  for (let i = first; hidden === '1' && i < end; i++) reading.grid?.hiddenColumns.push(i);
  reading.column = end;
}

function openRow(reading: Reading, { Index: index, Hidden: hidden }: Record<string, string>): void {
  const number = index === undefined ? reading.row.number + 1 : toCount(index, 1);
  reading.row = newRow(number, hidden === '1');
  reading.column = -1;
  reading.cell = {};
}

function openCell(reading: Reading, cell: Record<string, string>): void {
  const next = reading.column + 1 + toCount(reading.cell.MergeAcross, 0);
  reading.column = cell.Index === undefined ? next : toCount(cell.Index, 1) - 1;
  reading.cell = cell;
  if (reading.grid === null) return;
  const height = toCount(cell.MergeDown, 0) + 1;
  const width = toCount(cell.MergeAcross, 0) + 1;
  addMerge(reading.builder, reading.grid, reading.row.number, reading.column, height, width);
}

function closeElement(reading: Reading, name: string): void {
  const { builder, grid, row } = reading;
  if (name === 'Data') closeData(reading);
  else if (name === 'Visible' && grid)
    grid.hidden = /^SheetHidden|SheetVeryHidden$/.test(reading.text.trim());
  else if (name === 'Row' && grid) addRow(builder, grid, row);
  if (name === 'Data' || name === 'Visible') reading.within = '';
}

function closeData({ builder, row, column, cell, kinds, type, text }: Reading): void {
  const number = type === 'Number' ? toPlainNumber(text) : null;
  const kind = kinds.get(cell.StyleID ?? '') ?? NUMBER;
  const date = number === null || kind === NUMBER ? null : toDateText(Number(text), kind, false);
  const shown = date ?? number ?? toShown(type, text);
  if (shown !== '') putText(builder, row, column, shown, number !== null && date === null);
}

function toShown(type: string, text: string): string {
  if (type === 'DateTime') return toIsoText(text);
  if (type !== 'Boolean') return text;
  return text.trim() === '1' ? 'TRUE' : 'FALSE';
}

/** Formats may be named, "Short Date", or spelt out. */
const toKind = (format: string): number => (/\bDate$/.test(format) ? DATE : parseFormat(format));

const toCount = (text: string | undefined, least: number): number =>
  Math.max(least, Math.trunc(Number(text ?? least)) || least);
