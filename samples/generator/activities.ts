import { range } from './allocate.ts';
import { type Bureau, type Business, lay, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows } from './ledger.ts';
import { type Column, sequence } from './table.ts';

interface Activity {
  date: string;
  kind: string;
  visitors: number;
  state: string;
}

const counselling = '婚姻家庭辅导';
const ceremony = '结婚颁证仪式';

const columns: Column<Activity>[] = [
  sequence(),
  { heads: ['日期', '活动日期'], value: ({ date }) => ({ date }) },
  { heads: ['活动类型'], value: ({ kind }) => kind },
  { heads: ['参加人数'], value: ({ visitors }) => visitors },
  { heads: ['状态'], value: ({ state }) => state },
];

function makeActivity({ random, plan }: Bureau, kind: string, state: string): Activity {
  return { date: dateBetween(random, plan.year, 1, 12), kind, visitors: random.int(2, 12), state };
}

function makeRows(bureau: Bureau): Activity[] {
  const { activities } = bureau.plan;
  const rows = [
    ...range(activities.counselling).map(() => makeActivity(bureau, counselling, '已举办')),
    ...range(activities.ceremonies).map(() => makeActivity(bureau, ceremony, '已举办')),
    ...range(activities.cancelled).map(() =>
      makeActivity(bureau, bureau.random.pick([counselling, ceremony]), '已取消'),
    ),
  ];
  return rows.sort((left, right) => left.date.localeCompare(right.date));
}

/** 婚姻家庭辅导与颁证活动记录: one row per activity, held or cancelled. */
export function makeActivities(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '婚姻家庭辅导与颁证', title: '婚姻家庭辅导与颁证活动记录', unit: '次' };
  const held = (wanted: string) =>
    countRows(rows, ({ kind, state }) => kind === wanted && state === '已举办');
  return toBusiness([lay(bureau, { ...table, columns, rows })], {
    '婚姻家庭辅导.辅导次数': held(counselling),
    '婚姻家庭辅导.颁证仪式次数': held(ceremony),
  });
}
