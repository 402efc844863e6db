import { toIdentifier, toLiteral } from '../store/index.ts';
import { toAside, toBlankCase, toLabel, toLeading } from './aside.ts';
import { toFaults } from './faults.ts';
import { isText, type LoadedColumn, type LoadPlan, toTimeColumns } from './plan.ts';

/** The empty table of a sheet. */
export function toCreate(plan: LoadPlan): string {
  const fields = plan.columns.map((column) => `${toIdentifier(column.field)} ${column.sqlType}`);
  return `create table ${plan.table} (row integer, aside varchar, faults varchar, on_day date, headcount integer, unit_household uhugeint, ${fields.join(', ')})`;
}

/**
 * Insert of one batch: $1 row numbers, $2 marks (a code of ASIDE for rows that the reader could not cut into cells),
 * $3… the bound columns, each the UTF-8 of its cells joined by CELL_END.
 */
export function toInsert(plan: LoadPlan): string {
  const cells = (position: number) => `unnest(string_split(decode($${position}::blob), chr(31)))`;
  const raw = plan.bound.map((index, position) => `${cells(position + 3)} as c${index}`);
  const source = `select ${cells(1)}::integer as row, ${cells(2)} as mark, ${raw.join(', ')}`;
  return `insert into ${plan.table} select row, ${toCleaned(plan, source)}`;
}

/** Table of a CSV that DuckDB reads by itself: one statement from bytes to clean values; rows keep the file's order. */
export function toCreateFromCsv(plan: LoadPlan, csv: string): string {
  return `create table ${plan.table}_rows as select ${toCleaned(plan, `select *, '' as mark from ${csv}`, toBlankCase(plan))}`;
}

/**
 * Raw rows (mark, c0, c1 …) to values, in layers: each names what the next one uses more than once (macros.sql).
 * Raw cells live only inside this statement; what reaches the table is cleaned and hashed.
 */
function toCleaned(plan: LoadPlan, source: string, before: string[] = []): string {
  const typed = plan.columns.filter((column) => !isText(column));
  const ids = typed.filter(({ type }) => type === '人员标识');
  const leading = toLeading(plan, typed);
  const layers = [
    plan.columns.flatMap((column) => {
      const { index, type } = column;
      if (isText(column)) return [`to_text(c${index}) as t${index}`];
      if (type === '人员标识') return [`to_number17(c${index}) as n${index}`];
      return isDay(type) ? [`to_month_number(c${index}) as m${index}`] : [];
    }),
    ...toCheckLayers(ids.map(({ index }) => [`n${index}`, `k${index}`])),
    typed.map((column) => `${toFast(column)} as f${column.index}`),
    typed.map(({ index, type }) => {
      const text = isDay(type) ? `without_time(c${index})` : `c${index}`;
      return `case when f${index} is null and c${index} <> '' then squeezed(${text}) end as r${index}`;
    }),
    [
      `${toLabel(plan, leading)} as label`,
      ...typed.map(
        ({ index }) =>
          `case when r${index} is not null and not list_contains(${toBlanks(plan)}, r${index}) then r${index} end as s${index}`,
      ),
    ],
    typed
      .filter(({ type }) => type === '年月')
      .map(({ index }) => `coalesce(f${index}, slow_day(s${index})) as d${index}`),
    // Only where something was not read at once.
    ids.map(({ index }) => `slow_id(s${index}) as u${index}`),
    ids.map(({ index }) => `to_body(u${index}) as b${index}`),
    ids.map(({ index }) => `to_number17(b${index}) as v${index}`),
    ...toCheckLayers(ids.map(({ index }) => [`v${index}`, `w${index}`])),
    ids.map(
      ({ index: i }) =>
        `coalesce(f${i}, case when length(u${i}) = 15 then b${i} || w${i} when b${i} is not null then u${i} end) as i${i}`,
    ),
    plan.columns.map((column) => `${toValue(column)} as ${toIdentifier(column.field)}`),
    [`${toDayOfRow(plan)} as on_day`],
  ];
  const from = layers
    .filter((layer) => layer.length > 0)
    .reduce((inner, layer) => `select *, ${layer.join(', ')} from (${inner})`, source);
  const own = [
    `${toAside(plan, leading, before)} as aside`,
    `${toFaults(plan)} as faults`,
    'on_day',
    `${toHeadcount(plan)} as headcount`,
    `${toUnitHousehold(plan)} as unit_household`,
  ];
  const fields = plan.columns.map((column) => toIdentifier(column.field));
  return `${[...own, ...fields].join(', ')} from (${from})`;
}

/** Layers that give the check character of each number of 17 digits: [number, name of the character]. */
function toCheckLayers(numbers: [string, string][]): string[][] {
  return [
    numbers.flatMap(([n, k]) => [`to_high(${n}) as high_${k}`, `to_low(${n}) as low_${k}`]),
    numbers.map(([, k]) => `check_character(high_${k}, low_${k}) as ${k}`),
  ];
}

const isDay = (type: LoadedColumn['type']): boolean => type === '日期' || type === '年月';

function toFast(column: LoadedColumn): string {
  const { index, type } = column;
  if (type === '人员标识') return `fast_id(c${index}, n${index}, k${index})`;
  if (type === '整数') return `fast_whole(c${index})`;
  if (isDay(type)) return `fast_day(c${index}, m${index})`;
  return isMultiple(column) ? `fast_multiple(c${index})` : `fast_amount(c${index})`;
}

/** Cells of a column in 万元 are counted in ten thousands. */
const isMultiple = (column: LoadedColumn): boolean => column.type === '金额' && column.yuan !== 1;

function toValue(column: LoadedColumn): string {
  const [f, s] = [`f${column.index}`, `s${column.index}`];
  switch (column.type) {
    case '金额':
    case '小数':
      if (isMultiple(column))
        return `try_cast(coalesce(${f}, slow_amount(${s})) * ${column.yuan} as decimal(18,4))`;
      return `coalesce(${f}, try_cast(slow_amount(${s}) as decimal(18,4)))`;
    case '整数':
      return `coalesce(${f}, slow_whole(${s}))`;
    case '日期':
      return toDay(column, `coalesce(${f}, slow_day(${s}))`);
    case '年月':
      return `to_month_start(d${column.index})`;
    case '人员标识':
      return `to_person(i${column.index})`;
    case '户标识':
    case '编号':
      return `to_key(t${column.index})`;
    case '文本':
      return `to_words(t${column.index})`;
  }
}

/** Where the head names the last day or month that still counts, what is stored is the first one that does not. */
function toDay(column: LoadedColumn, day: string): string {
  if (!column.inclusive) return day;
  return /月/.test(column.label) ? `(last_day(${day}) + 1)` : `(${day} + 1)`;
}

const has = (plan: LoadPlan, field: string): boolean => plan.columns.some((column) => column.field === field);
const recognised = (plan: LoadPlan, field: string): boolean =>
  plan.recognition.columns.some((match) => match.field === field);

/** What people put where they have nothing to say, as it is when squeezed. A list: `in (…)` would be planned as a join per column. */
function toBlanks({ catalogue }: LoadPlan): string {
  const words = catalogue.emptyWords.flatMap((word) => [word, word.normalize('NFKC')]);
  const squeezed = new Set(['', ...words].map((word) => toLiteral(word.replace(/\s/g, ''))));
  return `[${[...squeezed].join(', ')}]`;
}

/** The day that decides to which period a row belongs. */
function toDayOfRow(plan: LoadPlan): string {
  // A year alone (年检年份) stands for its last month.
  const columns = toTimeColumns(plan).map(({ field, type }) =>
    type === '整数' ? `make_date(${toIdentifier(field)}, 12, 1)` : toIdentifier(field),
  );
  if (columns.length > 0) return `coalesce(${columns.join(', ')})`;
  // A list without dates belongs to the period that its title names, counted at its end.
  const named = plan.recognition.period?.to;
  return named ? `date ${toLiteral(`${named}-01`)}` : 'null::date';
}

/** Persons that a row stands for: counted in the file, or one where each row is a person; null when neither is known. */
function toHeadcount(plan: LoadPlan): string {
  if (has(plan, 'persontimes')) return 'persontimes';
  if (has(plan, 'persons')) return 'persons';
  return isPersonLevel(plan) ? '1' : 'null::integer';
}

/** 姓名 with 户主姓名 is a member list; 姓名 alone is a list of persons unless it is a list of households. */
function isPersonLevel(plan: LoadPlan): boolean {
  if (!recognised(plan, 'person_id') && !recognised(plan, 'person_name')) return false;
  if (recognised(plan, 'person_name') && recognised(plan, 'head_name')) return true;
  if (recognised(plan, 'relation') || recognised(plan, 'person_key')) return true;
  return !recognised(plan, 'head_name') && !recognised(plan, 'household') && !recognised(plan, 'family_size');
}

/** The household: its own number, else its head's ID, else the person's where a row is a household. */
function toUnitHousehold(plan: LoadPlan): string {
  const memberList = recognised(plan, 'person_name') && recognised(plan, 'head_name');
  const keys = [
    ...['household', 'head_id'].filter((field) => has(plan, field)),
    ...(has(plan, 'person_id') && !memberList ? ['person_id'] : []),
  ];
  const [first] = keys;
  return first === undefined ? 'null::uhugeint' : first;
}
