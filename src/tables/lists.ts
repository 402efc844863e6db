import Big from 'big.js';
import { isDue, toMomentText, toPeriodText, toQuotient } from '../format.ts';
import type { Figure, Report } from '../model.ts';
import { toFigureCell, toNumberCell, toPlainCell, toTextCell } from './cells.ts';
import { type Layout, type Line, toIds } from './layout.ts';
import type { Cell, Column, Row } from './table.ts';

/** Columns and rows of a table that lists figures one below the other. */
export interface List {
  columns: Column[];
  rows: Row[];
  /** Figures that were given too little to be known, with the reason. */
  empty: { name: string; reason: string }[];
}

/** Columns as the layout names them; those of money have the units that money has. */
const toColumns = (heads: string[], units: string[] = []): Column[] =>
  heads.map((name, index) => ({ group: '', name, unit: units[index] ?? '' }));

/** Figures with their moment or range; those without any source are left out. */
export function toFigureList(layout: Layout, figures: Map<string, Figure>): List {
  const rows = layout.行.flatMap((line): Row[] => {
    const figure = find(line.数, figures);
    if (figure?.value == null) return [];
    const when =
      figure.kind === '期末数' ? toMomentText(figure.period) : toPeriodText(figure.covered ?? figure.period);
    return [
      toRow(line, [
        toTextCell(line.名 ?? figure.name),
        toTextCell(figure.unit),
        toFigureCell(figure),
        toTextCell(when),
      ]),
    ];
  });
  const empty = layout.行.flatMap((line) => {
    const figure = find(line.数, figures);
    return figure?.status === 'pending'
      ? [{ name: line.名 ?? figure.name, reason: figure.reason ?? '' }]
      : [];
  });
  return { columns: toColumns(layout.表头), rows, empty };
}

/** Figures beside those of the same span a year before; without the latter a row says nothing. */
export function toComparison(layout: Layout, figures: Map<string, Figure>): List {
  const rows = layout.行.flatMap((line): Row[] => {
    const figure = find(line.数, figures);
    const before = figure?.lastYear?.value;
    if (!figure || figure.value === null || before == null) return [];
    return [toRow(line, [toTextCell(line.名 ?? figure.name), ...toChange(figure, figure.value, before)])];
  });
  return { columns: toColumns(layout.表头), rows, empty: [] };
}

function toChange(figure: Figure, value: string, before: string): Cell[] {
  const gap = new Big(value).minus(before);
  const isPercent = figure.unit === '%';
  const share = new Big(before).gt(0) && !isPercent ? toQuotient(gap, new Big(before)).times(100) : null;
  return [
    toTextCell(isPercent ? '%（增减为百分点）' : figure.unit),
    toNumberCell(value, figure),
    toNumberCell(before, figure),
    toNumberCell(gap.toFixed(), figure, { type: 'minus', of: 2, less: 3 }),
    share === null
      ? { type: 'none' }
      : toPlainCell(share.toFixed(), 1, `${figure.id}#同比`, {
          type: 'share',
          over: 4,
          under: 3,
          times: '100',
        }),
  ];
}

/** Every target that is due, with what is done of it; several setters stand one below the other. */
export function toTaskList(heads: string[], { figures, period }: Report): List {
  const rows = figures.flatMap((figure): Row[] => {
    const { value } = figure;
    if (figure.id.includes('#') || value === null) return [];
    return figure.targets
      .filter((target) => target.area === null && isDue(target, period))
      .map(({ value: target, setter }, index) => ({
        indented: false,
        bold: false,
        cells: [
          toTextCell(figure.name),
          toTextCell(figure.unit),
          toTextCell(setter ?? '—'),
          ...toDone(figure, value, target, index),
        ],
      }));
  });
  return { columns: toColumns(heads), rows, empty: [] };
}

/** Completions are numbered from the second target on. */
function toDone(figure: Figure, value: string, target: string, index: number): Cell[] {
  const id = `${figure.id}#完成率${index === 0 ? '' : index + 1}`;
  const aim = new Big(target);
  const share: Cell = aim.eq(0)
    ? { type: 'none' }
    : toPlainCell(toQuotient(new Big(value), aim).times(100).toFixed(), 1, id, {
        type: 'share',
        over: 4,
        under: 3,
        times: '100',
      });
  return [
    toNumberCell(target, figure),
    toNumberCell(value, figure),
    share,
    toNumberCell(aim.minus(value).toFixed(), figure, { type: 'minus', of: 3, less: 4 }),
  ];
}

/** Money by purpose: what was budgeted, received and spent, and two rates. Rows without any of it are left out. */
export function toFundList(layout: Layout, figures: Map<string, Figure>): List {
  const rows = layout.行.flatMap((line): Row[] => {
    const [budget, received, spent] = [line.预算, line.到位, line.支出].map((id) => find(id, figures));
    // A purpose that none of the rows names adds up to nothing.
    const values = toIds(line).map((id) => find(id, figures)?.value ?? '0');
    if (values.every((value) => new Big(value).eq(0))) return [];
    return [
      toRow(line, [
        toTextCell(line.名 ?? budget?.name ?? ''),
        toFigureCell(budget),
        toFigureCell(received),
        toFigureCell(spent),
        toRate(received, budget, 2),
        toRate(spent, budget, 3),
      ]),
    ];
  });
  return { columns: toColumns(layout.表头, ['万元', '万元', '万元', '%', '%']), rows, empty: [] };
}

/** Two places: rates of money are looked at closely. */
function toRate(over: Figure | undefined, under: Figure | undefined, column: number): Cell {
  if (over?.value == null || under?.value == null || new Big(under.value).lte(0)) return { type: 'none' };
  const share = toQuotient(new Big(over.value), new Big(under.value)).times(100);
  return toPlainCell(share.toFixed(), 2, over.id, { type: 'share', over: column, under: 1, times: '100' });
}

const toRow = ({ 其中 }: Line, cells: Cell[]): Row => ({ indented: 其中, bold: false, cells });

const find = (id: string | undefined, figures: Map<string, Figure>): Figure | undefined =>
  id === undefined ? undefined : figures.get(id);
