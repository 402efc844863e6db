import { makeSpans, monthsOf, type Span } from './allocate.ts';
import { areaColumns, type Bureau, type Business, idHeads, lay, type Place, toBusiness } from './bureau.ts';
import { toMonth } from './calendar.ts';
import { addMoney, type Figures } from './ledger.ts';
import type { Person } from './persons.ts';
import type { Rate } from './plan.ts';
import { type Column, sequence } from './table.ts';

interface Child {
  place: Place;
  person: Person;
  guardian: Person;
  kind: string;
  account: string;
  span: Span;
}

interface ChildPayment {
  child: Child;
  item: string;
  month: string;
  fen: number;
}

const lifeItem = '基本生活费';
const careItem = '残疾儿童护理费';

const columns: Column<ChildPayment>[] = [
  sequence(),
  ...areaColumns<ChildPayment>(({ child }) => child.place),
  { heads: ['儿童姓名', '姓名'], value: ({ child }) => child.person.name },
  { heads: idHeads, value: ({ child }) => child.person.id },
  { heads: ['儿童类别', '儿童类型'], value: ({ child }) => child.kind },
  { heads: ['款项'], value: ({ item }) => item },
  { heads: ['发放年月', '发放月份'], value: ({ month }) => ({ month }) },
  { heads: ['发放金额（元）', '补贴金额（元）'], value: ({ fen }) => ({ fen }), summed: true },
  { heads: ['监护人', '代领人'], value: ({ child }) => child.guardian.name },
  { heads: ['监护人账号', '银行账号'], value: ({ child }) => child.account },
];

function makeChildren({ random, registry, places, plan }: Bureau, kind: string, months: number): Child[] {
  return makeSpans(random, months, 0.8).map((span) => ({
    place: random.pick(places),
    person: registry.person(plan.year - 17, plan.year - 2),
    guardian: registry.person(1955, 1990),
    kind,
    account: registry.account(),
    span,
  }));
}

function payChild(child: Child, item: string, rate: number, span: Span, year: number): ChildPayment[] {
  return monthsOf(span).map((month) => ({ child, item, month: toMonth(year, month), fen: rate * 100 }));
}

/** Pays the care of so many months to children who are there all year, as many as it takes. */
function payCare(children: readonly Child[], { rate, months }: Rate, year: number): ChildPayment[] {
  const wholeYear = children.filter(({ span }) => span.from === 1 && span.to === 12);
  return wholeYear.flatMap((child, index) => {
    const left = Math.min(12, months - index * 12);
    return left > 0 ? payChild(child, careItem, rate, { from: 1, to: left }, year) : [];
  });
}

function makeRows(bureau: Bureau): ChildPayment[] {
  const { year, children } = bureau.plan;
  const orphans = makeChildren(bureau, '孤儿', children.orphans.months);
  const others = makeChildren(bureau, '事实无人抚养儿童', children.others.months);
  const life = [
    ...orphans.flatMap((child) => payChild(child, lifeItem, children.orphans.rate, child.span, year)),
    ...others.flatMap((child) => payChild(child, lifeItem, children.others.rate, child.span, year)),
  ];
  const rows = [...life, ...payCare([...orphans, ...others], children.care, year)];
  return rows.sort((left, right) => left.month.localeCompare(right.month));
}

function countPayments(rows: readonly ChildPayment[]): Figures {
  const ofItem = (wanted: string) => rows.filter(({ item }) => item === wanted);
  return {
    '儿童福利.生活费金额': addMoney(ofItem(lifeItem), ({ fen }) => fen),
    '儿童福利.护理费金额': addMoney(ofItem(careItem), ({ fen }) => fen),
  };
}

/** 孤儿和事实无人抚养儿童: one row per child, kind of money and month. */
export function makeChildWelfare(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '孤儿和事实无人抚养儿童', title: '孤儿和事实无人抚养儿童补贴发放明细', unit: '元' };
  return toBusiness([lay(bureau, { ...table, columns, rows })], countPayments(rows));
}
