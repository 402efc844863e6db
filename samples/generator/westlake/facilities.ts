import { range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import { dayIn, forkScene, type Row, type Scene, type Spot, spotCells, toSheet } from '../scene.ts';
import { communities } from './places.ts';

const embedded = '嵌入式养老院';
const centre = '社区居家养老服务中心';
const meals = '社区助餐点';

/** Names of the eight homes for the aged, the inspected ones. */
export const homes: readonly string[] = range(8).map((number) => `西湖区样例${number}号养老院`);

interface Opening {
  kind: string;
  name: string;
  spot: Spot;
  beds: number | null;
  opened: string | null;
  state: string;
}

function openings(scene: Scene): Opening[] {
  const { random } = scene;
  const before = (): string => dayIn(scene, `${random.int(2015, 2023)}-0${random.int(1, 9)}`);
  const at = (index: number): Spot => communities[index] ?? { town: '', village: '' };
  const many = (
    count: number,
    kind: string,
    from: number,
    opened: () => string | null,
    state = '运营中',
  ): Opening[] =>
    range(count).map((number) => {
      const spot = at(from + number - 1);
      return { kind, name: `${spot.village}${kind}`, spot, beds: null, opened: opened(), state };
    });
  return [
    ...homes.map(
      (name, index): Opening => ({
        kind: '养老院',
        name,
        spot: at(index * 9),
        beds: 60 + index * 20,
        opened: before(),
        state: '运营中',
      }),
    ),
    ...many(3, embedded, 30, before),
    ...many(1, embedded, 40, () => '2024-05-20'),
    ...many(20, centre, 44, before),
    ...many(1, centre, 64, () => '2024-04-18'),
    ...many(2, centre, 70, () => null, '建设中'),
    // 47 places to eat in 45 communities: the first two communities have two each.
    ...many(40, meals, 0, before),
    ...many(2, meals, 0, before).map((each) => ({ ...each, name: `${each.spot.village}第二助餐点` })),
    ...many(5, meals, 40, () => dayIn(scene, random.pick(['2024-03', '2024-04', '2024-05']))),
    ...many(1, meals, 45, () => '2024-07-01', '待运营'),
    ...many(3, meals, 70, before, '停业'),
  ];
}

/** 养老服务设施: the roll of all places. */
export function makeFacilityRoll(scene: Scene): Grid {
  const rows = openings(forkScene(scene, '设施')).map(
    ({ kind, name, spot, beds, opened, state }): Row => ({
      机构名称: name,
      设施类型: kind,
      ...spotCells(spot),
      床位数: beds,
      投入运营日期: { date: opened },
      运营状态: state,
    }),
  );
  return toSheet(scene, { sheet: '养老服务设施', title: '养老服务设施台账', unit: '家、张' }, rows);
}

/** 养老服务设施建设: this year's eight tasks, those of last year and one that was not finished. */
export function makeConstruction(scene: Scene): Grid {
  const built: [kind: string, number: number, date: string, state: string][] = [
    [embedded, 40, '2024-05-06', '已投入运营'],
    [centre, 64, '2024-04-02', '已投入运营'],
    ...range(5).map((number): [string, number, string, string] => [
      meals,
      39 + number,
      `2024-0${(number % 3) + 2}-18`,
      '已投入运营',
    ]),
    [meals, 45, '2024-06-21', '待运营'],
    [centre, 70, '2024-06-28', '建设中'],
    ...range(6).map((number): [string, number, string, string] => [
      meals,
      30 + number,
      `2023-0${number + 2}-11`,
      '已投入运营',
    ]),
  ];
  const rows = built.map(([kind, number, date, state]): Row => {
    const spot = communities[number] ?? { town: '', village: '' };
    return {
      机构名称: `${spot.village}${kind}`,
      设施类型: kind,
      ...spotCells(spot),
      竣工日期: { date },
      建设状态: state,
    };
  });
  return toSheet(scene, { sheet: '养老设施建设', title: '养老设施建设进度表', unit: '个' }, rows);
}
