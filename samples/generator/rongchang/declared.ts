import type { Grid } from '../grid.ts';
import { type Row, type Scene, toSheet } from '../scene.ts';
import { measures } from './measures.ts';

/** 措施清单: one row per measure and aim; a measure without an aim has one row of its own. */
export function layMeasures(scene: Scene): Grid {
  const rows = measures.flatMap(({ title, lead, aims }) =>
    (aims.length === 0 ? [[null, null, null] as const] : aims).map(
      ([indicator, target, unit]): Row => ({
        措施: title,
        牵头单位: lead,
        指标名称: indicator,
        目标值: target,
        计量单位: unit,
        下达单位: target === null ? null : '荣昌区政府',
        期间: '2024年',
      }),
    ),
  );
  return toSheet(scene, { sheet: '措施清单', title: '提高特困人员生活品质措施清单' }, rows);
}

type Fact = [indicator: string, value: number, unit: string, source: string];

const policy = '提高特困人员生活品质实施意见';
const facts: Fact[] = [
  ['实施意见.服务队伍数', 5, '支', policy],
  ['实施意见.健康服务队伍数', 1, '支', '区卫生健康委'],
  ['实施意见.评估专家队伍数', 1, '个', '区民政局'],
  ['实施意见.兜底政策项数', 4, '个', '区民政局'],
  ['实施意见.品质行动项数', 3, '项', '区民政局'],
  ['实施意见.督导机制项数', 2, '项', '区政府办公室'],
  ['实施意见.工作专班数', 1, '个', '区政府办公室'],
  ['实施意见.敬老院改造等级', 3, '星级', '区民政局'],
  ['特困服务.体检年龄门槛', 65, '周岁', policy],
  ['特困服务.执业医师下限', 3, '人', policy],
  ['特困服务.执业医师上限', 5, '人', policy],
  ['特困照护.评估经费标准', 50, '元/人·年', policy],
  ['特困照护.住院护理补贴标准', 240, '元/人·年', policy],
  ['敬老院.失能补助标准', 500, '元/人·月', policy],
  ['敬老院.半失能补助标准', 200, '元/人·月', policy],
  ['敬老院.管理运营经费比例标准', 25, '%', policy],
  ['敬老院.运营经费调增周期', 2, '年', policy],
  ['敬老院.运营经费调增次数', 1, '次', policy],
  ['敬老院.全自理配比标准', 10, '人', policy],
  ['敬老院.半失能配比标准', 6, '人', policy],
  ['敬老院.失能配比标准', 3, '人', policy],
  ['敬老院.小型院人数标准', 30, '人', policy],
  ['敬老院.小型院最低配备标准', 3, '人/所', policy],
  ['敬老院.院长配备标准', 1, '名/所', policy],
  ['敬老院.配副院长人数标准', 40, '人', policy],
  ['敬老院.副院长配备标准', 1, '名/所', policy],
];

/** 手工填报. */
export function layFacts(scene: Scene): Grid {
  const rows = facts.map(([indicator, value, unit, source]) => ({
    指标: indicator,
    值: value,
    单位: unit,
    期间: '2024年',
    来源: source,
  }));
  return toSheet(scene, { sheet: '手工填报', title: '手工填报指标' }, rows);
}
