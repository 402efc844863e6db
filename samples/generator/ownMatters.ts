import { range } from './allocate.ts';
import { areaColumns, type Bureau, type Business, lay, layBare, type Place } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows } from './ledger.ts';
import type { OwnPlan } from './plan.ts';
import { type Column, sequence } from './table.ts';

interface Project {
  place: Place;
  raised: string;
  state: string;
}

const projectColumns: Column<Project>[] = [
  sequence(),
  ...areaColumns<Project>(({ place }) => place),
  { heads: ['登记日期'], value: ({ raised }) => ({ date: raised }) },
  { heads: ['办理状态'], value: ({ state }) => state },
];

/** 暖心实事: every wish that was raised, and which of them were voted for and carried out. */
function makeProjects(
  { random, plan, places }: Bureau,
  { raised, carriedOut }: OwnPlan['projects'],
): Project[] {
  const states = random.shuffle([
    ...range(carriedOut).map(() => '已完成'),
    ...range(raised - carriedOut).map(() => '未入选'),
  ]);
  return states.map((state) => ({
    place: random.pick(places),
    raised: dateBetween(random, plan.year, 1, 4),
    state,
  }));
}

interface Appeal {
  number: string;
  date: string;
  state: string;
}

const appealColumns: Column<Appeal>[] = [
  { heads: ['工单编号'], value: ({ number }) => number },
  { heads: ['受理日期'], value: ({ date }) => ({ date }) },
  { heads: ['审核状态'], value: ({ state }) => state },
];

function makeAppeals({ random, plan }: Bureau, { granted, refused }: OwnPlan['appeals']): Appeal[] {
  const rows = [['通过', granted] as const, ['驳回', refused] as const].flatMap(([state, count]) =>
    range(count).map(() => ({ number: '', state, date: dateBetween(random, plan.year, 4, 12) })),
  );
  rows.sort((left, right) => left.date.localeCompare(right.date));
  return rows.map((row, index) => ({
    ...row,
    number: `SS${plan.year}${String(index + 1).padStart(5, '0')}`,
  }));
}

/** What only the committed bureau keeps: 暖心实事项目 and 申诉工单; other bureaus have no such sheets. */
export function makeOwnMatters(bureau: Bureau): Business {
  const { own, year } = bureau.plan;
  if (own === null) return { grids: [], csvs: [], figures: {} };
  const projects = makeProjects(bureau, own.projects);
  const appeals = makeAppeals(bureau, own.appeals);
  const list = { sheet: '暖心实事项目', title: '暖心实事项目征集登记表', unit: '个' };
  const log = { sheet: '申诉工单', title: '申诉工单', unit: '' };
  return {
    grids: [lay(bureau, { ...list, columns: projectColumns, rows: projects })],
    csvs: [
      {
        name: `申诉工单${year}.csv`,
        grid: layBare(bureau, { ...log, columns: appealColumns, rows: appeals }),
      },
    ],
    figures: {
      '暖心实事.征集项目数': countRows(projects),
      '暖心实事.完成项目数': countRows(projects, ({ state }) => state === '已完成'),
      '疫情防控.申诉工单数': countRows(appeals),
      '疫情防控.申诉通过数': countRows(appeals, ({ state }) => state === '通过'),
      '疫情防控.申诉驳回数': countRows(appeals, ({ state }) => state === '驳回'),
    },
  };
}
