import type { Random } from './random.ts';

/** How a sheet writes months. `mixed` changes from row to row, as in tables that several hands filled. */
export type MonthStyle = 'compact' | 'dash' | 'chinese' | 'mixed';
/** How a sheet writes dates. `excel` is a real date cell. */
export type DateStyle = 'dash' | 'slash' | 'chinese' | 'compact' | 'excel';

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** "2022-03". */
export function toMonth(year: number, month: number): string {
  return `${year}-${pad(month)}`;
}

/** "2022-03-15". */
export function toDate(year: number, month: number, day: number): string {
  return `${toMonth(year, month)}-${pad(day)}`;
}

/** A date in a month, its day between two bounds that every month has. */
export function dateIn(random: Random, year: number, month: number, from = 1, to = 28): string {
  return toDate(year, month, random.int(from, to));
}

/** A date between two months of a year, both included. */
export function dateBetween(random: Random, year: number, firstMonth: number, lastMonth: number): string {
  return dateIn(random, year, random.int(firstMonth, lastMonth));
}

function splitMonth(month: string): [string, string] {
  return [month.slice(0, 4), month.slice(5, 7)];
}

/** Writes "2022-03" as a sheet does; `row` decides where the style is mixed. */
export function writeMonth(month: string, style: MonthStyle, row: number): string {
  const [year, number] = splitMonth(month);
  if (style === 'mixed')
    return writeMonth(month, (['compact', 'dash', 'chinese'] as const)[row % 3] ?? 'dash', row);
  if (style === 'compact') return `${year}${number}`;
  return style === 'dash' ? month : `${year}年${Number(number)}月`;
}

/** Writes "2022-03-15" as a sheet does. */
export function writeDate(date: string, style: DateStyle): string | Date {
  const [year, month] = splitMonth(date);
  const day = date.slice(8, 10);
  if (style === 'excel') return new Date(`${date}T00:00:00Z`);
  if (style === 'compact') return `${year}${month}${day}`;
  if (style === 'slash') return `${year}/${Number(month)}/${Number(day)}`;
  return style === 'dash' ? date : `${year}年${Number(month)}月${Number(day)}日`;
}
