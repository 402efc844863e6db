import { makeSpans, monthsOf, type Span } from './allocate.ts';
import { areaColumns, type Bureau, type Business, idHeads, lay, type Place, toBusiness } from './bureau.ts';
import { toMonth } from './calendar.ts';
import { addMoney, type Figures } from './ledger.ts';
import type { Person } from './persons.ts';
import type { Rate } from './plan.ts';
import { type Column, sequence } from './table.ts';

interface Disabled {
  place: Place;
  person: Person;
  level: string;
  account: string;
}

interface Subsidy {
  disabled: Disabled;
  kind: string;
  month: string;
  months: number;
  fen: number;
}

const lifeKind = '困难残疾人生活补贴';
const careKind = '重度残疾人护理补贴';
const heavyKind = '困难重度失能残疾人护理费';

const columns: Column<Subsidy>[] = [
  sequence(),
  ...areaColumns<Subsidy>(({ disabled }) => disabled.place),
  { heads: ['姓名', '残疾人姓名'], value: ({ disabled }) => disabled.person.name },
  { heads: idHeads, value: ({ disabled }) => disabled.person.id },
  { heads: ['残疾等级', '残疾级别'], value: ({ disabled }) => disabled.level },
  { heads: ['补贴类型'], value: ({ kind }) => kind },
  { heads: ['发放年月', '补贴月份', '发放月份'], value: ({ month }) => ({ month }) },
  { heads: ['计发月数'], value: ({ months }) => months },
  { heads: ['补贴金额（元）', '发放金额（元）'], value: ({ fen }) => ({ fen }), summed: true },
  { heads: ['银行卡号', '社保卡号'], value: ({ disabled }) => disabled.account },
];

function makeDisabled({ random, registry, places }: Bureau, isHeavy: boolean): Disabled {
  return {
    place: random.pick(places),
    person: registry.person(1945, 2012),
    level: isHeavy ? random.pick(['一级', '二级']) : random.pick(['二级', '三级', '四级']),
    account: registry.account(),
  };
}

/** The last month of each payment and the months it pays: quarters or single months. */
function toPayments(span: Span, byQuarter: boolean): { month: number; months: number }[] {
  const last = (month: number): number => (byQuarter ? Math.ceil(month / 3) * 3 : month);
  const counts = new Map<number, number>();
  for (const month of monthsOf(span)) counts.set(last(month), (counts.get(last(month)) ?? 0) + 1);
  return [...counts].map(([month, months]) => ({ month, months }));
}

function paySpan({ plan }: Bureau, disabled: Disabled, kind: string, rate: number, span: Span): Subsidy[] {
  return toPayments(span, plan.disability.byQuarter).map(({ month, months }) => ({
    disabled,
    kind,
    month: toMonth(plan.year, month),
    months,
    fen: rate * months * 100,
  }));
}

/** Pays a kind to so many persons as its months need; the first ones are taken from `known`. */
function payKind(
  bureau: Bureau,
  kind: string,
  { rate, months }: Rate,
  known: readonly Disabled[],
): Subsidy[] {
  const spans = makeSpans(bureau.random, months, 0.9);
  return spans.flatMap((span, index) => {
    const disabled = known[index] ?? makeDisabled(bureau, kind !== lifeKind);
    return paySpan(bureau, disabled, kind, rate, span);
  });
}

function personsOf(rows: readonly Subsidy[]): Disabled[] {
  return [...new Set(rows.map(({ disabled }) => disabled))];
}

/** Two in five of those with 生活补贴 get 护理补贴 too; 护理费 goes to others. */
function makeRows(bureau: Bureau): Subsidy[] {
  const { life, care, heavy } = bureau.plan.disability;
  const lifeRows = payKind(bureau, lifeKind, life, []);
  const persons = personsOf(lifeRows);
  const careRows = payKind(bureau, careKind, care, persons.slice(0, Math.floor(persons.length * 0.4)));
  const heavyRows = heavy.flatMap((rate) => payKind(bureau, heavyKind, rate, []));
  return [...lifeRows, ...careRows, ...heavyRows].sort((left, right) =>
    left.month.localeCompare(right.month),
  );
}

function countSubsidies(rows: readonly Subsidy[]): Figures {
  const ofKinds = (...kinds: string[]) => rows.filter(({ kind }) => kinds.includes(kind));
  const fen = (row: Subsidy): number => row.fen;
  return {
    '残疾人两项补贴.发放金额': addMoney(ofKinds(lifeKind, careKind), fen),
    '残疾人两项补贴.生活补贴金额': addMoney(ofKinds(lifeKind), fen),
    '残疾人两项补贴.护理补贴金额': addMoney(ofKinds(careKind), fen),
    '残疾人两项补贴.失能护理费金额': addMoney(ofKinds(heavyKind), fen),
  };
}

/** 残疾人两项补贴 and 护理费: one row per person, kind and month or quarter. */
export function makeDisability(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '残疾人两项补贴', title: '残疾人两项补贴及护理费发放表', unit: '元' };
  return toBusiness([lay(bureau, { ...table, columns, rows })], countSubsidies(rows));
}
