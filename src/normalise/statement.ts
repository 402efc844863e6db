import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, Recognition } from '../model.ts';
import { toIdentifier, toLiteral } from '../store/index.ts';
import { LABEL_COLUMNS, type LoadedColumn } from './plan.ts';

/** Codes of the column `aside`; their words are in rows.ts. */
export const ASIDE = ['total', 'head', 'footer', 'unreadable', 'no-amount', 'undated'] as const;
export type Aside = (typeof ASIDE)[number];

/** Separators inside a bound text (cells of a column) and inside `faults`; neither can stand in a cell. */
export const CELL_END = '\u001f';
export const FAULT_END = '\u001e';

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
export function toPlan(table: string, dataset: Dataset, recognition: Recognition, columns: LoadedColumn[], catalogue: Catalogue): LoadPlan {
  const labels = Array.from({ length: Math.min(LABEL_COLUMNS, recognition.columns.length) }, (_, index) => index);
  const bound = [...new Set([...labels, ...columns.map((column) => column.index)])].sort((a, b) => a - b);
  return { table, dataset, recognition, columns, bound, catalogue };
}

/** The empty table of a sheet. */
export function toCreate(plan: LoadPlan): string {
  const fields = plan.columns.map((column) => `${toIdentifier(column.field)} ${column.sqlType}`);
  return `create table ${plan.table} (row integer, aside varchar, faults varchar, on_day date, headcount integer, unit_household uhugeint, ${fields.join(', ')})`;
}

/**
 * Insert of one batch: $1 row numbers, $2… the bound columns, each one text of cells joined by CELL_END.
 * Raw cells live only inside this statement; what reaches the table is cleaned and hashed.
 */
export function toInsert(plan: LoadPlan): string {
  const raw = plan.bound.map((index, position) => `unnest(string_split($${position + 2}, chr(31))) as c${index}`);
  const fields = plan.columns.map((column) => toIdentifier(column.field));
  const parsed = plan.columns.map((column) => `${toValue(column)} as ${toIdentifier(column.field)}`);
  return `insert into ${plan.table}
    select row, ${toAside(plan)}, ${toFaults(plan)}, on_day, ${toHeadcount(plan)}, ${toUnitHousehold(plan)}, ${fields.join(', ')}
    from (select *, ${toAt(plan)} as on_day from (select *, ${toLead(plan)} as lead, ${parsed.join(', ')}
      from (select unnest(string_split($1, chr(31)))::integer as row, ${raw.join(', ')})))`;
}

const cell = (column: LoadedColumn): string => `c${column.index}`;

function toValue(column: LoadedColumn): string {
  const c = cell(column);
  switch (column.type) {
    case '金额':
      return column.yuan === 1 ? `to_amount(${c})` : `(to_amount(${c}) * ${column.yuan})::decimal(18,4)`;
    case '小数':
      return `to_amount(${c})`;
    case '整数':
      return `try_cast(to_whole(${c}) as integer)`;
    case '日期':
      return toDay(column);
    case '年月':
      return `to_month(${c})`;
    case '人员标识':
      return `to_person(${c})`;
    case '户标识':
    case '编号':
      return `to_key(${c})`;
    case '文本':
      return `to_text(${c})`;
  }
}

/** 截止 names the last day or month that still counts; what is stored is the first one that does not. */
function toDay(column: LoadedColumn): string {
  const day = `to_day(${cell(column)})`;
  if (column.field !== 'stop' || !column.label.includes('截止')) return day;
  return /月/.test(column.label) ? `(last_day(${day}) + 1)` : `(${day} + 1)`;
}

const has = (plan: LoadPlan, field: string): boolean => plan.columns.some((column) => column.field === field);
const recognised = (plan: LoadPlan, field: string): boolean => plan.recognition.columns.some((match) => match.field === field);
const sqlList = (words: string[]): string => words.map(toLiteral).join(', ');

function isBlank(plan: LoadPlan, column: LoadedColumn): string {
  const c = cell(column);
  return `(to_text(${c}) is null or to_text(${c}) in (${sqlList(plan.catalogue.emptyWords)}))`;
}

/** Cells that hold something and gave nothing. */
const isBad = (plan: LoadPlan, column: LoadedColumn): string =>
  `(case when ${toIdentifier(column.field)} is null then not ${isBlank(plan, column)} else false end)`;

const labelsOf = (plan: LoadPlan): string[] => plan.bound.filter((index) => index < LABEL_COLUMNS).map((index) => `c${index}`);

/** The leading cells as one text, in which 合计 and 填表人 are looked for. */
const toLead = (plan: LoadPlan): string => `concat_ws('|', ${labelsOf(plan).join(', ')})`;

/** People write 合 计; the cheap test lets white space stand between the characters. */
const toLoose = (words: string[]): string => toLiteral(words.map((word) => [...word.replace(/\s/g, '')].join('\\s*')).join('|'));

function toAside(plan: LoadPlan): string {
  const { 合计, 表尾, 说明 } = plan.catalogue.rowWords;
  const totals = toLiteral(`^.{0,12}(${合计.map((word) => word.replace(/\s/g, '')).join('|')})(\\(.{0,8}\\))?$`);
  const isTotal = labelsOf(plan).map((label) => `regexp_matches(squeezed(${label}), ${totals})`).join(' or ');
  const isFooter = `regexp_matches(squeezed(trim(lead, '| ')), ${toLiteral(`^(${[...表尾, ...说明].join('|')})`)})`;
  const cases = [
    `when case when regexp_matches(lead, ${toLoose(合计)}) then (${isTotal}) else false end then 'total'`,
    ...toHeadCase(plan),
    `when case when ${toMeasureNull(plan)} then ${isFooter} else false end then 'footer'`,
    ...toUnreadable(plan),
    ...(plan.dataset === 'roll' ? [] : [`when on_day is null then 'undated'`]),
  ];
  return `case ${cases.join(' ')} end`;
}

/** Printed lists repeat their head on every page. */
function toHeadCase(plan: LoadPlan): string[] {
  const tests = plan.columns.slice(0, 3).map((column) => `squeezed(${cell(column)}) = squeezed(${toLiteral(column.label.split(' ').at(-1) ?? '')})`);
  return tests.length > 1 ? [`when ${tests.join(' and ')} then 'head'`] : [];
}

/** Footers have nothing in the columns that matter. */
function toMeasureNull(plan: LoadPlan): string {
  const measures = plan.columns.filter((column) => column.type !== '文本' && column.type !== '户标识' && column.type !== '编号' && column.index > 0);
  return measures.length > 0 ? measures.map((column) => `${toIdentifier(column.field)} is null`).join(' and ') : 'true';
}

function toUnreadable(plan: LoadPlan): string[] {
  const amount = plan.columns.find((column) => column.field === 'amount');
  const times = toTimeColumns(plan);
  const unreadable: string[] = times.map((column) => `when on_day is null and ${isBad(plan, column)} then 'unreadable'`);
  if (plan.dataset !== 'payouts' || !amount) return plan.dataset === 'roll' ? [] : unreadable;
  return [`when ${isBad(plan, amount)} then 'unreadable'`, `when amount is null then 'no-amount'`, ...unreadable];
}

function toTimeColumns(plan: LoadPlan): LoadedColumn[] {
  const order = plan.catalogue.layouts.byDataset.get(plan.dataset)?.时间列 ?? [];
  return order.flatMap((field) => plan.columns.filter((column) => column.field === field));
}

/** The day that decides to which period a row belongs. */
function toAt(plan: LoadPlan): string {
  const columns = toTimeColumns(plan).map((column) => toIdentifier(column.field));
  if (columns.length > 0) return `coalesce(${columns.join(', ')})`;
  // A list without dates belongs to the period that its title names, counted at its end.
  const named = plan.recognition.period?.to;
  return named ? `date ${toLiteral(`${named}-01`)}` : 'null::date';
}

/** Persons that a row stands for: counted in the file, or one where each row is a person; null when neither is known. */
function toHeadcount(plan: LoadPlan): string {
  if (has(plan, 'persontimes')) return 'persontimes';
  if (has(plan, 'persons')) return 'persons';
  return isPersonLevel(plan) ? '1' : 'null';
}

/** 姓名 with 户主姓名 is a member list; 姓名 alone is a list of persons unless it is a list of households. */
function isPersonLevel(plan: LoadPlan): boolean {
  if (!recognised(plan, 'person_id') && !recognised(plan, 'person_name')) return false;
  if (recognised(plan, 'person_name') && recognised(plan, 'head_name')) return true;
  return !recognised(plan, 'head_name') && !recognised(plan, 'household') && !recognised(plan, 'family_size');
}

/** The household: its own number, else its head's ID, else the person's where a row is a household. */
function toUnitHousehold(plan: LoadPlan): string {
  const memberList = recognised(plan, 'person_name') && recognised(plan, 'head_name');
  const keys = [...['household', 'head_id'].filter((field) => has(plan, field)), ...(has(plan, 'person_id') && !memberList ? ['person_id'] : [])];
  const [first] = keys;
  return first === undefined ? 'null' : first;
}

function toFaults(plan: LoadPlan): string {
  const parts = plan.columns.flatMap((column) => {
    if (column.type === '文本' || column.type === '户标识' || column.type === '编号') return [];
    const mark = (code: string) => `${toLiteral(`${code}${column.index}`)} || chr(31) || to_masked(${cell(column)}) || chr(30)`;
    if (column.type !== '人员标识') return [`case when ${isBad(plan, column)} then ${mark('u')} end`];
    return [
      `case when ${isBad(plan, column)} then case when starts_with(${cell(column)}, chr(1)) then ${mark('d')} else ${mark('v')} end
            when ${toIdentifier(column.field)} is not null and not id_checked(id_text(${cell(column)})) then ${mark('v')} end`,
    ];
  });
  return parts.length > 0 ? `nullif(concat(${parts.join(', ')}), '')` : 'null';
}
