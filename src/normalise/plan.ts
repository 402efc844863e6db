import type { Catalogue, FieldSpec } from '../catalogue/index.ts';
import type { ColumnMatch, Dataset, Recognition } from '../model.ts';

/** SQL type of a stored field by its 类型. */
const SQL_TYPES = {
  文本: 'varchar',
  人员标识: 'uhugeint',
  户标识: 'uhugeint',
  编号: 'uhugeint',
  金额: 'decimal(18,4)',
  整数: 'integer',
  小数: 'decimal(18,4)',
  日期: 'date',
  年月: 'date',
} satisfies Record<Exclude<FieldSpec['类型'], '不存'>, string>;

/** A column that is loaded: its place in the sheet and how its cells are cleaned. */
export interface LoadedColumn {
  index: number;
  field: string;
  name: string;
  label: string;
  type: keyof typeof SQL_TYPES;
  sqlType: string;
  /** 元 per unit for money; 1 otherwise. */
  yuan: number;
  /** True when the head says that the last day or month named still counts. */
  inclusive: boolean;
  /** True when the file names no unit for a money column. */
  unitUnknown: boolean;
}

/** Columns whose cells are texts; all others are read as something. */
export const isText = ({ type }: LoadedColumn): boolean =>
  type === '文本' || type === '户标识' || type === '编号';

/** Fields that every sheet's table may have beside those of the dictionary. */
export const DERIVED_COLUMNS: Record<string, string> = {
  on_day: 'date',
  headcount: 'integer',
  unit_household: 'uhugeint',
};

/** The stored columns of a field dictionary: id → SQL type, for views in which a sheet lacks some of them. */
export function toStoredColumns(catalogue: Catalogue): Record<string, string> {
  const stored: Record<string, string> = {};
  for (const [id, { 类型 }] of catalogue.fields) if (类型 !== '不存') stored[id] = SQL_TYPES[类型];
  return { ...stored, ...DERIVED_COLUMNS };
}

/** The columns of a sheet that are worth loading. */
export function toLoadedColumns(recognition: Recognition, catalogue: Catalogue): LoadedColumn[] {
  return recognition.columns.flatMap((match) => toLoadedColumn(match, catalogue));
}

function toLoadedColumn(match: ColumnMatch, catalogue: Catalogue): LoadedColumn[] {
  const spec = match.field === null ? undefined : catalogue.fields.get(match.field);
  if (match.field === null || spec === undefined || spec.类型 === '不存') return [];
  const money = spec.类型 === '金额';
  return [
    {
      index: match.index,
      field: match.field,
      name: spec.名称,
      label: match.label,
      type: spec.类型,
      sqlType: SQL_TYPES[spec.类型],
      yuan: money ? (match.yuan ?? 1) : 1,
      inclusive: spec.含末期.some((word) => match.label.includes(word)),
      unitUnknown: money && match.yuan === null,
    },
  ];
}

/** How many leading columns may hold 合计 or 填表人. */
export const LABEL_COLUMNS = 6;

/** What the load of one sheet needs to know. */
export interface LoadPlan {
  table: string;
  dataset: Dataset;
  recognition: Recognition;
  columns: LoadedColumn[];
  /** Indexes of all columns that are bound: loaded ones and labels. */
  bound: number[];
  catalogue: Catalogue;
}

/** Chooses what of a sheet is bound to the statement. */
export function toPlan(
  table: string,
  dataset: Dataset,
  recognition: Recognition,
  columns: LoadedColumn[],
  catalogue: Catalogue,
): LoadPlan {
  const labels = Array.from(
    { length: Math.min(LABEL_COLUMNS, recognition.columns.length) },
    (_, index) => index,
  );
  const bound = [...new Set([...labels, ...columns.map((column) => column.index)])].sort((a, b) => a - b);
  return { table, dataset, recognition, columns, bound, catalogue };
}

/** The columns that may say to which day a row belongs, the surest first. */
export function toTimeColumns(plan: LoadPlan): LoadedColumn[] {
  const order = plan.catalogue.layouts.byDataset.get(plan.dataset)?.时间列 ?? [];
  return order.flatMap((field) => plan.columns.filter((column) => column.field === field));
}
