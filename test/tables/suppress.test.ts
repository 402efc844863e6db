import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridColumn } from '../../src/tables/frame.ts';
import { suppress, toPlace } from '../../src/tables/suppress.ts';
import { type Cell, toPrinted } from '../../src/tables/table.ts';

/** A column "group word unit"; "part<whole" is a group that is part of another. */
function toColumn(text: string): GridColumn {
  const [group = '', name = '', unit = ''] = text.split(' ');
  const [组 = '', 属] = group.split('<');
  const of = { 组, ...(属 === undefined ? {} : { 属 }), 项: [] };
  return { group: 组, name, unit, of } as unknown as GridColumn;
}

const toCell = (value: number | null): Cell =>
  value === null
    ? { type: 'none' }
    : {
        type: 'number',
        value: String(value),
        decimals: 0,
        text: String(value),
        figure: 'x.y',
        formula: null,
      };

/** `few`: the row that is about one or two persons although its cells do not say so. */
function run(heads: string[], rows: (number | null)[][], few = -1) {
  const cells = rows.map((row, i) => row.map((value) => ({ cell: toCell(value), few: few === i })));
  const { cells: hidden, totals } = suppress(cells, heads.map(toColumn));
  const toShown = (cell: Cell, i: number, j: number) => (hidden.has(toPlace(i, j)) ? '*' : toPrinted(cell));
  const shown = cells.map((row, i) => row.map(({ cell }, j) => toShown(cell, i, j)).join(' '));
  return { shown, totals: [...totals] };
}

describe('counts of one or two persons', () => {
  it('are withheld with every measure of their row and group, and with the next smallest row', () => {
    const { shown, totals } = run(
      ['低保 户数 户', '低保 人数 人', '低保 金额 万元', '临时救助 人次 人次'],
      [
        [50, 80, 40, 9],
        [1, 2, 1.5, 12],
        [20, 30, 15, 7],
      ],
    );
    expect(shown).toEqual(['50 80 40 9', '* * * 12', '* * * 7']);
    expect(totals).toEqual([]);
  });

  it('are not made of zero, of three, of facilities or of money', () => {
    const rows = [
      [0, 1, 2],
      [3, 2, 1],
      [5, 1, 1],
    ];
    expect(run(['特困 人数 人', '机构 家数 家', '补贴 金额 万元'], rows).shown).toEqual([
      '0 1 2',
      '3 2 1',
      '5 1 1',
    ]);
  });

  it('take the 合计 with them where only they are not zero', () => {
    const { shown, totals } = run(
      ['孤儿 人数 人', '孤儿 金额 万元'],
      [
        [2, 3.1],
        [0, 0],
        [null, null],
      ],
    );
    expect(shown).toEqual(['* *', '0 0', '— —']);
    expect(totals).toEqual([0, 1]);
  });

  it('take the parts of the same whole with them: 特困 less 集中 is 分散', () => {
    const { shown } = run(
      ['特困 人数 人', '集中<特困 人数 人', '分散<特困 人数 人'],
      [
        [11, 2, 9],
        [15, 4, 11],
        [20, 10, 10],
      ],
    );
    expect(shown).toEqual(['11 * *', '15 * *', '20 10 10']);
  });

  it('are known of the rows behind an amount or twelve 人次 of one person', () => {
    const rows = [[9.2], [1.2], [4.8]];
    expect(run(['儿童 生活费 万元'], rows, 1).shown).toEqual(['9.2', '*', '*']);
    expect(run(['残疾人 人次 人次'], [[120], [12], [60]], 1).shown).toEqual(['120', '*', '*']);
  });

  it('that are two in number still take a third row: their sum would tell both', () => {
    expect(run(['孤儿 人数 人'], [[1], [1], [6], [9]]).shown).toEqual(['*', '*', '*', '9']);
  });

  it('never stand alone under a 合计 that is shown, whatever the numbers are', () => {
    const heads = [
      '低保 人数 人',
      '城市<低保 人数 人',
      '农村<低保 人数 人',
      '孤儿 人数 人',
      '孤儿 金额 万元',
    ];
    const row = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const { shown, totals } = run(heads, rows);
        heads.forEach((_, column) => {
          const hidden = rows.filter((_, i) => shown[i]?.split(' ')[column] === '*');
          if (hidden.length > 0 && !totals.includes(column)) expect(hidden.length).toBeGreaterThan(1);
        });
        // Only 金额 may be as small as that.
        for (const line of shown) expect(line.split(' ').slice(0, 4).join(' ')).not.toMatch(/\b[12]\b/);
      }),
    );
  });
});
