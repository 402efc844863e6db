import { range } from './allocate.ts';
import { areaColumns, type Bureau, type Business, lay, type Place, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows } from './ledger.ts';
import { type Column, sequence } from './table.ts';

interface Station {
  name: string;
  kind: string;
  place: Place;
  opened: string | null;
}

const socialWork = '社工站';
const mentalCare = '精神障碍社区康复服务站';

const columns: Column<Station>[] = [
  sequence(),
  { heads: ['设施名称'], value: ({ name }) => name },
  { heads: ['设施类型'], value: ({ kind }) => kind },
  areaColumns<Station>(({ place }) => place)[0],
  { heads: ['投入运营日期'], value: ({ opened }) => ({ date: opened }) },
  { heads: ['运营状态'], value: ({ opened }) => (opened === null ? '筹建中' : '运营中') },
];

function makeStation(
  { random, plan, places }: Bureau,
  kind: string,
  index: number,
  isOpen: boolean,
): Station {
  const opened = isOpen ? dateBetween(random, plan.year - random.int(0, 1), 1, 11) : null;
  return { name: `${plan.place}样例${index + 1}号${kind}`, kind, place: random.pick(places), opened };
}

/** 民政设施: the stations that are not for the old alone; one is still being set up. */
export function makeStations(bureau: Bureau): Business {
  const { socialWork: offices, mentalCare: homes } = bureau.plan.stations;
  const rows = [
    ...range(offices).map((index) => makeStation(bureau, socialWork, index, true)),
    ...range(homes).map((index) => makeStation(bureau, mentalCare, index, true)),
    makeStation(bureau, mentalCare, homes, false),
  ];
  const table = { sheet: '民政设施', title: '民政设施台账', unit: '个' };
  const open = (wanted: string) => countRows(rows, ({ kind, opened }) => kind === wanted && opened !== null);
  return toBusiness([lay(bureau, { ...table, columns, rows })], {
    '基层治理.社工站数': open(socialWork),
    '残疾人关爱.精神障碍社区康复服务站数': open(mentalCare),
  });
}
