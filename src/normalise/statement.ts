import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, Recognition } from '../model.ts';
import { toIdentifier, toLiteral } from '../store/index.ts';
import { LABEL_COLUMNS, type LoadedColumn } from './plan.ts';

/** Codes of the column `aside`; their words are in rows.ts. */
export const ASIDE = [
  'total',
  'head',
  'footer',
  'unreadable',
  'no-amount',
  'undated',
  'ragged',
  'part',
  'summary',
] as const;
export type Aside = (typeof ASIDE)[number];

/** Rows without any text; they are not counted as read. */
export const BLANK = 'blank';

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

/** The empty table of a sheet. */
export function toCreate(plan: LoadPlan): string {
  const fields = plan.columns.map((column) => `${toIdentifier(column.field)} ${column.sqlType}`);
  return `create table ${plan.table} (row integer, aside varchar, faults varchar, on_day date, headcount integer, unit_household uhugeint, ${fields.join(', ')})`;
}

/**
 * Insert of one batch: $1 row numbers, $2 marks (a code of ASIDE for rows that the reader could not cut into cells),
 * $3… the bound columns, each one text of cells joined by CELL_END.
 */
export function toInsert(plan: LoadPlan): string {
  const cells = (position: number) => `unnest(string_split($${position}::varchar, chr(31)))`;
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
  const typed = plan.columns.filter(({ type }) => type !== '文本' && type !== '户标识' && type !== '编号');
  const ids = typed.filter(({ type }) => type === '人员标识');
  const leading = toLeading(plan, typed);
  const { 合计, 其中 } = plan.catalogue.rowWords;
  const layers = [
    typed.map((column) => `${toFast(column)} as f${column.index}`),
    typed.map(({ index, type }) => {
      const text = type === '日期' || type === '年月' ? `without_time(c${index})` : `c${index}`;
      return `case when f${index} is null and c${index} <> '' then squeezed(${text}) end as r${index}`;
    }),
    [
      `case when ${toCover([...合计, ...其中], leading)} then ${toLead(leading)} end as label`,
      ...typed.map(
        ({ index }) =>
          `case when r${index} is not null and not list_contains(${toBlanks(plan)}, r${index}) then r${index} end as s${index}`,
      ),
    ],
    ids.map(({ index }) => `slow_id(s${index}) as u${index}`),
    ids.map(({ index }) => `coalesce(left(f${index}, 17), to_body(u${index})) as b${index}`),
    ids.map(({ index }) => `to_nibbles(b${index}) as h${index}`),
    ids.map(({ index }) => `check_character(h${index}, b${index}) as k${index}`),
    ids.map(
      ({ index: i }) =>
        `coalesce(f${i}, case when length(u${i}) = 15 then b${i} || k${i} when b${i} is not null then u${i} end) as i${i}`,
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

const cell = (column: LoadedColumn): string => `c${column.index}`;

function toFast(column: LoadedColumn): string {
  const c = cell(column);
  if (column.type === '人员标识') return `fast_id(${c})`;
  if (column.type === '整数') return `fast_whole(${c})`;
  if (column.type === '日期' || column.type === '年月') return `fast_day(${c})`;
  return isMultiple(column) ? `fast_multiple(${c})` : `fast_amount(${c})`;
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
      return `date_trunc('month', coalesce(${f}, slow_day(${s})))::date`;
    case '人员标识':
      return `to_person(i${column.index})`;
    case '户标识':
    case '编号':
      return `to_key(${cell(column)})`;
    case '文本':
      return `to_text(${cell(column)})`;
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

const toPattern = (word: string): string => word.replace(/[\\/.*+?()|[\]^$-]/g, '\\$&');

/** Cells that hold something and gave nothing: s is only set where there is something that the fast form did not read. */
const isBad = (column: LoadedColumn): string =>
  `(${toIdentifier(column.field)} is null and s${column.index} is not null)`;

/** Leading cells, in which 合计 and 填表人 are looked for; what was read as a number or a day is neither. */
function toLeading(plan: LoadPlan, typed: LoadedColumn[]): string[] {
  return plan.bound
    .filter((index) => index < LABEL_COLUMNS)
    .map((index) => (typed.some((column) => column.index === index) ? `r${index}` : `c${index}`));
}

const toLead = (leading: string[]): string => `squeezed(concat_ws('|', ${leading.join(', ')}))`;

/** Alternatives for squeezed text, in which people's 合 计 is 合计. */
const toWords = (words: string[]): string =>
  words.map((word) => toPattern(word.replace(/\s/g, '')).replace(/[:：]$/, '[:：]')).join('|');

function toAside(plan: LoadPlan, leading: string[], before: string[]): string {
  const { 合计, 其中, 表尾, 说明 } = plan.catalogue.rowWords;
  // A label may name its area (东湖街道小计) and add a remark in brackets.
  const totals = toLiteral(`(^|\\|)[^|]{0,12}(${toWords(合计)})([（(][^|]{0,8}[)）])?[:：]?(\\||$)`);
  const parts = toLiteral(`(^|\\|)(${toWords(其中)})`);
  const footers = toLiteral(`^\\|*(${toWords([...表尾, ...说明])})`);
  const cases = [
    `when mark <> '' then mark`,
    ...before,
    `when label is not null and regexp_matches(label, ${totals}) then 'total'`,
    ...(其中.length > 0 ? [`when label is not null and regexp_matches(label, ${parts}) then 'part'`] : []),
    ...toHeadCase(plan),
    `when case when ${toMeasureNull(plan)} then regexp_matches(${toLead(leading)}, ${footers}) else false end then 'footer'`,
    ...toUnreadable(plan),
    ...(plan.dataset === 'roll' ? [] : [`when on_day is null then 'undated'`]),
  ];
  return `case ${cases.join(' ')} end`;
}

/** Rows of a CSV that hold no text at all: looked for only where nothing was read. */
function toBlankCase(plan: LoadPlan): string[] {
  const all = plan.recognition.columns.map(({ index }) => `coalesce(c${index}, '')`).join(' || ');
  const white = `' ' || chr(9) || chr(12288)`;
  return [
    `when case when ${toMeasureNull(plan)} then trim(${all}, ${white}) = '' else false end then '${BLANK}'`,
  ];
}

/** A cheap test that is true wherever one of the words may stand: one character for as many words as possible. */
function toCover(words: string[], leading: string[]): string {
  const tests: string[] = [];
  let left = words;
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const character of left.flatMap((word) => [...new Set(word)]))
      counts.set(character, (counts.get(character) ?? 0) + 1);
    const [best] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [''];
    tests.push(...leading.map((cell) => `contains(${cell}, ${toLiteral(best)})`));
    left = left.filter((word) => !word.includes(best));
  }
  return `(${tests.join(' or ')})`;
}

/** Printed lists repeat their head on every page. */
function toHeadCase(plan: LoadPlan): string[] {
  const tests = plan.columns
    .slice(0, 3)
    .map((column) => `to_text(${cell(column)}) = ${toLiteral(column.label.split(' ').at(-1) ?? '')}`);
  return tests.length > 1 ? [`when ${tests.join(' and ')} then 'head'`] : [];
}

/** Footers have nothing in the columns that matter. */
function toMeasureNull(plan: LoadPlan): string {
  const measures = plan.columns.filter(
    (column) =>
      column.type !== '文本' && column.type !== '户标识' && column.type !== '编号' && column.index > 0,
  );
  return measures.length > 0
    ? measures.map((column) => `${toIdentifier(column.field)} is null`).join(' and ')
    : 'true';
}

function toUnreadable(plan: LoadPlan): string[] {
  const amount = plan.columns.find((column) => column.field === 'amount');
  const times = toTimeColumns(plan);
  const unreadable: string[] = times.map(
    (column) => `when on_day is null and ${isBad(column)} then 'unreadable'`,
  );
  if (plan.dataset !== 'payouts' || !amount) return plan.dataset === 'roll' ? [] : unreadable;
  return [`when ${isBad(amount)} then 'unreadable'`, `when amount is null then 'no-amount'`, ...unreadable];
}

function toTimeColumns(plan: LoadPlan): LoadedColumn[] {
  const order = plan.catalogue.layouts.byDataset.get(plan.dataset)?.时间列 ?? [];
  return order.flatMap((field) => plan.columns.filter((column) => column.field === field));
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

/** Cells that could not be read, as "u5␟masked␞": kind, column, what may be shown. Null for nearly every row. */
function toFaults(plan: LoadPlan): string {
  const parts = plan.columns.flatMap((column) => {
    const { index, type } = column;
    if (type === '文本' || type === '户标识' || type === '编号') return [];
    const mark = (code: string) => `${toLiteral(`${code}${index}`)} || chr(31) || ${cell(column)}`;
    if (type !== '人员标识')
      return [{ cheap: `s${index} is not null`, test: isBad(column), text: mark('u') }];
    const damaged = `${isBad(column)} and starts_with(c${index}, chr(1))`;
    return [
      { cheap: `s${index} is not null`, test: damaged, text: mark('d') },
      {
        cheap: `right(i${index}, 1) <> k${index}`,
        test: `(${isBad(column)} and not starts_with(c${index}, chr(1)) or right(i${index}, 1) <> k${index})`,
        text: mark('v'),
      },
    ];
  });
  if (parts.length === 0) return 'null::varchar';
  const found = parts.map(({ test, text }) => `case when ${test} then ${text} end`);
  // A cell may hold several lines, but no CELL_END: two pieces, the code and the cell.
  const pairs = `list_transform(list_filter([${found.join(', ')}], lambda x: x is not null),
    lambda x: string_split(regexp_replace(x, '[\\s\\x01]+', '', 'g'), chr(31)))`;
  return `case when ${parts.map(({ cheap }) => cheap).join(' or ')} then case when ${parts.map(({ test }) => test).join(' or ')}
    then array_to_string(list_transform(${pairs}, lambda p: p[1] || chr(31) || to_masked(p[2]) || chr(30)), '') end end`;
}
