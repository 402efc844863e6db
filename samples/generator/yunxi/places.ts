import { cycle, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import { toChinese } from '../plan.ts';
import { dayIn, forkScene, type Row, type Scene, type Spot, spotCells, toSheet } from '../scene.ts';

const towns = ['云溪镇', '石桥镇', '河口镇', '东山乡', '西坪乡', '南溪乡', '北岭乡', '青竹乡'];

/** The communities of the county town: five before 2017, six more since. */
export const communities: readonly Spot[] = range(11).map((number) => ({
  town: '云溪镇',
  village: `城区第${toChinese(number)}社区`,
}));

/** 96 villages, twelve a town. */
export const villages: readonly Spot[] = towns.flatMap((town) =>
  range(12).map((number) => ({ town, village: `${town.slice(0, 2)}第${toChinese(number)}村` })),
);

/** 区划: the communities with the day of their founding, towns and villages. */
export function makeAreaList(scene: Scene): Grid {
  const chance = forkScene(scene, '区划');
  const row = (name: string, type: string, above: string, founded: string): Row => ({
    名称: name,
    类型: type,
    上级: above,
    设立日期: { date: founded },
    撤销日期: { date: null },
  });
  const later = ['2017-09', '2018-03', '2018-11', '2019-06', '2020-04', '2021-03'];
  const rows = [
    ...towns.map((name) => row(name, name.slice(-1), '云溪县', '1996-05-01')),
    ...communities.map(({ town, village }, index) =>
      row(village, '社区', town, dayIn(chance, later[index - 5] ?? '2003-08')),
    ),
    ...villages.map(({ town, village }) => row(village, '行政村', town, '1998-10-01')),
    row('城区第十二社区', '社区', '云溪镇', '2021-09-01'),
  ];
  return toSheet(scene, { sheet: '区划', title: '行政区划台账', unit: '个' }, rows);
}

/** 养老服务设施: homes of the communities and villages, with two that closed and one that is being built. */
export function makeFacilities(scene: Scene): Grid {
  const chance = forkScene(scene, '设施');
  const place = (spot: Spot, kind: string, opened: string | null, state = '运营中'): Row => ({
    设施名称: `${spot.village}${kind}`,
    设施类型: kind,
    ...spotCells(spot),
    投入运营日期: { date: opened },
    运营状态: state,
  });
  const past = (): string => dayIn(chance, `${chance.random.int(2014, 2020)}-0${chance.random.int(1, 9)}`);
  const rows = [
    ...range(4).map((number) => place(cycle(communities, number - 1), '居家养老服务照料中心', past())),
    ...range(9).map((number) => place(cycle(communities, number - 1), '社区居家养老服务站', past())),
    place(cycle(communities, 9), '社区居家养老服务站', null, '建设中'),
    ...villages.filter((_, index) => index % 4 !== 3).map((spot) => place(spot, '农村幸福院', past())),
    ...villages.slice(3, 4).map((spot) => place(spot, '农村幸福院', '2021-10-01', '待运营')),
    ...villages.slice(7, 8).map((spot) => place(spot, '农村幸福院', '2015-05-01', '停业')),
  ];
  return toSheet(scene, { sheet: '养老服务设施', title: '养老服务设施台账', unit: '个、所' }, rows);
}
