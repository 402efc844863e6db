import { cycle, range } from '../allocate.ts';
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
import { communities } from './places.ts';

const half: [string, string] = ['2024-01', '2024-06'];

const services: [kind: string, done: number][] = [
  ['80周岁以上老年人两小时服务', 7020],
  ['五类人群上门服务', 3615],
  ['家庭养老床位上门服务', 1612],
];

/** 居家上门服务记录: 12247 visits in the half-year, those that were called off, and some before and after. */
export function makeHomeServices(scene: Scene): Grid {
  const chance = forkScene(scene, '上门服务');
  const { random } = chance;
  const elders = range(1500).map(
    (): Row => ({ ...spotCells(random.pick(communities)), ...personCells(chance, 1925, 1944, '老年人姓名') }),
  );
  const seen = new Set<string>();
  const visit = (date: string, kind: string, state: string): Row => {
    const elder = random.pick(elders);
    const key = `${elder.身份证号} ${date} ${kind}`;
    if (seen.has(key)) return visit(date, kind, state);
    seen.add(key);
    return { ...elder, 服务日期: { date }, 服务类型: kind, 工单状态: state };
  };
  const visits = (count: number, kind: () => string, from: string, to: string, state: () => string) =>
    datesBetween(chance, from, to, count).map((date) => visit(date, kind(), state()));
  const any = () => random.pick(services)[0];
  const done = () => random.pick(['已完成', '已完成', '已评价', '已回访']);
  const rows = [
    ...services.flatMap(([kind, count]) => visits(count, () => kind, ...half, done)),
    ...visits(143, any, ...half, () => '已取消'),
    ...visits(22, any, ...half, () => '待改派'),
    ...visits(90, any, '2023-12', '2023-12', done),
    ...visits(61, any, '2024-07', '2024-07', done),
  ];
  return toExport(chance, { sheet: '居家上门服务记录', title: '居家上门服务记录' }, byDate(rows, '服务日期'));
}

/** 独居老人: 275 on the roll at the end of June, and 1598 visits to them. */
export function makeAlone(scene: Scene): Grid[] {
  const chance = forkScene(scene, '独居老人');
  const { random } = chance;
  const elder = (from: string, to: string, until: string | null): Row => ({
    ...spotCells(random.pick(communities)),
    ...personCells(chance, 1928, 1954, '老人姓名'),
    纳入日期: { date: dayIn(chance, random.pick(monthsBetween(from, to))) },
    退出日期: { date: until },
  });
  const standing = range(275).map(() => elder('2019-01', '2024-05', null));
  const gone = range(11).map(() =>
    elder('2019-01', '2022-12', dayIn(chance, random.pick(monthsBetween('2023-01', '2024-05')))),
  );
  const later = range(4).map(() => elder('2024-07', '2024-07', null));
  const visit = (date: string, index: number, state: string): Row => {
    const { 纳入日期: _, 退出日期: __, ...cells } = cycle(standing, index);
    return { ...cells, 走访日期: { date }, 走访方式: random.pick(['上门探访', '电话巡访']), 走访状态: state };
  };
  const visits = [
    ...datesBetween(chance, ...half, 1598).map((date, index) => visit(date, index, '已完成')),
    ...datesBetween(chance, ...half, 37).map((date, index) => visit(date, index * 7, '未见到本人')),
    ...datesBetween(chance, '2024-07', '2024-07', 48).map((date, index) => visit(date, index * 5, '已完成')),
  ];
  return [
    toSheet(chance, { sheet: '独居老人名册', title: '独居老人名册', unit: '人' }, [
      ...standing,
      ...gone,
      ...later,
    ]),
    toSheet(
      chance,
      { sheet: '独居老人巡访记录', title: '独居老人巡访记录', unit: '人次' },
      byDate(visits, '走访日期'),
    ),
  ];
}

/** 养老护理员: 140 at work, 128 of them with a certificate; nine left. */
export function makeNurses(scene: Scene): Grid {
  const chance = forkScene(scene, '护理员');
  const nurse = (qualified: boolean, until: string | null): Row => ({
    机构名称: `西湖区样例${chance.random.int(1, 8)}号养老院`,
    ...personCells(chance, 1966, 2000),
    职业资格: qualified ? '养老护理员证' : '未持证',
    入职日期: { date: dayIn(chance, `${chance.random.int(2016, 2023)}-06`) },
    离职日期: { date: until },
  });
  const rows = [
    ...range(140).map((number) => nurse(number <= 128, null)),
    ...range(9).map((number) => nurse(number > 4, '2024-03-15')),
  ];
  return toSheet(chance, { sheet: '养老护理员名册', title: '养老护理员名册', unit: '人' }, rows);
}
