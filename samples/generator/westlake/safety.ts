import { cycle, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import { byDate, datesBetween, forkScene, type Row, type Scene, toSheet } from '../scene.ts';
import { homes } from './facilities.ts';
import { streets } from './places.ts';

/** Four joint rounds through all eight homes, 27 inspections by groups, one called off, and some of last year. */
function makeInspections(scene: Scene): Row[] {
  const round = (number: number, date: string, year: number): Row[] =>
    homes.map((name, index) => ({
      检查批次: `${year}年第${number}轮`,
      检查日期: { date: `${date}-${String(10 + index).padStart(2, '0')}` },
      检查类型: '安全生产联合检查',
      机构名称: name,
      乡镇街道: cycle(streets, index),
      检查状态: '已完成',
    }));
  const group = (date: string, index: number, state: string): Row => ({
    检查批次: `挂点${index + 1}`,
    检查日期: { date },
    检查类型: '日常检查',
    机构名称: cycle(homes, index * 3),
    乡镇街道: cycle(streets, index),
    检查状态: state,
  });
  return [
    ...round(4, '2023-11', 2023),
    ...['2024-01', '2024-02', '2024-04', '2024-06'].flatMap((month, index) => round(index + 1, month, 2024)),
    ...datesBetween(scene, '2024-01', '2024-06', 27).map((date, index) => group(date, index, '已完成')),
    group('2024-03-29', 27, '已取消'),
    group('2024-07-03', 28, '已完成'),
  ];
}

/** 178 faults found in the half-year, all put right; older and later ones are open. */
function makeFaults(scene: Scene): Row[] {
  const kinds = ['消防通道堵塞', '电气线路老化', '食品留样不规范', '药品管理不规范', '应急演练不足'];
  const fault = (date: string, index: number, state: string): Row => ({
    检查日期: { date },
    机构名称: cycle(homes, index),
    隐患类别: scene.random.pick(kinds),
    整改状态: state,
  });
  return [
    ...range(9).map((number) => fault(`2023-12-0${number}`, number, number > 6 ? '整改中' : '已整改')),
    ...datesBetween(scene, '2024-01', '2024-06', 178).map((date, index) => fault(date, index, '已整改')),
    ...range(5).map((number) => fault(`2024-07-0${number}`, number, '整改中')),
  ];
}

/** 养老机构安全检查 and the faults that were found. */
export function makeSafetySheets(scene: Scene): Grid[] {
  const chance = forkScene(scene, '安全');
  const checks = { sheet: '养老机构安全检查', title: '养老机构安全检查记录', unit: '次' };
  const faults = { sheet: '养老机构安全隐患', title: '养老机构安全隐患整改表', unit: '个' };
  return [
    toSheet(chance, checks, byDate(makeInspections(chance), '检查日期')),
    toSheet(chance, faults, byDate(makeFaults(chance), '检查日期')),
  ];
}
