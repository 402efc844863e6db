import { apportion } from './allocate.ts';
import { areaColumns, type Bureau, type Business, lay, type Place, toBusiness } from './bureau.ts';
import { toMonth } from './calendar.ts';
import { allMonths } from './households.ts';
import { addMoney, addUp } from './ledger.ts';
import type { Column } from './table.ts';

interface AllowanceMonth {
  place: Place;
  month: string;
  persontimes: number;
  fen: number;
}

const group = '发放情况';
const [townColumn, communityColumn] = areaColumns<AllowanceMonth>(({ place }) => place);

const columns: Column<AllowanceMonth>[] = [
  { ...townColumn, heads: ['街道', '乡镇（街道）', '街镇'] },
  communityColumn,
  { heads: ['发放月份', '发放年月', '年月'], value: ({ month }) => ({ month }) },
  { heads: ['人次', '发放人次'], value: ({ persontimes }) => persontimes, group, summed: true },
  { heads: ['发放金额（元）', '补贴金额（元）'], value: ({ fen }) => ({ fen }), group, summed: true },
];

function makeRows({ random, plan, places }: Bureau): AllowanceMonth[] {
  const { persontimes, higher, rate } = plan.elders.allowance;
  const weights = places.flatMap(() => {
    const size = random.int(50, 150);
    return allMonths.map((month) => size * 10 + month + random.int(-5, 5));
  });
  const all = apportion(persontimes, weights);
  const better = apportion(higher, all);
  return places.flatMap((place, index) =>
    allMonths.map((month) => {
      const slot = index * 12 + month - 1;
      const count = all[slot] ?? 0;
      const fen = (count + (better[slot] ?? 0)) * rate * 100;
      return { place, month: toMonth(plan.year, month), persontimes: count, fen };
    }),
  );
}

/** 高龄津贴 by community and month; those at the higher rate get it twice. */
export function makeElderAllowance(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '高龄津贴', title: '高龄津贴发放统计表', unit: '人次、元' };
  const area = ({ place }: AllowanceMonth): string => place.town;
  return toBusiness([lay(bureau, { ...table, columns, rows, area })], {
    '高龄津贴.人次': addUp(rows, ({ persontimes }) => persontimes),
    '高龄津贴.发放金额': addMoney(rows, ({ fen }) => fen),
  });
}
