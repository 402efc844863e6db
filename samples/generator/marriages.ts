import { range } from './allocate.ts';
import { type Bureau, type Business, lay, layBare } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows, type Figures } from './ledger.ts';
import type { Person } from './persons.ts';
import type { Column, Table } from './table.ts';

interface Registration {
  number: string;
  man: Person;
  woman: Person;
  date: string;
  kind: string;
}

const letters: Record<string, string> = { 结婚登记: 'J', 离婚登记: 'L', 补领结婚证: 'BJ', 补领离婚证: 'BL' };
const kinds = ['结婚登记', '离婚登记', '补领结婚证', '补领离婚证'] as const;

function makeColumns(office: string): Column<Registration>[] {
  return [
    { heads: ['登记字号'], value: ({ number }) => number },
    { heads: ['男方姓名'], leaf: '姓名', value: ({ man }) => man.name, group: '男方' },
    { heads: ['男方身份证号'], leaf: '身份证号', value: ({ man }) => man.id, group: '男方' },
    { heads: ['女方姓名'], leaf: '姓名', value: ({ woman }) => woman.name, group: '女方' },
    { heads: ['女方身份证号'], leaf: '身份证号', value: ({ woman }) => woman.id, group: '女方' },
    { heads: ['登记日期'], value: ({ date }) => ({ date }) },
    { heads: ['业务类型'], value: ({ kind }) => kind },
    { heads: ['登记机关'], value: () => office },
  ];
}

function makeRegistration({ random, registry, plan }: Bureau, kind: string): Registration {
  return {
    number: '',
    man: registry.person(1955, 2000, '男'),
    woman: registry.person(1957, 2002, '女'),
    date: dateBetween(random, plan.year, 1, 12),
    kind,
  };
}

/** Registrations in order of date, numbered through. */
function makeRows(bureau: Bureau): Registration[] {
  const { marriages, prefix, year } = bureau.plan;
  const rows = kinds.flatMap((kind) => range(marriages[kind]).map(() => makeRegistration(bureau, kind)));
  rows.sort((left, right) => left.date.localeCompare(right.date));
  return rows.map((row, index) => {
    const number = `${letters[row.kind]}${prefix}-${year}-${String(index + 1).padStart(6, '0')}`;
    return { ...row, number };
  });
}

function countRegistrations(rows: readonly Registration[]): Figures {
  return {
    '婚姻登记.结婚对数': countRows(rows, ({ kind }) => kind === '结婚登记'),
    '婚姻登记.离婚对数': countRows(rows, ({ kind }) => kind === '离婚登记'),
    '婚姻登记.补领结婚证件数': countRows(rows, ({ kind }) => kind === '补领结婚证'),
    '婚姻登记.补领离婚证件数': countRows(rows, ({ kind }) => kind === '补领离婚证'),
  };
}

/** 婚姻登记: the first half of the year as a sheet, the second one as a CSV file. */
export function makeMarriages(bureau: Bureau): Business {
  const { bureau: name, year } = bureau.plan;
  const rows = makeRows(bureau);
  const table = (part: Registration[]): Table<Registration> => ({
    sheet: '婚姻登记',
    title: '婚姻登记办件明细（1—6月）',
    unit: '对、件',
    columns: makeColumns(`${name}婚姻登记处`),
    rows: part,
  });
  const isEarly = ({ date }: Registration): boolean => date < `${year}-07-01`;
  const late = rows.filter((row) => !isEarly(row));
  return {
    grids: [lay(bureau, table(rows.filter(isEarly)))],
    csvs: [{ name: `婚姻登记${year}.csv`, grid: layBare(bureau, table(late)) }],
    figures: countRegistrations(rows),
  };
}
