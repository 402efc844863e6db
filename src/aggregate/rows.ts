import Big from 'big.js';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toQuotient } from '../format.ts';
import type { Basis, Dataset, FigurePart, FigureSource, LoadedSheet, Period, Problem } from '../model.ts';
import { isDated, type LoadedTable } from '../normalise/index.ts';
import type { StoreRow } from '../store/index.ts';
import { type Evidence, findTables } from './index.ts';
import { findKindDoubt } from './kinds.ts';
import { computeParts } from './parts.ts';
import {
  type Measure,
  toColumn,
  toDistinctQuery,
  toMeasure,
  toProgrammes,
  toRows,
  toSheetsQuery,
  toUndatedQuery,
} from './sql.ts';
import { toFilter, toFormula } from './words.ts';

/** What the rows say about an indicator. none: no sheet of its kind was given. */
export type RowValue =
  | { status: 'known'; value: string; basis: Basis; covered: Period | null; parts: FigurePart[] }
  | { status: 'pending'; reason: string }
  | { status: 'none'; reason: string };

export const ROW_DATASETS: Dataset[] = ['payouts', 'roll', 'events', 'services', 'funds'];

interface Computed {
  values: Map<string, RowValue>;
  problems: Problem[];
}

/** Values of all indicators that are taken from rows: two scans per dataset and period, whatever the number of indicators. */
export async function computeRows(evidence: Evidence): Promise<Computed> {
  const computed: Computed = { values: new Map(), problems: [] };
  for (const dataset of ROW_DATASETS) {
    const measures: Measure[] = [];
    const given = takeWithoutTables(dataset, evidence, computed);
    for (const [period, indicators] of toGroups(given, evidence)) {
      const own = indicators.map((indicator) => toMeasure(indicator, period, evidence.catalogue));
      await computeGroup(dataset, own, { ...evidence, period }, computed);
      measures.push(...own);
    }
    if (dataset === 'roll' || measures.length === 0) continue;
    const undated = await evidence.store.rows(toUndatedQuery(dataset, measures));
    computed.problems.push(...toUndated(undated, measures, evidence.sheets));
  }
  return computed;
}

/** Most indicators of the catalogue have no table in a run: they cost no query. Returns those that have one. */
function takeWithoutTables(dataset: Dataset, evidence: Evidence, computed: Computed): Indicator[] {
  const { catalogue, tables } = evidence;
  return [...catalogue.indicators.values()].filter((indicator) => {
    if (indicator.取自 !== dataset) return false;
    if (findTables(indicator, tables, catalogue).length > 0) return true;
    const reason = `没有${indicator.名称}所需的${datasetName(indicator, catalogue)}表`;
    computed.values.set(indicator.id, { status: 'none', reason });
    return false;
  });
}

/** Indicators by the period that is theirs. */
function toGroups(indicators: Indicator[], { period }: Evidence): [Period, Indicator[]][] {
  const groups = new Map<string, [Period, Indicator[]]>();
  for (const indicator of indicators) {
    const own = indicator.span(period);
    const key = `${own.from} ${own.to}`;
    const group = groups.get(key);
    if (group) group[1].push(indicator);
    else groups.set(key, [own, [indicator]]);
  }
  return [...groups.values()];
}

async function computeGroup(
  dataset: Dataset,
  measures: Measure[],
  evidence: Evidence,
  computed: Computed,
): Promise<void> {
  const { store, period } = evidence;
  const sources = await store.rows(toSheetsQuery(dataset, measures, period));
  const distinct = toDistinctQuery(dataset, measures, period);
  const [counted] = distinct === null ? [] : await store.rows(distinct);
  const found = { ...toSums(sources), ...counted };
  const reach = await findReach(dataset, evidence);
  const parts = await computeParts(dataset, measures, evidence);
  measures.forEach((measure, i) => {
    const value = toRowValue(measure, i, found, sources, reach, evidence);
    computed.values.set(measure.indicator.id, withParts(value, measure, parts.get(measure.indicator.id)));
  });
}

/** v, n and m of all sheets together. */
function toSums(sources: StoreRow[]): StoreRow {
  const sums: StoreRow = {};
  for (const row of sources)
    for (const [name, value] of Object.entries(row))
      if (/^[vnm]/.test(name) && value !== null)
        sums[name] = new Big(String(sums[name] ?? '0')).plus(String(value)).toFixed();
  return sums;
}

/** A row that does not say to which part it belongs makes every part doubtful, and so the sum that a formula makes of them. */
function withParts(value: RowValue, { indicator }: Measure, parts: FigurePart[] = []): RowValue {
  if (value.status !== 'known') return value;
  const nameless = parts.find(({ by, name }) => by === indicator.按 && name === null);
  if (nameless) return { status: 'pending', reason: `有的行缺少${indicator.按}` };
  return { ...value, parts };
}

/** Rows that some figure would count if they said when; a work in progress without its end date is no problem. */
function toUndated(rows: StoreRow[], measures: Measure[], sheets: LoadedSheet[]): Problem[] {
  return rows.flatMap((row) => {
    const sheet = sheets.find(({ id }) => String(id) === row.sheet);
    const touched = measures
      .map(({ indicator }, i) => ({ id: indicator.id, n: Number(row[`n${i}`]), first: Number(row[`f${i}`]) }))
      .filter(({ n }) => n > 0);
    if (!sheet || touched.length === 0) return [];
    const count = Math.max(...touched.map(({ n }) => n));
    const first = Math.min(...touched.map(({ first: each }) => each));
    return [
      {
        kind: 'no-date',
        file: sheet.file,
        sheet: sheet.sheet,
        row: first,
        count,
        detail: { column: '日期' },
        figures: touched.map(({ id }) => id),
      },
    ];
  });
}

interface Reach {
  /** Last month with rows, by programme. */
  last: Map<string, string>;
  /** Rows in the period, by sheet number. */
  rows: Map<number, number>;
}

async function findReach(dataset: Dataset, { store, period }: Evidence): Promise<Reach> {
  const found = await store.rows(
    `select sheet, programme, strftime(max(on_day), '%Y-%m') as month, count(*) as n from all_${dataset} where ${toRows(dataset, period)} group by sheet, programme`,
  );
  const reach: Reach = { last: new Map(), rows: new Map() };
  for (const { sheet, programme, month, n } of found) {
    const [id, name] = [Number(sheet), String(programme)];
    reach.rows.set(id, (reach.rows.get(id) ?? 0) + Number(n));
    if (programme !== null && String(month ?? '') > (reach.last.get(name) ?? ''))
      reach.last.set(name, String(month));
  }
  return reach;
}

function toRowValue(
  measure: Measure,
  i: number,
  found: StoreRow,
  sources: StoreRow[],
  reach: Reach,
  evidence: Evidence,
): RowValue {
  const { indicator } = measure;
  const tables = findTables(indicator, evidence.tables, evidence.catalogue);
  const doubt = evidence.doubts.find((each) => isTouched(each, indicator, evidence.catalogue));
  if (doubt) return { status: 'pending', reason: doubt.reason };
  const missing = findMissing(
    measure,
    tables,
    Number(found[`n${i}`] ?? 0),
    Number(found[`m${i}`] ?? 0),
    reach,
    evidence,
  );
  if (missing) return missing;
  const basis = toBasis(measure, i, sources, evidence);
  const covered = toCovered(indicator, tables, reach, evidence);
  return {
    status: 'known',
    value: toValue(measure, i, found, covered ?? evidence.period),
    basis,
    covered,
    parts: [],
  };
}

/** The value of measure i in a row of results: a sum over no row is zero, an average is shared out over its months. */
export function toValue({ indicator }: Measure, i: number, found: StoreRow, period: Period): string {
  const value = plain(String(found[`v${i}`] ?? '0'));
  if (indicator.计算 !== '月平均') return value;
  const months = found[`k${i}`] ?? String(countMonths(period));
  return months === '0' ? value : toQuotient(new Big(value), new Big(String(months))).toFixed();
}

const toMonth = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
const countMonths = ({ from, to }: Period): number => toMonth(to) - toMonth(from) + 1;

const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const datasetName = (indicator: Indicator, catalogue: Catalogue): string =>
  indicator.取自 ? (catalogue.layouts.byDataset.get(indicator.取自)?.名称 ?? '') : '';

/** Why rows that are there do not give the value; null when they do (also when none of them qualifies: a real zero). */
function findMissing(
  measure: Measure,
  tables: LoadedTable[],
  rows: number,
  without: number,
  reach: Reach,
  { catalogue }: Evidence,
): RowValue | null {
  const { indicator, needed } = measure;
  if (!tables.some((table) => (reach.rows.get(table.id) ?? 0) > 0))
    return { status: 'pending', reason: '本期没有数据' };
  const lacking = findLackingColumn(measure, tables, catalogue);
  if (lacking) return { status: 'pending', reason: `表中没有“${lacking}”列` };
  const isKind = indicator.计算 === '补发' || indicator.计算 === '追缴';
  const doubt = rows === 0 ? findKindDoubt(indicator, tables, catalogue) : null;
  if (doubt) return { status: 'none', reason: doubt };
  if (rows === 0 && !isKind && !canBeZero(indicator, tables))
    return {
      status: 'pending',
      reason: `没有${[indicator.条件.款项 ?? indicator.条件.业务].flat().join('、')}的数据`,
    };
  if (without > 0 && needed)
    return { status: 'pending', reason: `有${without}行缺少${nameOf(needed, catalogue)}` };
  return null;
}

const NAMES: Record<string, string> = { unit_household: '户编号', headcount: '保障人数' };
const nameOf = (column: string, catalogue: Catalogue): string =>
  NAMES[column] ?? catalogue.fields.get(column)?.名称 ?? column;

/** A column that a condition or the moment needs and that one of the tables has not. */
function findLackingColumn(
  { indicator }: Measure,
  tables: LoadedTable[],
  catalogue: Catalogue,
): string | null {
  const names = Object.keys(indicator.条件).filter((name) => name !== '业务' && name !== '款项');
  if (indicator.按 !== undefined) names.push(indicator.按);
  const fields = names
    .map((name) => toColumn(name, catalogue))
    .filter((field) => catalogue.fields.get(field)?.缺省 === undefined);
  if (indicator.时点 === '期初' || indicator.时点 === '期内新增') fields.push('start');
  if (indicator.时点 === '期内终止') fields.push('stop');
  if (indicator.时点 === '期内发生') fields.push('date');
  const field = fields.find((id) =>
    tables.some(({ columns }) => !columns.some((column) => column.field === id)),
  );
  return field === undefined ? null : nameOf(field, catalogue);
}

/** No row of a 款项 that only a title could have named means that its list was not given. */
function canBeZero(indicator: Indicator, tables: LoadedTable[]): boolean {
  const { 业务, 款项 } = indicator.条件;
  const canHold = (field: string, values: string[]) => tables.some((table) => mayHold(table, field, values));
  if (款项 !== undefined && !canHold('item', [款项].flat())) return false;
  return (
    业务 === undefined ||
    tables.some(({ recognition }) => [业务].flat().includes(recognition.programme ?? '')) ||
    canHold('programme', [业务].flat())
  );
}

/** True when a row may have one of the values: any, where a column holds it; those of the head, where they stand side by side. */
function mayHold({ columns, recognition }: LoadedTable, field: string, values: string[]): boolean {
  const said = recognition.fold?.groups.flatMap(({ says }) => says[field] ?? []) ?? [];
  return said.length > 0
    ? said.some((value) => values.includes(value))
    : columns.some((column) => column.field === field);
}

function isTouched(doubt: Evidence['doubts'][number], indicator: Indicator, catalogue: Catalogue): boolean {
  if (doubt.dataset !== indicator.取自 || !toProgrammes(indicator, catalogue).includes(doubt.programme))
    return false;
  return (
    doubt.item === null ||
    indicator.条件.款项 === undefined ||
    [indicator.条件.款项].flat().includes(doubt.item)
  );
}

/** Flows that end before the period does carry the range that their rows really cover. */
function toCovered(
  indicator: Indicator,
  tables: LoadedTable[],
  reach: Reach,
  { period, catalogue }: Evidence,
): Period | null {
  const [table] = tables;
  if (!table || !isDated(table)) return null;
  const months = toProgrammes(indicator, catalogue).flatMap((programme) => reach.last.get(programme) ?? []);
  const last = months.sort().at(-1);
  return last !== undefined && last < period.to ? { from: period.from, to: last } : null;
}

function toBasis(measure: Measure, i: number, rows: StoreRow[], { sheets, catalogue }: Evidence): Basis {
  const used = rows.filter((row) => Number(row[`n${i}`]) > 0);
  const found = used.flatMap((row) => {
    const sheet = sheets.find(({ id }) => String(id) === row.sheet);
    return sheet ? [{ sheet, source: toSource(sheet, row, i) }] : [];
  });
  return {
    type: 'rows',
    formula: toFormula(measure.indicator),
    filter: toFilter(measure.indicator, catalogue),
    sources: found.map(({ source }) => source),
    setAside: mergeReasons(found.map(({ sheet }) => sheet)),
  };
}

const toSource = (sheet: LoadedSheet, row: StoreRow, i: number): FigureSource => ({
  file: sheet.file,
  sheet: sheet.sheet,
  rowsUsed: Number(row[`n${i}`]),
  firstRow: Number(row[`f${i}`]),
  lastRow: Number(row[`l${i}`]),
});

function mergeReasons(sheets: LoadedSheet[]): { reason: string; rows: number }[] {
  const totals = new Map<string, number>();
  for (const { reason, rows } of sheets.flatMap(({ setAside }) => setAside))
    totals.set(reason, (totals.get(reason) ?? 0) + rows);
  return [...totals].map(([reason, rows]) => ({ reason, rows }));
}
