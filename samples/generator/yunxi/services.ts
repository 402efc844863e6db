import { apportion, cycle, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  byDate,
  datesBetween,
  dayIn,
  forkScene,
  monthsBetween,
  personCells,
  type Row,
  type Scene,
  spotCells,
  toExport,
  toSheet,
} from '../scene.ts';
import { communities, villages } from './places.ts';

/** The three years of bought services. */
const years: [string, string] = ['2017-01', '2019-12'];
const spots = [...communities, ...villages];

/** 居家上门服务记录: 10,532 visits in three years, those called off, and some of 2016. */
export function makeVisits(scene: Scene): Grid {
  const chance = forkScene(scene, '上门');
  const { random } = chance;
  const elders = range(1800).map(
    (): Row => ({ ...spotCells(random.pick(spots)), ...personCells(chance, 1925, 1945, '老年人姓名') }),
  );
  const seen = new Set<string>();
  const visit = (date: string, state: string): Row => {
    const elder = random.pick(elders);
    const key = `${elder.身份证号} ${date}`;
    if (seen.has(key)) return visit(date, state);
    seen.add(key);
    return { ...elder, 服务日期: { date }, 服务类型: random.pick(['上门回访', '上门服务']), 工单状态: state };
  };
  const rows = [
    ...datesBetween(chance, ...years, 10_532).map((date) => visit(date, '已完成')),
    ...datesBetween(chance, ...years, 118).map((date) => visit(date, '已取消')),
    ...datesBetween(chance, '2016-10', '2016-12', 75).map((date) => visit(date, '已完成')),
  ];
  return toExport(chance, { sheet: '居家上门服务记录', title: '居家上门服务记录' }, byDate(rows, '服务日期'));
}

/** 电话访问: by town and month, 20,486 person-times since 2017. */
export function makeCalls(scene: Scene): Grid {
  const chance = forkScene(scene, '电话');
  const towns = [...new Set(villages.map(({ town }) => town))];
  const months = monthsBetween(...years);
  const counts = apportion(
    20_486,
    months.flatMap(() => towns.map(() => chance.random.int(40, 110))),
  );
  const row = (month: string, town: string, count: number): Row => ({
    乡镇街道: town,
    年月: { month },
    服务类型: '电话访问',
    服务人次: count,
    服务状态: '已完成',
  });
  const rows = [
    ...towns.map((town) => row('2016-12', town, 60)),
    ...months.flatMap((month, at) =>
      towns.map((town, index) => row(month, town, counts[at * towns.length + index] ?? 0)),
    ),
  ];
  return toSheet(
    chance,
    { sheet: '电话访问记录', title: '养老服务热线电话访问按月记录', unit: '人次', summed: ['服务人次'] },
    rows,
  );
}

/** 居家养老活动: 73 held since 2017, some called off, some before. */
export function makeEvents(scene: Scene): Grid {
  const chance = forkScene(scene, '活动');
  const event = (date: string, state: string): Row => ({
    活动日期: { date },
    活动类型: chance.random.pick(['庆生', '义诊', '心理讲座']),
    参加人数: chance.random.int(12, 60),
    活动状态: state,
  });
  const rows = [
    ...datesBetween(chance, ...years, 73).map((date) => event(date, '已举办')),
    ...datesBetween(chance, ...years, 5).map((date) => event(date, '已取消')),
    ...datesBetween(chance, '2016-03', '2016-12', 8).map((date) => event(date, '已举办')),
  ];
  return toSheet(
    chance,
    { sheet: '居家养老活动', title: '居家养老专业服务活动记录', unit: '次' },
    byDate(rows, '活动日期'),
  );
}

/** 护理员培训: 1018 rows since 2017; 1012 persons finished, 38 of them with the state's certificate. */
export function makeTraining(scene: Scene): Grid {
  const chance = forkScene(scene, '培训');
  const row = (date: string, index: number, finished: boolean): Row => ({
    培训批次: `${date.slice(0, 4)}年第${(index % 4) + 1}期`,
    培训日期: { date },
    ...personCells(chance, 1965, 1998),
    结业情况: finished ? '结业' : '未结业',
    职业资格: finished && index % 26 === 5 && index < 26 * 38 ? '国家职业资格证书' : null,
    培训状态: '已完成',
  });
  const rows = [
    ...datesBetween(chance, '2017-03', '2021-06', 1018).map((date, index) => row(date, index, index < 1012)),
    ...datesBetween(chance, '2016-05', '2016-09', 41).map((date, index) => row(date, index * 26 + 6, true)),
  ];
  return toSheet(
    chance,
    { sheet: '养老护理员培训', title: '养老护理员职业技能培训记录', unit: '人次' },
    byDate(rows, '培训日期'),
  );
}

/** 时间银行: volunteers, their hours, trained nurses, case files and case work. */
export function makeTimeBank(scene: Scene): Grid[] {
  const chance = forkScene(scene, '时间银行');
  const { random } = chance;
  const volunteers = range(68).map(
    (): Row => ({
      ...personCells(chance, 1958, 2001),
      注册日期: { date: dayIn(chance, random.pick(monthsBetween('2017-06', '2020-12'))) },
      退出日期: { date: null },
    }),
  );
  const gone = range(5).map(
    (): Row => ({
      ...personCells(chance, 1958, 2001),
      注册日期: { date: '2017-07-03' },
      退出日期: { date: '2019-02-01' },
    }),
  );
  const halves = apportion(
    1594,
    range(210).map(() => random.int(3, 10)),
  );
  const hours = datesBetween(chance, '2017-07', '2021-06', 210).map((date, index): Row => {
    const { 注册日期: _, 退出日期: __, ...cells } = cycle(volunteers, index);
    return {
      ...cells,
      服务日期: { date },
      志愿服务时长: (halves[index] ?? 0) / 2,
      服务状态: '已完成',
    };
  });
  const nurses = range(36).map((): Row => personCells(chance, 1968, 1999));
  const lessons = datesBetween(chance, '2018-03', '2020-11', 90).map(
    (date, index): Row => ({
      培训批次: `第${(index % 5) + 1}期`,
      培训日期: { date },
      ...cycle(nurses, index),
      培训状态: '已完成',
    }),
  );
  const files = datesBetween(chance, '2017-09', '2021-05', 44).map(
    (date): Row => ({
      ...personCells(chance, 1930, 1950, '老年人姓名'),
      建档日期: { date },
      状态: '正常',
    }),
  );
  const works: [kind: string, count: number][] = [
    ['个案辅导', 31],
    ['小组工作', 22],
    ['社区宣传', 14],
  ];
  const work = works.flatMap(([kind, count]) =>
    datesBetween(chance, '2017-08', '2021-06', count).map(
      (date): Row => ({ 活动日期: { date }, 活动类型: kind, 活动状态: '已完成' }),
    ),
  );
  return [
    toSheet(chance, { sheet: '志愿者名册', title: '时间银行志愿者名册', unit: '名' }, [
      ...volunteers,
      ...gone,
    ]),
    toSheet(
      chance,
      {
        sheet: '志愿服务记录',
        title: '时间银行志愿服务记录',
        unit: '小时',
        summed: ['志愿服务时长'],
      },
      hours,
    ),
    toSheet(chance, { sheet: '时间银行护理员培养', title: '时间银行护理员培养记录', unit: '人次' }, lessons),
    toSheet(chance, { sheet: '老年人服务档案', title: '老年人服务档案台账', unit: '个' }, files),
    toSheet(chance, { sheet: '社工活动', title: '社工活动记录', unit: '次' }, byDate(work, '活动日期')),
  ];
}
