import type { Grid } from '../grid.ts';
import { type FactLine, type Scene, type TargetLine, toFactSheet, toTargetSheet } from '../scene.ts';

const half = '2024年上半年';
const year = '2024年';

/** What no export holds: standards, promised frequencies, ranks and names with a number in them. */
const facts: FactLine[] = [
  ['养老设施规划.规划年限', 3, '年', year, '养老服务设施空间布局规划'],
  ['居家上门服务.对象年龄', 80, '周岁', year, '居家上门服务实施办法'],
  ['居家上门服务.每次时长', 2, '小时', year, '居家上门服务实施办法'],
  ['独居老人巡访.每月次数标准', 2, '次', year, '巡访制度'],
  ['养老安全检查.检查组数', 4, '个', half, '安全检查方案'],
  ['主动发现.重点人群类别数', 9, '类', year, '入户摸底方案'],
  ['涉农监管.考核城区数', 1, '个', year, '省里通报'],
  ['老年助餐.覆盖率全市排名', 1, '位', year, '市民政局通报'],
  ['养老监管.监管平台数', 2, '个', year, '养老服务科'],
  ['养老人才.养老院复评等级', 5, '级', year, '复评方案'],
  ['康养圆桌会.每季次数标准', 1, '次', year, '圆桌会制度'],
  ['救助窗口.示范建设方面数', 4, '个', half, '窗口示范点方案'],
  ['养老设施规划.行动方案年限', 3, '年', year, '省行动方案'],
  ['民政服务站.驻站标准项数', 6, '项', year, '驻站服务标准'],
  ['慈善救助.下半年内容项数', 7, '项', year, '慈善救助项目方案'],
  ['救助窗口.规范要求项数', 4, '项', year, '窗口规范'],
  ['民政服务站.每月调度次数', 1, '次', year, '调度制度'],
  ['下半年工作.谋划公办嵌入式养老院数', 1, '所', year, '区政府任务清单'],
  ['下半年工作.引进养老龙头企业数', 1, '家', year, '区政府任务清单'],
];

/** What the district set itself, or was set. */
const targets: TargetLine[] = [
  ['养老设施建设.嵌入式养老院建成数', 1, '个', '区政府', half, '重点建设任务'],
  ['养老设施建设.居家养老服务中心建成数', 1, '个', '区政府', half, '重点建设任务'],
  ['养老设施建设.助餐点建成数', 6, '个', '区政府', half, '重点建设任务'],
  ['养老服务.助餐点数', 68, '家', '区政府', year, '年底前'],
  ['养老服务.助餐服务覆盖率', 65, '%', '区政府', year, '年底前'],
  ['养老服务.设施社区覆盖率', 100, '%', '省民政厅', '2025年', '提质升级行动方案'],
  ['养老服务.护理员持证率', 100, '%', '区民政局', year, '年底前'],
];

/** 手工填报 and 任务指标. */
export function makeDeclared(scene: Scene): Grid[] {
  return [toFactSheet(scene, facts), toTargetSheet(scene, targets)];
}
