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
import { DATE, TIME } from '../xlsx/date.ts';
import { toCellText } from './ods-cell.ts';
import { type Visitor, walkXml } from './walk.ts';

/** Parts of a cell whose text is not the cell's. */
const ASIDE =
  /^(?:annotation|frame|shapes|custom-shape|g|rect|line|ellipse|control|ruby-text|tracked-changes)$/;

interface Reading {
  builder: GridBuilder;
  hiddenStyles: Set<string>;
  /** Number formats and cell styles that show a date or time: some writers store the serial number and leave the rest to them. */
  dateStyles: Map<string, number>;
  style: string;
  grid: Grid | null;
  row: Row;
  /** How often the row stands. */
  rowTimes: number;
  column: number;
  cell: Record<string, string> | null;
  paragraphs: string[];
  inParagraph: boolean;
  aside: number;
}

/** Reads the content.xml of an OpenDocument spreadsheet, which must be UTF-8. */
export function parseOds(bytes: Buffer, where: string): Grid[] {
  const builder = newGridBuilder(where);
  const reading: Reading = {
    builder,
    hiddenStyles: new Set(),
    dateStyles: new Map(),
    style: '',
    grid: null,
    row: newRow(1, false),
    rowTimes: 0,
    column: 0,
    cell: null,
    paragraphs: [],
    inParagraph: false,
    aside: 0,
  };
  walkXml(bytes, where, toVisitor(reading));
  return builder.grids;
}

function toVisitor(reading: Reading): Visitor {
  return {
    open: (name, attributes) => {
      if (ASIDE.test(name)) reading.aside++;
      else if (reading.aside === 0) openElement(reading, name, attributes);
    },
    close: (name) => {
      if (ASIDE.test(name)) reading.aside--;
      else if (reading.aside === 0) closeElement(reading, name);
    },
    text: (text) => {
      if (reading.inParagraph && reading.aside === 0) addText(reading, text);
    },
  };
}

function openElement(reading: Reading, name: string, attributes: () => Record<string, string>): void {
  if (reading.cell !== null) openInCell(reading, name, attributes);
  else if (name === 'date-style') reading.dateStyles.set(attributes().name ?? '', DATE);
  else if (name === 'time-style') reading.dateStyles.set(attributes().name ?? '', TIME);
  else if (name === 'style') openStyle(reading, attributes());
  else if (name === 'table-properties') {
    if (attributes().display === 'false') reading.hiddenStyles.add(reading.style);
  } else if (name === 'table') openTable(reading, attributes());
  else if (name === 'table-column') addColumn(reading, attributes());
  else if (name === 'table-row') openRow(reading, attributes());
  else if (name === 'table-cell' || name === 'covered-table-cell') reading.cell = attributes();
}

function openStyle(reading: Reading, attributes: Record<string, string>): void {
  reading.style = attributes.name ?? '';
  const kind = reading.dateStyles.get(attributes['data-style-name'] ?? '');
  if (kind !== undefined) reading.dateStyles.set(reading.style, kind);
}

function openInCell(reading: Reading, name: string, attributes: () => Record<string, string>): void {
  if (name === 'p') {
    reading.paragraphs.push('');
    reading.inParagraph = true;
  } else if (name === 's') addText(reading, ' '.repeat(Math.min(toCount(attributes().c), 1000)));
  else if (name === 'tab') addText(reading, '\t');
  else if (name === 'line-break') addText(reading, '\n');
}

function addText({ paragraphs }: Reading, text: string): void {
  const last = paragraphs.length - 1;
  if (last >= 0) paragraphs[last] += text;
}

function openTable(reading: Reading, { name = '', 'style-name': style = '' }: Record<string, string>): void {
  reading.grid = beginGrid(reading.builder, name, reading.hiddenStyles.has(style));
  reading.row = newRow(1, false);
  reading.rowTimes = 0;
  reading.column = 0;
}

function addColumn(reading: Reading, attributes: Record<string, string>): void {
  const times = toCount(attributes['number-columns-repeated']);
  const isHidden = isCollapsed(attributes);
  for (let i = 0; isHidden && i < Math.min(times, 16_384); i++)
    reading.grid?.hiddenColumns.push(reading.column + i);
  reading.column += times;
}

function openRow(reading: Reading, attributes: Record<string, string>): void {
  reading.row = newRow(reading.row.number + reading.rowTimes, isCollapsed(attributes));
  reading.rowTimes = toCount(attributes['number-rows-repeated']);
  reading.column = 0;
}

function closeElement(reading: Reading, name: string): void {
  if (name === 'p') reading.inParagraph = false;
  else if (name === 'table-cell' || name === 'covered-table-cell') closeCell(reading, name);
  else if (name === 'table-row' && reading.grid)
    addRow(reading.builder, reading.grid, reading.row, reading.rowTimes);
}

function closeCell(reading: Reading, name: string): void {
  const { builder, cell, row, column, grid } = reading;
  if (cell === null || grid === null) return;
  const times = toCount(cell['number-columns-repeated']);
  const { text, isNumeric } = toCellText(cell, reading.paragraphs.join('\n'), reading.dateStyles);
  // What lies under a merged cell is not shown.
  if (text !== '' && name === 'table-cell') putText(builder, row, column, text, isNumeric, times);
  const height = toCount(cell['number-rows-spanned']);
  addMerge(builder, grid, row.number, column, height, toCount(cell['number-columns-spanned']));
  reading.column += times;
  reading.cell = null;
  reading.paragraphs = [];
}

const isCollapsed = ({ visibility }: Record<string, string>): boolean =>
  visibility === 'collapse' || visibility === 'filter';

const toCount = (text: string | undefined): number => Math.max(1, Math.trunc(Number(text ?? 1)) || 1);
