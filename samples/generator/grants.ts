import { apportion, range } from './allocate.ts';
import { areaColumns, type Bureau, type Business, idHeads, lay, type Place, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { addMoney, countRows } from './ledger.ts';
import type { Person } from './persons.ts';
import { type Column, sequence } from './table.ts';

interface Grant {
  place: Place;
  person: Person;
  family: number;
  phone: string;
  kind: string;
  fen: number;
  date: string;
  reason: string;
  account: string;
}

const group = '救助情况';

const columns: Column<Grant>[] = [
  sequence(),
  ...areaColumns<Grant>(({ place }) => place),
  { heads: ['姓名', '申请人姓名'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['家庭人口', '家庭人口数'], value: ({ family }) => family },
  { heads: ['联系方式', '联系电话'], value: ({ phone }) => phone },
  { heads: ['救助类型', '救助类别'], value: ({ kind }) => kind, group },
  { heads: ['救助金额（元）', '救助金（元）'], value: ({ fen }) => ({ fen }), group, summed: true },
  { heads: ['审批时间', '审批日期'], value: ({ date }) => ({ date }), group },
  { heads: ['申请理由', '救助事由'], value: ({ reason }) => reason },
  { heads: ['一卡通账号', '银行账号'], value: ({ account }) => account },
];

function makeGrant({ random, registry, places, plan }: Bureau, fen: number): Grant {
  return {
    place: random.pick(places),
    person: registry.person(1945, 2000),
    family: random.int(1, 6),
    phone: registry.phone(),
    kind: random.pick(['急难型', '支出型']),
    fen,
    date: dateBetween(random, plan.year, 1, 12),
    reason: random.pick(['突发重病', '交通意外', '家庭火灾', '刚性支出过大']),
    account: registry.account(),
  };
}

/** Amounts between a few hundred and some thousand 元 that add up to the plan's sum. */
function drawAmounts({ random, plan: { grants } }: Bureau): number[] {
  const weights = range(grants.count).map(() => random.int(10, 100));
  return apportion(grants.fen / grants.stepFen, weights).map((steps) => steps * grants.stepFen);
}

/** 临时救助: one row per grant. */
export function makeGrants(bureau: Bureau): Business {
  const rows = drawAmounts(bureau).map((fen) => makeGrant(bureau, fen));
  rows.sort((left, right) => left.date.localeCompare(right.date));
  const grid = lay(bureau, { sheet: '临时救助', title: '临时救助发放台账', unit: '人、元', columns, rows });
  return toBusiness([grid], {
    '临时救助.人次': countRows(rows),
    '临时救助.金额': addMoney(rows, ({ fen }) => fen),
  });
}
