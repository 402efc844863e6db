import { apportion, sum } from './allocate.ts';
import { type Bureau, lay, monthHeads } from './bureau.ts';
import { toMonth } from './calendar.ts';
import type { Grid } from './grid.ts';
import { allMonths, type Household, paidIn, shareBatch } from './households.ts';
import { addMoney, addUp, countDistinct, type Figures } from './ledger.ts';
import { coveredColumn, headIdColumn, householdColumns } from './livingColumns.ts';
import type { Column } from './table.ts';

interface Payment {
  household: Household;
  month: string;
  basicFen: number;
  classFen: number;
}

interface BatchPayment {
  household: Household;
  month: string;
  batch: string;
  fen: number;
}

const money = { group: '发放金额', band: '资金发放情况', summed: true } as const;
const account = { group: '账户信息', band: '资金发放情况' } as const;

const paymentColumns: Column<Payment>[] = [
  ...householdColumns<Payment>(),
  headIdColumn(),
  { heads: monthHeads, value: ({ month }) => ({ month }) },
  coveredColumn(),
  {
    heads: ['保障金（元）', '保障金额（元）', '低保金（元）'],
    value: ({ basicFen }) => ({ fen: basicFen }),
    ...money,
  },
  {
    heads: ['分类施保金（元）', '分类施保金额（元）', '分类施保（元）'],
    value: ({ classFen }) => ({ fen: classFen }),
    ...money,
  },
  {
    heads: ['发放合计（元）', '实发金额（元）', '发放金额（元）'],
    value: ({ basicFen, classFen }) => ({ fen: basicFen + classFen }),
    ...money,
  },
  { heads: ['账户名称', '开户人'], value: ({ household }) => household.head.name, ...account },
  {
    heads: ['开户银行', '开户行'],
    value: ({ household }) => `样例银行${household.place.town}支行`,
    ...account,
  },
  { heads: ['银行账号', '银行卡号'], value: ({ household }) => household.account, ...account },
];

function makePayments(households: readonly Household[], year: number): Payment[] {
  return allMonths.flatMap((month) =>
    paidIn(households, month).map((household) => ({
      household,
      month: toMonth(year, month),
      basicFen: household.basicFen,
      classFen: household.classFen,
    })),
  );
}

function paidFen({ basicFen, classFen }: Payment): number {
  return basicFen + classFen;
}

/** Puts the last 分 that are missing from the wanted sum into the payments of December. */
function settle(payments: Payment[], fen: number): void {
  const last = payments.filter(({ month }) => month.endsWith('-12'));
  const gap = fen - sum(payments.map(paidFen));
  const parts = apportion(
    Math.abs(gap),
    last.map(() => 1),
  );
  last.forEach((payment, index) => {
    payment.basicFen += Math.sign(gap) * (parts[index] ?? 0);
  });
}

function countPayments(rows: readonly Payment[]): Figures {
  return {
    '低保.累计户数': countDistinct(rows, ({ household }) => household.key),
    '低保.累计人次': addUp(rows, ({ household }) => household.covered),
    '低保.发放金额': addMoney(rows, paidFen),
    '低保.保障金金额': addMoney(rows, ({ basicFen }) => basicFen),
    '低保.分类施保金额': addMoney(rows, ({ classFen }) => classFen),
  };
}

/** 低保发放明细: one row per household and month. */
export function makePaymentSheet(
  bureau: Bureau,
  households: readonly Household[],
): { grid: Grid; figures: Figures } {
  const rows = makePayments(households, bureau.plan.year);
  if (bureau.plan.living.fen !== null) settle(rows, bureau.plan.living.fen);
  const table = { sheet: '低保发放明细', title: '城乡低保金发放明细表', unit: '元' };
  return { grid: lay(bureau, { ...table, columns: paymentColumns, rows }), figures: countPayments(rows) };
}

const batchColumns: Column<BatchPayment>[] = [
  ...householdColumns<BatchPayment>(),
  headIdColumn(),
  coveredColumn(),
  { heads: ['发放批次'], value: ({ batch }) => batch },
  { heads: monthHeads, value: ({ month }) => ({ month }) },
  { heads: ['发放金额（元）', '补助金额（元）'], value: ({ fen }) => ({ fen }), summed: true },
];

interface BatchPlan {
  fen: number;
  months: number[];
  stepFen: number;
}

function makeBatches(households: readonly Household[], plan: BatchPlan, year: number): BatchPayment[] {
  const groups = plan.months.map((month) => paidIn(households, month));
  const persons = groups.map((group) => sum(group.map(({ covered }) => covered)));
  const steps = apportion(plan.fen / plan.stepFen, persons);
  return groups.flatMap((group, index) => {
    const parts = shareBatch(group, (steps[index] ?? 0) * plan.stepFen, plan.stepFen);
    const month = toMonth(year, plan.months[index] ?? 1);
    const batch = `第${index + 1}批`;
    return group.map((household, place) => ({ household, month, batch, fen: parts[place] ?? 0 }));
  });
}

/** A subsidy that is paid out to all covered households of a month at once. */
export function makeBatchSheet(
  bureau: Bureau,
  households: readonly Household[],
  subsidy: { name: string; indicator: string; plan: BatchPlan },
): { grid: Grid; figures: Figures } {
  const rows = makeBatches(households, subsidy.plan, bureau.plan.year);
  const table = { sheet: `低保${subsidy.name}发放`, title: `低保对象${subsidy.name}发放表`, unit: '元' };
  const figures = { [subsidy.indicator]: addMoney(rows, ({ fen }) => fen) };
  return { grid: lay(bureau, { ...table, columns: batchColumns, rows }), figures };
}
