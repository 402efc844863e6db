import { cycle, range } from './allocate.ts';
import { type Bureau, type Business, lay, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows, type Figures } from './ledger.ts';
import { type Column, sequence } from './table.ts';

interface Organisation {
  number: string;
  name: string;
  kind: string;
  founded: string;
  ended: string | null;
}

interface Review {
  organisation: Organisation;
  result: string;
  date: string | null;
}

const recordedKind = '社区社会组织(备案)';
const registeredKinds = ['社会团体', '民办非企业单位'];
const trades = ['志愿服务队', '广场舞队', '书画社', '邻里互助会', '合唱团', '太极队', '巡逻队', '读书会'];

const columns: Column<Organisation>[] = [
  sequence(),
  { heads: ['社会组织名称'], value: ({ name }) => name },
  { heads: ['组织类别'], value: ({ kind }) => kind },
  { heads: ['登记证号'], value: ({ number }) => number },
  { heads: ['成立登记日期'], value: ({ founded }) => ({ date: founded }) },
  { heads: ['注销日期'], value: ({ ended }) => ({ date: ended }) },
  { heads: ['登记状态'], value: ({ ended }) => (ended === null ? '正常' : '已注销') },
];

const reviewResults = [...range(16).map(() => '合格'), '基本合格', '基本合格', '不合格'];

/** The year in which it begins, and the one in which it ends, if any. */
type Life = [from: number, until: number | null];

function makeLife({ random, plan }: Bureau, [from, until]: Life): Pick<Organisation, 'founded' | 'ended'> {
  const founded = from === plan.year ? from : random.int(2010, from);
  return {
    founded: dateBetween(random, founded, 1, 12),
    ended: until === null ? null : dateBetween(random, until, 1, 12),
  };
}

function makeRecorded(bureau: Bureau, index: number, life: Life): Organisation {
  const { places, plan } = bureau;
  const round = Math.floor(index / places.length);
  const ordinal = round < trades.length ? '' : String(Math.floor(round / trades.length) + 1);
  const name = `${cycle(places, index).community}${cycle(trades, round)}${ordinal}`;
  return { number: `BA${plan.prefix}${10001 + index}`, name, kind: recordedKind, ...makeLife(bureau, life) };
}

function makeRegistered(bureau: Bureau, index: number, life: Life): Organisation {
  const { plan, random } = bureau;
  const kind = random.pick(registeredKinds);
  const name = `${plan.place}样例${String(index + 1).padStart(3, '0')}${kind === '社会团体' ? '协会' : '服务中心'}`;
  return { number: `ZZ${plan.prefix}${10001 + index}`, name, kind, ...makeLife(bureau, life) };
}

function repeat(count: number, life: Life): Life[] {
  return range(count).map(() => life);
}

function recordedLives({ plan: { organisations, year } }: Bureau): Life[] {
  const { recordedBefore, recordedAfter, recordedEnded, recordedPast } = organisations;
  return [
    ...repeat(recordedBefore - recordedEnded, [year - 1, null]),
    ...repeat(recordedEnded, [year - 1, year]),
    ...repeat(recordedPast, [year - 3, year - 1]),
    ...repeat(recordedAfter - recordedBefore + recordedEnded, [year, null]),
  ];
}

function makeRows(bureau: Bureau): Organisation[] {
  const { organisations, year } = bureau.plan;
  const registered = [
    ...repeat(organisations.registeredBefore, [year - 1, null]),
    ...repeat(organisations.registered, [year, null]),
  ].map((life, index) => makeRegistered(bureau, index, life));
  const recorded = bureau.random.shuffle(recordedLives(bureau));
  return [...registered, ...recorded.map((life, index) => makeRecorded(bureau, index, life))];
}

const reviewColumns: Column<Review>[] = [
  sequence(),
  { heads: ['登记证号'], value: ({ organisation }) => organisation.number },
  { heads: ['社会组织名称'], value: ({ organisation }) => organisation.name },
  { heads: ['年检年份'], value: () => null },
  { heads: ['年检结果'], value: ({ result }) => result },
  { heads: ['审核日期'], value: ({ date }) => ({ date }) },
];

function makeReviews({ random, plan }: Bureau, rows: readonly Organisation[]): Review[] {
  const old = rows.filter(({ kind, founded }) => kind !== recordedKind && founded < `${plan.year}-01-01`);
  const reviewed = new Set(random.shuffle(old).slice(0, plan.organisations.reviewed));
  return old.map((organisation) => ({
    organisation,
    result: reviewed.has(organisation) ? random.pick(reviewResults) : '未年检',
    date: reviewed.has(organisation) ? dateBetween(random, plan.year, 4, 9) : null,
  }));
}

function countOrganisations(rows: readonly Organisation[], year: number): Figures {
  const isRecorded = ({ kind }: Organisation): boolean => kind === recordedKind;
  const standing = (date: string) =>
    countRows(
      rows,
      (row) => isRecorded(row) && row.founded <= date && (row.ended === null || row.ended > date),
    );
  return {
    '社会组织.新登记数': countRows(rows, (row) => !isRecorded(row) && row.founded.startsWith(`${year}-`)),
    '社会组织.备案期初数': standing(`${year - 1}-12-31`),
    '社会组织.备案期末数': standing(`${year}-12-31`),
  };
}

/** 社会组织 and their 年检. */
export function makeOrganisations(bureau: Bureau): Business {
  const { year } = bureau.plan;
  const rows = makeRows(bureau);
  const reviews = makeReviews(bureau, rows);
  const register = { sheet: '社会组织', title: '社会组织登记备案台账', unit: '家' };
  const yearly = { sheet: '社会组织年检', title: '社会组织年检情况表', unit: '家' };
  const withYear = reviewColumns.map((column) =>
    column.heads[0] === '年检年份' ? { ...column, value: () => year } : column,
  );
  return toBusiness(
    [
      lay(bureau, { ...register, columns, rows }),
      lay(bureau, { ...yearly, columns: withYear, rows: reviews }),
    ],
    {
      ...countOrganisations(rows, year),
      '社会组织.年检数': countRows(reviews, ({ result }) => result !== '未年检'),
    },
  );
}
