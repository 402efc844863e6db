import type { Catalogue } from '../catalogue/index.ts';
import type { Period, Problem } from '../model.ts';
import { IS_PAYMENT, type LoadedTable, toDays } from '../normalise/index.ts';
import { type Store, toLiteral } from '../store/index.ts';

/** What the checks look at. */
export interface Scope {
  tables: LoadedTable[];
  catalogue: Catalogue;
  store: Store;
  period: Period;
  /** By table id: for which periods its rows are looked at. */
  periods: Map<number, Period[]>;
  /** Stated standards in 元 per person and month, by indicator id; the highest where several are stated. */
  standards: Map<string, string>;
}

/** Rows of payouts that count in the period. */
export function toPaid({ period }: Scope): string {
  const { from, to } = toDays(period);
  return `aside is null and on_day between ${from} and ${to}`;
}

/** Payments as such: no back payments (they belong to other months), nothing that came back. */
export function toNormal({ catalogue }: Scope): string {
  const { 补发, 追缴 } = catalogue.checks.发放;
  return `(pay_type is null or pay_type not in (${[...补发, ...追缴].map(toLiteral).join(', ')})) and ${IS_PAYMENT} and (amount is null or amount >= 0)`;
}

/** Months since year 0 of a date. */
export const toMonth = (day: string): string => `(year(${day}) * 12 + month(${day}) - 1)`;

/** "2022-03" of a number made by toMonth. */
export const toMonthText = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

/** One number for a row of a sheet: ordered like sheets and rows. */
export const PLACE = '(sheet::bigint * 4294967296 + row)';
const toPlace = (place: bigint) => ({ sheet: Number(place >> 32n), row: Number(place & 0xffffffffn) });

/** True for a list with one row per household (户主姓名 or 户编号 without a member's own row). */
export function isHouseholdList({ recognition }: LoadedTable): boolean {
  const has = (field: string) => recognition.columns.some((column) => column.field === field);
  const memberList = (has('person_name') && has('head_name')) || has('relation') || has('person_key');
  return !memberList && (has('head_name') || has('household') || has('family_size'));
}

/** "第5行", with the sheet's name when it is another than the problem's own. */
export function toPlaceText(place: string, own: number, scope: Scope): string {
  const { sheet, row } = toPlace(BigInt(place));
  const table = scope.tables.find(({ id }) => id === sheet);
  const name = table && sheet !== own ? `“${table.sheet.name || table.sheet.source.name}”` : '';
  return `${name}第${row}行`;
}

/** A problem at a place; null when its sheet is not there. */
export function toProblem(
  kind: Problem['kind'],
  place: string,
  count: string | number,
  scope: Scope,
): (Problem & { id: number }) | null {
  const { sheet, row } = toPlace(BigInt(place));
  const table = scope.tables.find(({ id }) => id === sheet);
  if (!table) return null;
  const at = { file: table.sheet.source.name, sheet: table.sheet.name, row };
  return { kind, ...at, count: Number(count), detail: {}, figures: [], id: sheet };
}

/** "1234.5000" → "1234.5" */
export const toPlain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
