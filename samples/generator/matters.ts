import { range } from './allocate.ts';
import { type Bureau, type Business, lay, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows, type Figures } from './ledger.ts';
import { type Column, sequence } from './table.ts';

/** One row of an office's own list: what was done, when, and how it ended. */
interface Matter {
  business: string;
  kind: string;
  date: string;
  state: string;
}

const columns: Column<Matter>[] = [
  sequence(),
  { heads: ['业务', '业务名称'], value: ({ business }) => business },
  { heads: ['事项', '事项类型'], value: ({ kind }) => kind },
  { heads: ['办理日期', '登记日期'], value: ({ date }) => ({ date }) },
  { heads: ['办理状态'], value: ({ state }) => state },
];

/** A business and kind of the list, how many rows end in a state, and the figure that they make; null: none. */
type Part = [business: string, kind: string, state: string, count: number, figure: string | null];

function toVisits({ plan: { matters } }: Bureau): Part[] {
  return [
    ['困难群众探访', '探访慰问', '已完成', matters.visits, '困难群众探访.探访慰问人次'],
    ['殡葬管理', '祭扫巡查', '已劝阻', matters.dissuaded, '殡葬.劝阻陋俗起数'],
    ['殡葬管理', '祭扫巡查', '未发现问题', matters.patrols, null],
  ];
}

function toMatters({ plan: { matters } }: Bureau): Part[] {
  const { names, stars } = matters;
  return [
    ['婚姻登记档案查询', '档案查询', '已办结', matters.archives, '婚姻登记.档案查询人次'],
    ['地名管理', '信息库数据修改', '已完成', names.changed, '地名.信息库修改条数'],
    ['地名管理', '词典词目梳理', '已完成', names.entries, '地名.词目表条数'],
    ['地名管理', '标准地名志编纂', '已完成', names.gazetteer, '地名.编纂任务条数'],
    ['地名管理', '勘界', '已完成', names.surveyed, '地名.勘界任务条数'],
    ['地名管理', '勘界', '办理中', names.surveying, null],
    ['社区评星', '申报五星级社区', '已提交', stars[0], '基层治理.申报五星级社区数'],
    ['社区评星', '申报四星级社区', '已提交', stars[1], '基层治理.申报四星级社区数'],
    ['社区评星', '申报三星级社区', '已提交', stars[2], '基层治理.申报三星级社区数'],
  ];
}

function makeRows({ random, plan }: Bureau, parts: readonly Part[]): Matter[] {
  const rows = parts.flatMap(([business, kind, state, count]) =>
    range(count).map((): Matter => ({ business, kind, state, date: dateBetween(random, plan.year, 1, 12) })),
  );
  return rows.sort((left, right) => left.date.localeCompare(right.date));
}

function countParts(rows: readonly Matter[], parts: readonly Part[]): Figures {
  const figures: Figures = {};
  for (const [business, kind, state, , figure] of parts) {
    const fits = (row: Matter): boolean =>
      row.business === business && row.kind === kind && row.state === state;
    if (figure !== null) figures[figure] = countRows(rows, fits);
  }
  return figures;
}

/** 走访巡查记录 and 综合业务台账: small businesses that share one list, told apart by a column. */
export function makeMatters(bureau: Bureau): Business {
  const parts = [toVisits(bureau), toMatters(bureau)] as const;
  const [visits, matters] = [makeRows(bureau, parts[0]), makeRows(bureau, parts[1])];
  const log = { sheet: '走访巡查记录', title: '走访和巡查记录', unit: '' };
  const list = { sheet: '综合业务办理登记', title: '综合业务办理登记表', unit: '' };
  return toBusiness(
    [lay(bureau, { ...log, columns, rows: visits }), lay(bureau, { ...list, columns, rows: matters })],
    { ...countParts(visits, parts[0]), ...countParts(matters, parts[1]) },
  );
}
