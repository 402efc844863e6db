import { range } from './allocate.ts';
import { areaColumns, type Bureau, type Business, idHeads, lay, layBare, type Place } from './bureau.ts';
import { dateBetween, toMonth } from './calendar.ts';
import { providers } from './elderHomes.ts';
import { countDistinct, countRows } from './ledger.ts';
import type { Person } from './persons.ts';
import { type Column, sequence, type Table } from './table.ts';

interface Served {
  place: Place;
  person: Person;
  age: number;
  provider: string;
  since: string;
  assessment: string;
}

interface Order {
  number: string;
  served: Served;
  phone: string;
  date: string;
  item: string;
  fen: number;
  state: string;
}

const servedColumns: Column<Served>[] = [
  sequence(),
  ...areaColumns<Served>(({ place }) => place),
  { heads: ['老年人姓名', '老人姓名', '姓名'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['年龄'], value: ({ age }) => age },
  { heads: ['服务商'], value: ({ provider }) => provider },
  { heads: ['起始年月', '享受起始年月'], value: ({ since }) => ({ month: since }) },
  { heads: ['评估类型'], value: ({ assessment }) => assessment },
];

function makeServed({ random, registry, places, plan }: Bureau): Served {
  const person = registry.person(plan.year - 99, plan.year - 80);
  const year = plan.year - random.pick([0, 1, 2, 3]);
  return {
    place: random.pick(places),
    person,
    age: plan.year - person.born,
    provider: random.pick(providers),
    since: toMonth(year, random.int(1, 12)),
    assessment: '初次评估',
  };
}

function makeRoll(bureau: Bureau): Served[] {
  const { random, plan } = bureau;
  const rows = range(plan.elders.served).map(() => makeServed(bureau));
  const again = random.shuffle(rows).slice(0, plan.elders.assessedAgain);
  const later = again.map((row): Served => ({ ...row, since: toMonth(plan.year, 12), assessment: '复评' }));
  const order = new Map(bureau.places.map((place, index) => [place, index]));
  return [...rows, ...later].sort(
    (left, right) => (order.get(left.place) ?? 0) - (order.get(right.place) ?? 0),
  );
}

const orderColumns: Column<Order>[] = [
  { heads: ['工单编号'], value: ({ number }) => number },
  { heads: ['服务商'], value: ({ served }) => served.provider },
  { heads: ['老年人姓名', '老人姓名'], value: ({ served }) => served.person.name },
  { heads: idHeads, value: ({ served }) => served.person.id },
  { heads: ['联系电话', '手机号码'], value: ({ phone }) => phone },
  { heads: ['服务日期'], value: ({ date }) => ({ date }) },
  { heads: ['服务项目'], value: ({ item }) => item },
  { heads: ['服务费用（元）', '服务费用'], value: ({ fen }) => ({ fen }) },
  { heads: ['状态'], value: ({ state }) => state },
];

const items: [name: string, fen: number][] = [
  ['助洁', 4000],
  ['助餐', 1250],
  ['助浴', 8000],
  ['助医,陪诊', 6050],
  ['康复护理', 9900],
];
const doneStates = ['已完成', '已评价', '已回访'];
const states = ['已完成', '已完成', '已完成', '已评价', '已评价', '已回访', '已取消', '待改派'];

function makeOrder({ random, registry, plan }: Bureau, served: Served): Order {
  const [item, fen] = random.pick(items);
  return {
    number: '',
    served,
    phone: registry.phone(),
    date: dateBetween(random, plan.year, 1, 12),
    item,
    fen: fen + random.int(0, 9) * 5,
    state: random.pick(states),
  };
}

function makeOrders(bureau: Bureau, roll: readonly Served[]): Order[] {
  const { random, plan } = bureau;
  const rows = range(plan.elders.orders).map(() => makeOrder(bureau, random.pick(roll)));
  rows.sort((left, right) => left.date.localeCompare(right.date));
  return rows.map((row, index) => ({
    ...row,
    number: `GD${plan.year}${String(index + 1).padStart(6, '0')}`,
  }));
}

/** 居家养老服务对象 and 上门服务工单; the orders of the second half of the year are a CSV file. */
export function makeElderService(bureau: Bureau): Business {
  const { year } = bureau.plan;
  const rows = makeRoll(bureau);
  const orders = makeOrders(bureau, rows);
  const roll = { sheet: '居家养老服务对象', title: '政府购买居家养老服务对象名册', unit: '人' };
  const log = (part: Order[]): Table<Order> => ({
    sheet: '上门服务工单',
    title: '居家养老上门服务工单',
    unit: '元',
    columns: orderColumns,
    rows: part,
  });
  const isEarly = ({ date }: Order): boolean => date < `${year}-07-01`;
  const late = orders.filter((order) => !isEarly(order));
  return {
    grids: [lay(bureau, { ...roll, columns: servedColumns, rows }), lay(bureau, log(orders.filter(isEarly)))],
    csvs: [{ name: `上门服务工单${year}下半年.csv`, grid: layBare(bureau, log(late)) }],
    figures: {
      '养老服务.居家养老服务人数': countDistinct(rows, ({ person }) => person.id),
      '养老服务.上门服务人次': countRows(orders, ({ state }) => doneStates.includes(state)),
    },
  };
}
