import { dateIn } from '../calendar.ts';
import { type Row, type Scene, toSheet } from '../scene.ts';
import { careBeds, funds, homes, rebuilt, towns } from './plan.ts';

/** 区划表: the district's 街道 and 镇. */
export function layTowns(scene: Scene) {
  const rows = towns.map(
    (name): Row => ({
      名称: name,
      类型: name.endsWith('街道') ? '街道' : '镇',
      设立日期: { date: '2011-10-27' },
      撤销日期: { date: null },
    }),
  );
  return toSheet(scene, { sheet: '区划', title: '行政区划表', unit: '个' }, rows);
}

/** 养老设施台账: the homes, the new centre by building, the hospitals that take special cases. */
export function layFacilities(scene: Scene) {
  const facility = (name: string, kind: string, beds: number | null, opened: string): Row => ({
    设施名称: name,
    设施类型: kind,
    床位数: beds,
    投入运营日期: { date: opened },
    运营状态: '运营中',
  });
  const rows = [
    ...homes.map(({ name, residents }) =>
      facility(name, '敬老院', residents.reduce((a, b) => a + b) + 12, dateIn(scene.random, 2012, 5)),
    ),
    ...careBeds.map((beds, index) =>
      facility(
        `黄金坡失能人员集中照护中心${index + 1}号楼`,
        '失能人员集中照护中心',
        beds,
        `2024-1${index}-15`,
      ),
    ),
    facility('样例精神卫生中心', '特殊特困人员定点医疗机构', null, '2024-05-01'),
    facility('样例传染病医院', '特殊特困人员定点医疗机构', null, '2024-06-01'),
  ];
  return toSheet(scene, { sheet: '养老设施台账', title: '养老服务设施台账', unit: '所、张' }, rows);
}

/** 敬老院升级改造项目表: one row per home. */
export function layRebuilding(scene: Scene) {
  const rows = homes.map(
    ({ name, town }, index): Row => ({
      乡镇街道: town,
      机构名称: name,
      事项: '升级改造',
      改造状态: index < rebuilt ? '已完成' : '改造中',
      立项日期: { date: '2024-02-01' },
    }),
  );
  return toSheet(scene, { sheet: '敬老院升级改造项目表', title: '敬老院升级改造项目表', unit: '所' }, rows);
}

/** 资金台账. */
export function layFunds(scene: Scene) {
  const fen = (wan: number) => ({ fen: Math.round(wan * 1000000) });
  const rows = funds.map(
    ([project, source, budget, received, spent]): Row => ({
      项目: project,
      资金来源: source,
      '预算金额（元）': fen(budget),
      '到位金额（元）': fen(received),
      '支出金额（元）': fen(spent),
    }),
  );
  const summed = ['预算金额（元）', '到位金额（元）', '支出金额（元）'];
  return toSheet(scene, { sheet: '资金台账', title: '特困人员救助供养资金台账', unit: '元', summed }, rows);
}
