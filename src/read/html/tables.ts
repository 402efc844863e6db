import { Failure } from '../../failure.ts';
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
import { damaged } from '../xlsx/faults.ts';
import { toPlainNumber } from '../xlsx/number.ts';
import { attributeOf, toTokens } from './tokens.ts';

/** A table being read; a table within a cell is one of its own. */
interface Table {
  grid: Grid;
  row: Row | null;
  rows: number;
  column: number;
  /** Rows that a cell above still covers, by column. */
  covered: number[];
  cell: { attributes: string; text: string } | null;
  caption: string | null;
}

interface Reading {
  builder: GridBuilder;
  tables: Table[];
  /** The latest text outside tables: what the page calls the table that follows. */
  heading: string;
}

/** Reads the tables of a page, <th> as well as <td>; all cells are text, as in a CSV, but where Excel says x:num. */
export function parseTables(html: string, where: string): Grid[] {
  const builder = newGridBuilder(where);
  const reading: Reading = { builder, tables: [], heading: '' };
  for (const token of toTokens(html)) {
    if (token.type === 'text') addText(reading, token.text);
    else if (token.type === 'open') open(reading, token.name, token.attributes);
    else close(reading, token.name);
  }
  if (reading.tables.length > 0) throw damaged(where, '网页里的表格不完整');
  if (builder.grids.length === 0) throw new Failure('file-type', { where, found: '没有表格的网页' });
  const filled = builder.grids.filter(({ rows }) => rows.length > 0);
  return filled.map((grid, i) => ({ ...grid, name: grid.name || (filled.length > 1 ? `表${i + 1}` : '') }));
}

function open(reading: Reading, name: string, attributes: string): void {
  const table = reading.tables.at(-1);
  if (name === 'table') openTable(reading);
  else if (table === undefined) return;
  else if (name === 'tr') {
    closeRow(reading, table);
    openRow(table, attributes);
  } else if (name === 'td' || name === 'th') {
    closeCell(reading, table);
    if (table.row === null) openRow(table, '');
    table.cell = { attributes, text: '' };
  } else if (name === 'caption') table.caption = '';
  else if (/^(?:br|p|div|li)$/.test(name) && table.cell?.text) table.cell.text += '\n';
}

function close(reading: Reading, name: string): void {
  const table = reading.tables.at(-1);
  if (table === undefined) return;
  if (name === 'td' || name === 'th') closeCell(reading, table);
  else if (name === 'tr') closeRow(reading, table);
  else if (name === 'caption') {
    table.grid.name = toName(table.caption ?? '');
    table.caption = null;
  } else if (name === 'table') {
    closeRow(reading, table);
    reading.tables.pop();
  }
}

function addText(reading: Reading, text: string): void {
  const table = reading.tables.at(-1);
  const plain = text.replace(/[\t\n\f\r ]+/g, ' ');
  if (table === undefined) reading.heading = plain.trim() || reading.heading;
  else if (table.cell) table.cell.text += plain;
  else if (table.caption !== null) table.caption += plain;
}

function openTable(reading: Reading): void {
  const grid = beginGrid(reading.builder, toName(reading.heading), false);
  reading.tables.push({ grid, row: null, rows: 0, column: 0, covered: [], cell: null, caption: null });
  reading.heading = '';
}

/** As long as a sheet's name may be. */
const toName = (text: string): string => text.trim().slice(0, 31);

function openRow(table: Table, attributes: string): void {
  const isHidden = /display\s*:\s*none/i.test(attributes);
  table.rows++;
  table.row = newRow(table.rows, isHidden);
  table.column = 0;
}

function closeRow(reading: Reading, table: Table): void {
  closeCell(reading, table);
  if (table.row === null) return;
  addRow(reading.builder, table.grid, table.row);
  table.row = null;
  table.covered = table.covered.map((rows) => Math.max(0, rows - 1));
}

function closeCell(reading: Reading, table: Table): void {
  const { cell, row, covered } = table;
  if (cell === null || row === null) return;
  while ((covered[table.column] ?? 0) > 0) table.column++;
  const width = toSpan(attributeOf(cell.attributes, 'colspan'));
  const height = toSpan(attributeOf(cell.attributes, 'rowspan'));
  const { text, isNumeric } = toCellText(cell);
  if (text !== '') putText(reading.builder, row, table.column, text, isNumeric);
  addMerge(reading.builder, table.grid, row.number, table.column, height, width);
  while (covered.length < table.column + width) covered.push(0);
  covered.fill(height, table.column, table.column + width);
  table.column += width;
  table.cell = null;
}

const toSpan = (text: string | undefined): number =>
  Math.min(16_384, Math.max(1, Math.trunc(Number(text ?? 1)) || 1));

/** Excel's own pages say the whole number where the cell shows a rounded one. */
function toCellText({ attributes, text }: { attributes: string; text: string }) {
  const shown = text.replace(/ *\n */g, '\n').trim();
  const stored = attributeOf(attributes, 'x:num');
  const number = stored === undefined || !/^[-+\d.,eE ]+$/.test(shown) ? null : toPlainNumber(stored);
  return { text: number ?? shown, isNumeric: number !== null };
}
