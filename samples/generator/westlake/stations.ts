import { cycle, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  datesBetween,
  dayIn,
  forkScene,
  personCells,
  type Row,
  type Scene,
  spotCells,
  toSheet,
} from '../scene.ts';
import { communities, streets, villages } from './places.ts';

const half: [string, string] = ['2024-01', '2024-06'];

/** 民政设施: ten street stations, the district's own, and one that was closed. */
function makeStationRoll(scene: Scene): Grid {
  const station = (
    name: string,
    kind: string,
    town: string | null,
    opened: string,
    state = '运营中',
  ): Row => ({
    设施名称: name,
    设施类型: kind,
    乡镇街道: town,
    投入运营日期: { date: opened },
    运营状态: state,
  });
  const rows = [
    station('西湖区民政服务总站', '区级民政服务总站', null, '2023-07-01'),
    ...streets.map((town) => station(`${town}民政服务站`, '街道民政服务站', town, '2023-08-01')),
    station('南浦街道旧民政服务站', '街道民政服务站', '南浦街道', '2020-05-01', '停业'),
  ];
  return toSheet(scene, { sheet: '民政设施', title: '民政设施台账', unit: '个' }, rows);
}

/** 驻站社工: 22 at work, three who left; four trainings of all of them and one of last year. */
function makeWorkers(scene: Scene): Grid[] {
  const worker = (index: number, until: string | null): Row => ({
    乡镇街道: cycle(streets, index),
    ...personCells(scene, 1982, 2001),
    到岗日期: { date: dayIn(scene, '2023-08') },
    离岗日期: { date: until },
  });
  const staying = range(22).map((number) => worker(number, null));
  const left = range(3).map((number) => worker(number, '2024-02-10'));
  const train = (batch: string, date: string) =>
    staying.map(
      ({ 到岗日期: _, 离岗日期: __, ...cells }): Row => ({
        培训批次: batch,
        培训日期: { date },
        ...cells,
        培训状态: '已完成',
      }),
    );
  const trainings = [
    ...train('2023年第四期', '2023-12-08'),
    ...['2024-01-19', '2024-03-15', '2024-04-26', '2024-06-07'].flatMap((date, index) =>
      train(`2024年第${index + 1}期`, date),
    ),
  ];
  return [
    toSheet(scene, { sheet: '驻站社工名册', title: '驻站社工名册', unit: '人' }, [...staying, ...left]),
    toSheet(scene, { sheet: '社工培训', title: '社工业务培训记录', unit: '人次' }, trainings),
  ];
}

/** 主动摸排: 986 visits in the half-year, and some before and after. */
function makeSearches(scene: Scene): Grid {
  const kinds = ['重病', '重残', '高龄独居', '失业', '单亲', '多孩', '无稳定收入', '因灾', '其他困难'];
  const dates = [
    ...datesBetween(scene, '2023-12', '2023-12', 40),
    ...datesBetween(scene, ...half, 986),
    ...datesBetween(scene, '2024-07', '2024-07', 55),
  ];
  const rows = dates.map(
    (date): Row => ({
      ...spotCells(scene.random.pick(communities)),
      ...personCells(scene, 1940, 2000, '户主姓名'),
      走访日期: { date },
      对象类别: scene.random.pick(kinds),
      走访状态: '已完成',
    }),
  );
  return toSheet(scene, { sheet: '主动摸排记录', title: '困难群众主动摸排记录', unit: '人次' }, rows);
}

/** 慈善救助: 6万元 in the half-year. */
function makeCharity(scene: Scene): Grid {
  const grants: [date: string, yuan: number, kind: string][] = [
    ['2023-11-20', 3000, '人道救助'],
    ['2024-01-25', 12_000, '人道救助'],
    ['2024-02-27', 8000, '应急救助'],
    ['2024-03-18', 15_000, '应急救助'],
    ['2024-05-09', 10_000, '人道救助'],
    ['2024-06-20', 15_000, '应急救助'],
    ['2024-07-04', 5000, '应急救助'],
  ];
  const rows = grants.map(
    ([date, yuan, kind]): Row => ({
      ...personCells(scene, 1950, 2000, '救助对象'),
      救助类别: kind,
      发放日期: { date },
      '救助金额（元）': { fen: yuan * 100 },
    }),
  );
  return toSheet(scene, { sheet: '慈善救助支出', title: '慈善会救助支出台账', unit: '元' }, rows);
}

/** 农村集体“三资”: 13 villages audited, 23 faults of which 18 are put right, two cases handed over. */
function makeVillageMoney(scene: Scene): Grid[] {
  const audits = [
    ...villages.map(
      (spot): Row => ({
        ...spotCells(spot),
        完成日期: { date: dayIn(scene, '2024-05') },
        办理状态: '已完成',
      }),
    ),
    ...villages
      .slice(0, 4)
      .map((spot): Row => ({ ...spotCells(spot), 完成日期: { date: '2024-06-10' }, 办理状态: '复核中' })),
  ];
  const faults = datesBetween(scene, ...half, 23).map(
    (date, index): Row => ({
      ...spotCells(cycle(villages, index)),
      检查日期: { date },
      整改状态: index < 18 ? '已整改' : '整改中',
    }),
  );
  const older = range(3).map(
    (number): Row => ({
      ...spotCells(cycle(villages, number)),
      检查日期: { date: '2023-10-12' },
      整改状态: '已整改',
    }),
  );
  const cases = ['2024-04-11', '2024-06-05', '2023-09-01'].map(
    (date, index): Row => ({
      ...spotCells(cycle(villages, index * 4)),
      移送日期: { date },
      受理机关: '纪检监察机关',
      办理状态: '已移送',
    }),
  );
  return [
    toSheet(scene, { sheet: '清产核资', title: '村集体清产核资登记表', unit: '个' }, audits),
    toSheet(scene, { sheet: '三资监管问题', title: '农村三资监管问题登记表', unit: '条' }, [
      ...older,
      ...faults,
    ]),
    toSheet(scene, { sheet: '问题线索移送', title: '问题线索移送登记表', unit: '条' }, cases),
  ];
}

/** 院校合作协议 and 康养产业圆桌会 with what was asked there. */
function makePartners(scene: Scene): Grid[] {
  const deal = (name: string, from: string, until: string): Row => ({
    合作院校: name,
    签订日期: { date: from },
    到期日期: { date: until },
  });
  const deals = [
    deal('样例民政学校', '2024-03-05', '2027-03-04'),
    deal('样例职业培训学校', '2023-09-01', '2026-08-31'),
    deal('样例职业技术学院', '2024-04-12', '2027-04-11'),
    deal('样例卫生学校', '2020-03-01', '2023-02-28'),
    deal('样例护理学校', '2024-09-01', '2027-08-31'),
  ];
  const meeting = (date: string, state: string): Row => ({
    活动日期: { date },
    活动类型: '幸福圆桌会',
    活动状态: state,
  });
  const meetings = [
    meeting('2023-12-15', '已举办'),
    meeting('2024-03-20', '已举办'),
    meeting('2024-06-18', '已举办'),
    meeting('2024-09-20', '未开始'),
  ];
  const requests = range(12).map(
    (number): Row => ({
      受理日期: { date: number % 2 ? '2024-03-20' : '2024-06-18' },
      事项: '圆桌会诉求',
      办理状态: number <= 9 ? '已解决' : '办理中',
    }),
  );
  return [
    toSheet(scene, { sheet: '院校合作协议', title: '养老服务院校合作协议台账', unit: '所' }, deals),
    toSheet(scene, { sheet: '康养圆桌会', title: '康养圆桌会活动记录', unit: '次' }, meetings),
    toSheet(scene, { sheet: '康养圆桌会诉求', title: '康养圆桌会诉求登记表', unit: '个' }, requests),
  ];
}

/** Lists of the offices that belong to no programme of money. */
export function makeOfficeSheets(scene: Scene): Grid[] {
  const chance = forkScene(scene, '科室');
  return [
    makeStationRoll(chance),
    ...makeWorkers(chance),
    makeSearches(chance),
    makeCharity(chance),
    ...makeVillageMoney(chance),
    ...makePartners(chance),
  ];
}
