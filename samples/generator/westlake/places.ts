import { cycle, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import { toChinese } from '../plan.ts';
import { dayIn, forkScene, type Row, type Scene, type Spot, toSheet } from '../scene.ts';

const stems = ['绳金塔', '桃源', '朝阳洲', '广润门', '南浦', '西湖', '系马桩', '十字街', '丁公路', '桃花'];

/** The ten streets. */
export const streets: readonly string[] = stems.map((stem) => `${stem}街道`);

const communityCount = 79;
const villageCount = 13;

/** The 79 communities of the ten streets. */
export const communities: readonly Spot[] = range(communityCount).map((number) => {
  const stem = cycle(stems, number - 1);
  const place = Math.floor((number - 1) / stems.length) + 1;
  return { town: `${stem}街道`, village: `${stem}第${toChinese(place)}社区` };
});

/** The 13 villages, all of one street. */
export const villages: readonly Spot[] = range(villageCount).map((number) => ({
  town: '桃花街道',
  village: `桃花第${toChinese(number)}村`,
}));

/** 区划: streets, communities and villages, and two communities that were given up before. */
export function makeAreaList(scene: Scene): Grid {
  const chance = forkScene(scene, '区划');
  const founded = (): string => dayIn(chance, `${chance.random.int(1988, 2016)}-05`);
  const row = (name: string, type: string, above: string, ended: string | null = null): Row => ({
    名称: name,
    类型: type,
    上级: above,
    设立日期: { date: founded() },
    撤销日期: { date: ended },
  });
  const rows = [
    ...streets.map((name) => row(name, '街道', '西湖区')),
    ...communities.map(({ town, village }) => row(village, '社区', town)),
    ...villages.map(({ town, village }) => row(village, '行政村', town)),
    ...['南浦旧一社区', '南浦旧二社区'].map((name) => row(name, '社区', '南浦街道', '2022-06-15')),
  ];
  return toSheet(scene, { sheet: '区划', title: '行政区划台账', unit: '个' }, rows);
}
