/** Widths of columns: numbers whole, long texts broken where there is no room. */
import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/model.ts';
import { toColumns } from '../../src/render/columns.ts';
import { figure, text } from './sample.ts';

const toTable = (head: string[], rows: string[][]): Table => ({
  type: 'table',
  title: [],
  head: head.map((cell) => [text(cell)]),
  rows: rows.map((row) => row.map((cell) => [/^\d/.test(cell) ? figure(cell, 'a.b') : text(cell)])),
  notes: [],
});
const widthsIn = (table: Table, room: number): number[] =>
  toColumns(table, room).map(({ share }) => Math.round(share * room * 10) / 10);

describe('columns', () => {
  it('are as wide as what is in them, in proportion, where there is room', () => {
    // 甲乙丙丁 4 字, 1,234 half of 5, each with 1 for the borders: 5 and 3.5.
    expect(widthsIn(toTable(['甲', '乙'], [['甲乙丙丁', '1,234']]), 17)).toEqual([10, 7]);
  });

  it('of text take more lines where there is not; numbers stay whole', () => {
    const table = toTable(['措施', '数'], [['一二三四五六七八九十一二三四五六七八九十', '123,456,789']]);
    // 11 digits and commas: 5.5 and 1.
    expect(widthsIn(table, 16.5)).toEqual([10, 6.5]);
  });

  it('are set to the right only where every cell is a number or has none', () => {
    const table = toTable(
      ['甲', '乙', '丙'],
      [
        ['甲县', '1', '2'],
        ['乙县', '3', '无'],
      ],
    );
    expect(toColumns(table, 30).map(({ numeric }) => numeric)).toEqual([false, true, false]);
  });

  it('keep a short head on one line and break a long one', () => {
    expect(widthsIn(toTable(['县（市、区）', '一二三四五六七八九十'], [['甲', '乙']]), 14)).toEqual([7, 7]);
  });
});
