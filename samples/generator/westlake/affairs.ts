import { range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  byDate,
  datesBetween,
  forkScene,
  personCells,
  type Row,
  type Scene,
  spotCells,
  toSheet,
} from '../scene.ts';
import { communities, streets } from './places.ts';

const half: [string, string] = ['2024-01', '2024-06'];
const kinds: [kind: string, count: number][] = [
  ['结婚登记', 640],
  ['离婚登记', 268],
  ['补领结婚证', 171],
  ['补领离婚证', 62],
];

/** 婚姻登记: 1141 in the half-year, 70 of July. */
export function makeMarriageSheet(scene: Scene): Grid {
  const chance = forkScene(scene, '婚姻');
  const { random, registry } = chance;
  const row = (kind: string, date: string): Row => {
    const [man, woman] = [registry.person(1955, 2001, '男'), registry.person(1957, 2003, '女')];
    return {
      男方姓名: man.name,
      男方身份证号: man.id,
      女方姓名: woman.name,
      女方身份证号: woman.id,
      登记日期: { date },
      业务类型: kind,
    };
  };
  const rows = [
    ...kinds.flatMap(([kind, count]) => datesBetween(chance, ...half, count).map((date) => row(kind, date))),
    ...datesBetween(chance, '2024-07', '2024-07', 70).map((date) => row(random.pick(kinds)[0], date)),
  ];
  return toSheet(
    chance,
    { sheet: '婚姻登记', title: '婚姻登记办件明细', unit: '件' },
    byDate(rows, '登记日期'),
  );
}

/** 婚俗改革: 809 promises, four events, and talks in communities that are neither. */
export function makeCustoms(scene: Scene): Grid[] {
  const chance = forkScene(scene, '婚俗');
  const promise = (date: string): Row => ({
    ...spotCells(chance.random.pick(communities)),
    ...personCells(chance, 1975, 2003),
    签订日期: { date },
    事项: '婚事新办承诺书',
  });
  const event = (date: string, kind: string, state = '已举办'): Row => ({
    活动日期: { date },
    活动类型: kind,
    参加人数: chance.random.int(18, 90),
    活动状态: state,
  });
  const events = [
    event('2024-02-14', '集体颁证'),
    event('2024-05-20', '集体颁证'),
    event('2024-08-10', '集体颁证', '未开始'),
    event('2024-03-22', '新婚课堂'),
    event('2024-06-14', '新婚课堂'),
    event('2024-04-19', '新婚课堂', '已取消'),
    ...datesBetween(chance, ...half, 12).map((date) => event(date, '移风易俗宣讲')),
  ];
  const promises = [...datesBetween(chance, ...half, 809), ...datesBetween(chance, '2024-07', '2024-07', 33)];
  return [
    toSheet(
      chance,
      { sheet: '婚俗改革承诺书登记', title: '婚俗改革承诺书登记表', unit: '份' },
      promises.map(promise),
    ),
    toSheet(
      chance,
      { sheet: '婚俗改革活动', title: '婚俗改革活动记录', unit: '场' },
      byDate(events, '活动日期'),
    ),
  ];
}

/** 殡葬: two patrols a month, six letters and six stopped processions in the half-year. */
export function makeFunerals(scene: Scene): Grid {
  const chance = forkScene(scene, '殡葬');
  const act = (date: string, kind: string, state: string): Row => ({
    办理日期: { date },
    督查批次: kind === '占道殡葬督查' ? date.slice(0, 7) : null,
    事项: kind,
    乡镇街道: chance.random.pick(streets),
    办理状态: state,
  });
  const rows = [
    ...range(6).flatMap((month) =>
      ['12', '26'].map((day) => act(`2024-0${month}-${day}`, '占道殡葬督查', '已完成')),
    ),
    act('2024-07-12', '占道殡葬督查', '已完成'),
    ...datesBetween(chance, ...half, 6).map((date) => act(date, '提示函', '已完成')),
    act('2023-12-20', '提示函', '已完成'),
    ...datesBetween(chance, ...half, 6).map((date) => act(date, '占道治丧巡查', '已劝阻')),
    ...datesBetween(chance, ...half, 58).map((date) => act(date, '占道治丧巡查', '未发现问题')),
    ...datesBetween(chance, '2023-11', '2023-12', 4).map((date) => act(date, '占道治丧巡查', '已劝阻')),
  ];
  return toSheet(
    chance,
    { sheet: '殡葬管理', title: '殡葬管理工作台账', unit: '次' },
    byDate(rows, '办理日期'),
  );
}
