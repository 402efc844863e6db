import { areaColumns, householdHeads } from './bureau.ts';
import type { Household } from './households.ts';
import type { Column } from './table.ts';

/** A row that is about one 低保 household. */
export interface HouseholdRow {
  household: Household;
}

/** Area, key and head of the household. */
export function householdColumns<R extends HouseholdRow>(): Column<R>[] {
  return [
    ...areaColumns<R>(({ household }) => household.place),
    { heads: householdHeads, value: ({ household }) => household.key },
    { heads: ['户主姓名', '户主'], value: ({ household }) => household.head.name },
  ];
}

/** ID of the head of the household. */
export function headIdColumn<R extends HouseholdRow>(): Column<R> {
  return {
    heads: ['身份证号', '户主身份证号', '户主身份证号码'],
    value: ({ household }) => household.head.id,
  };
}

/** 保障人数. */
export function coveredColumn<R extends HouseholdRow>(): Column<R> {
  return {
    heads: ['保障人数', '享受保障人数', '保障人口数'],
    value: ({ household }) => household.covered,
    summed: true,
  };
}
