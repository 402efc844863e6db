import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toMonths } from '../format.ts';
import type { Dataset, Figure, FigurePart } from '../model.ts';
import { toInside } from '../normalise/index.ts';
import { type Store, type StoreRow, toIdentifier, toLiteral } from '../store/index.ts';
import type { FoundFigure } from './part-figure.ts';
import { MONTH } from './parts.ts';
import { ROW_DATASETS } from './rows.ts';
import { isShared, type Measure, toColumn, toFilters, toMeasure } from './sql.ts';

/** The rows that a figure counts, while they are still there. */
export interface Trace {
  /** The statement that gives the value, to be read by people; over no row it gives null where the figure is 0. */
  sql: string;
  /** By number of the sheet: ranges of rows, both ends inclusive, and how many items they hold. */
  sheets: { sheet: number; ranges: [first: number, last: number][]; items: number }[];
  /** Reads the rows, so many at a time. */
  read(): AsyncGenerator<TracedRow>;
}

/** One row behind a figure; nothing of a person is in it. */
export interface TracedRow {
  sheet: number;
  row: number;
  /** County, township and village, as far as the row says. */
  area: string;
  /** "2022-03"; '' where rows have no month. */
  month: string;
  /** Exact, in 元; '' where the row has none. */
  amount: string;
  /** What it adds to the value: 1 of a count, '' where equal ones count once. */
  counted: string;
}

/** Finds the rows behind a figure that is taken from rows; null for all others. */
export async function trace(
  { figure, part, whole }: FoundFigure,
  catalogue: Catalogue,
  store: Store,
): Promise<Trace | null> {
  const indicator = catalogue.indicators.get(whole.id);
  const dataset = ROW_DATASETS.find((each) => each === indicator?.取自);
  const isOwn = figure.basis.type === 'rows' || (figure.basis.type === 'none' && figure.status === 'pending');
  if (!indicator || !dataset || !isOwn || figure.id.includes('#')) return null;
  const measure = toMeasure(indicator, figure.period, catalogue);
  const where = toWhere(indicator, dataset, figure, part, catalogue);
  const sheets = await findRanges(dataset, where, store);
  return {
    sql: toValueQuery(measure, dataset, where, figure),
    sheets,
    read: () => readRows(measure, dataset, where, sheets, store),
  };
}

/** What must hold of the rows that count, a line for each. */
function toWhere(
  indicator: Indicator,
  dataset: Dataset,
  { period }: Figure,
  part: FigurePart | null,
  catalogue: Catalogue,
): string[] {
  const inside = toInside(dataset, period);
  return [
    'aside is null',
    ...(inside === 'true' ? [] : [inside]),
    ...toFilters(indicator, period, catalogue),
    ...(part ? toPlace(part, catalogue) : []),
  ];
}

function toPlace({ by, name, within }: FigurePart, catalogue: Catalogue): string[] {
  const equals = (field: string, literal: string | null) =>
    `${toIdentifier(field)} ${literal === null ? 'is null' : `= ${literal}`}`;
  if (by === MONTH.name) return [equals(MONTH.column, name && `date ${toLiteral(`${name}-01`)}`)];
  const column = toColumn(by, catalogue);
  const outer = { village: 'town', town: 'county' }[column];
  return [
    equals(column, name && toLiteral(name)),
    ...(outer !== undefined && within !== null ? [equals(outer, toLiteral(within))] : []),
  ];
}

function toValueQuery(measure: Measure, dataset: Dataset, where: string[], figure: Figure): string {
  const { by, value, indicator } = measure;
  const whole = by === 'sum' ? `sum(${value})` : by === 'count' ? 'count(*)' : `count(distinct ${value})`;
  const months = isShared(indicator)
    ? "count(distinct date_trunc('month', on_day))"
    : toMonths(figure.covered ?? figure.period).length;
  const result = indicator.计算 === '月平均' ? `${whole} / ${months}` : whole;
  return `select ${result} as value\nfrom all_${dataset}\nwhere ${where.join('\n  and ')}`;
}

/** Rows that follow one another have the same distance to their place in the order. */
async function findRanges(dataset: Dataset, where: string[], store: Store): Promise<Trace['sheets']> {
  const rows = await store.rows(
    `select sheet, min(row) as first, max(row) as last, sum(n) as items from (
       select sheet, row, n, row - row_number() over (partition by sheet order by row) as island
       from (select sheet, row, count(*) as n from all_${dataset} where ${where.join(' and ')} group by sheet, row)
     ) group by sheet, island order by sheet, first`,
  );
  const sheets = new Map<number, Trace['sheets'][number]>();
  for (const { sheet, first, last, items } of rows) {
    const own = sheets.get(Number(sheet)) ?? { sheet: Number(sheet), ranges: [], items: 0 };
    own.ranges.push([Number(first), Number(last)]);
    own.items += Number(items);
    sheets.set(own.sheet, own);
  }
  return [...sheets.values()];
}

/** So many rows of a sheet are in memory at a time. */
const STEP = 100_000;

async function* readRows(
  { by, value }: Measure,
  dataset: Dataset,
  where: string[],
  sheets: Trace['sheets'],
  store: Store,
): AsyncGenerator<TracedRow> {
  const counted = { sum: `(${value})::varchar`, count: "'1'", distinct: "''" }[by];
  for (const { sheet, ranges } of sheets) {
    const last = ranges.at(-1)?.[1] ?? 0;
    for (let from = ranges[0]?.[0] ?? 1; from <= last; from += STEP) {
      const rows = await store.rows(
        `select sheet, row, concat_ws('/', county, town, village) as area, on_month, amount, ${counted} as counted
         from all_${dataset} where sheet = ${sheet} and row between ${from} and ${from + STEP - 1} and ${where.join(' and ')} order by row, on_month`,
      );
      yield* rows.map(toRow);
    }
  }
}

const toRow = ({ sheet, row, area, on_month, amount, counted }: StoreRow): TracedRow => ({
  sheet: Number(sheet),
  row: Number(row),
  area: String(area ?? ''),
  month: String(on_month ?? '').slice(0, 7),
  amount: plain(String(amount ?? '')),
  counted: plain(String(counted ?? '')),
});

const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
