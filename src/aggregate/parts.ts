import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toText } from '../format.ts';
import type { Dataset, FigurePart } from '../model.ts';
import type { StoreRow } from '../store/index.ts';
import type { Evidence } from './index.ts';
import { toValue } from './rows.ts';
import { type Measure, toColumn, toPartsQuery, toRows } from './sql.ts';

/** A figure that a document lists by area or by month. */
export interface Asked {
  id: string;
  /** Name of the area field, or 月份; null for the widest area that the rows tell apart. */
  by: string | null;
}

/** Column of the views with the first day of a row's month, and what it is called. */
export const MONTH = { column: 'on_month', name: '月份' } as const;

/** Area fields, the widest first. */
const AREAS = ['county', 'town', 'village'] as const;

/** Values of a dataset's measures by institution and by area, one query for all; figures that nobody lists have no areas. */
export async function computeParts(
  dataset: Dataset,
  measures: Measure[],
  evidence: Evidence,
): Promise<Map<string, FigurePart[]>> {
  const asked = evidence.asked.flatMap(({ id, by }) =>
    findLeaves(id, evidence.catalogue).map((leaf) => ({ id: leaf, by })),
  );
  const own = measures.filter(
    ({ indicator }) => indicator.按 !== undefined || asked.some(({ id }) => id === indicator.id),
  );
  if (own.length === 0) return new Map();
  const areas = asked.length === 0 ? [] : await findAreas(dataset, evidence);
  const wanted = own.map(({ indicator }) => findSets(indicator, asked, areas, evidence.catalogue));
  const sets = [...new Map(wanted.flat().map((set) => [set.join(' '), set])).values()];
  if (sets.length === 0) return new Map();
  const rows = await evidence.store.rows(
    toPartsQuery(dataset, own, sets, evidence.period, evidence.catalogue),
  );
  const keys = [...new Set(sets.flat())];
  return new Map(
    own.map((measure, i) => {
      const masks = new Map((wanted[i] ?? []).map((set) => [toMask(set, keys), set]));
      const parts = rows.flatMap((row) => {
        const set = masks.get(Number(row.grouped));
        return set ? toPart(measure, i, row, set, evidence) : [];
      });
      return [measure.indicator.id, parts];
    }),
  );
}

/** Indicators that are taken from rows or facts and of which a figure is made, itself among them. */
function findLeaves(id: string, catalogue: Catalogue): string[] {
  const operands = catalogue.indicators.get(id)?.operands ?? [];
  return operands.length === 0 ? [id] : operands.flatMap((operand) => findLeaves(operand, catalogue));
}

/** Columns that name an area, the widest first: without the counties where the rows are all of one. */
async function findAreas(dataset: Dataset, { store, period }: Evidence): Promise<string[]> {
  const [found] = await store.rows(
    `select count(distinct county) as counties from all_${dataset} where ${toRows(dataset, period)}`,
  );
  return Number(found?.counties ?? 0) > 1 ? [...AREAS] : AREAS.slice(1);
}

/** Sets of columns by which an indicator is computed; the last of each set is the part's own, the others say where it lies. */
function findSets(indicator: Indicator, asked: Asked[], areas: string[], catalogue: Catalogue): string[][] {
  const own = asked.filter(({ id }) => id === indicator.id);
  const byMonth = indicator.取自 !== 'roll' && own.some(({ by }) => by === MONTH.name);
  const levels = own
    .filter(({ by }) => by !== MONTH.name)
    .map(({ by }) => (by === null ? 0 : areas.indexOf(toColumn(by, catalogue))));
  const byArea = [...new Set(levels)].filter((level) => level >= 0).map((level) => areas.slice(0, level + 1));
  return [
    ...(indicator.按 === undefined ? [] : [[toColumn(indicator.按, catalogue)]]),
    ...byArea,
    ...(byMonth ? [[MONTH.column]] : []),
  ];
}

/** What grouping() gives for a set: a bit for each key that is not in it. */
const toMask = (set: string[], keys: string[]): number =>
  keys.reduce((mask, key) => mask * 2 + (set.includes(key) ? 0 : 1), 0);

/** An area without any row of the programmes is not told of: nobody knows whether its table was given. */
function toPart(
  measure: Measure,
  i: number,
  row: StoreRow,
  set: string[],
  { catalogue, period }: Evidence,
): FigurePart[] {
  const own = set.at(-1) ?? '';
  const name = own === MONTH.column ? toMonth(row[own]) : text(row[own]);
  if (row[`p${i}`] === '0' || (name === null && row[`n${i}`] === '0')) return [];
  const by = own === MONTH.column ? MONTH.name : (catalogue.fields.get(own)?.名称 ?? own);
  const place = { by, name, within: text(row[set.at(-2) ?? '']) };
  const lacking = Number(row[`m${i}`] ?? 0);
  if (lacking > 0) return [toPendingPart(place, `有${lacking}行缺少所需的值`)];
  const part = toKnownPart(place, toValue(measure, i, row, period), measure.indicator);
  const persons = Number(row[`d${i}`] ?? 0);
  return [persons > 0 && persons <= FEW ? { ...part, few: true } : part];
}

/** What so few persons get tells who they are. */
const FEW = 2;

const text = (cell: StoreRow[string] | undefined): string | null =>
  cell === undefined || cell === null ? null : String(cell);

const toMonth = (cell: StoreRow[string] | undefined): string | null => text(cell)?.slice(0, 7) ?? null;

type Place = Pick<FigurePart, 'by' | 'name' | 'within'>;

/** A part with its value as printed. */
export const toKnownPart = (
  { by, name, within }: Place,
  value: string,
  { 单位, decimals }: Indicator,
): FigurePart => ({ by, name, within, value, text: toText(value, 单位, decimals), reason: null });

/** A part with a reason in place of its value. */
export const toPendingPart = ({ by, name, within }: Place, reason: string): FigurePart => ({
  by,
  name,
  within,
  value: null,
  text: `〔待核：${reason}〕`,
  reason,
});
