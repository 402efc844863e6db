import type { Catalogue } from '../catalogue/index.ts';
import { toMomentText, toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import { toWords } from '../problem.ts';
import type { Layout, Sheet } from '../tables/index.ts';
import type { CountyState } from './rollup-counties.ts';

const toText = (text: string) => ({ type: 'text' as const, text });

/** One row per county: whether it handed in, in which file, how much of it is open. Those that are missing are named. */
export function toCountySheet(report: Report, counties: CountyState[]): Sheet {
  const missing = counties.filter(({ file }) => file === null).map(({ place }) => place);
  return {
    name: '报送情况',
    title: '各县区报送情况表',
    landscape: false,
    organisation: report.organisation,
    when: `${toPeriodText(report.period)}，${toMomentText(report.period)}`,
    columns: ['县区', '报送', '文件', '没有或待核的数'].map((name) => ({ group: '', name, unit: '' })),
    rows: counties.map(({ place, file, reason }) => ({
      indented: false,
      bold: false,
      cells: [
        place,
        file === null ? (reason ?? '') : '已报送',
        file ?? '—',
        file === null ? '全部' : toOpen(report, place),
      ].map(toText),
    })),
    notes: [...toNotes(counties, missing), ...toReservations(report)],
  };
}

function toNotes(counties: CountyState[], missing: string[]): string[] {
  const all = counties.length;
  return missing.length === 0
    ? [`${all}个县区都已报送。`]
    : [`应有${all}个县区，已报送${all - missing.length}个，缺${missing.join('、')}。`];
}

/** What is to be known of all the tables: who is counted twice, which county means something else. */
const toReservations = ({ problems }: Report): string[] =>
  problems
    .filter(({ kind }) => kind === 'persons-added' || kind === 'counties-differ')
    .map((problem) =>
      problem.kind === 'persons-added'
        ? toWords({ ...problem, detail: { name: '去重的人数、户数' } })
        : toWords(problem),
    );

/** Lists of figures county by county: a column for each, the columns of one business together. */
export function toCountyLayouts(layouts: Layout[], { indicators }: Catalogue): Layout[] {
  return layouts.flatMap((layout): Layout[] => {
    if (layout.方式 !== '指标') return [];
    const groups = new Map<string, Layout['组'][number]['项']>();
    for (const { 名, 数 } of layout.行) {
      const indicator = indicators.get(数 ?? '');
      if (!indicator) continue;
      const column = { 名: 名 ?? indicator.名称, 数: indicator.id };
      groups.set(indicator.business, [...(groups.get(indicator.business) ?? []), column]);
    }
    const 组 = [...groups].map(([business, 项]) => ({ 组: business, 项 }));
    const name = `${layout.name}分县区`;
    return [
      { ...layout, name, 名称: `${layout.名称}（分县区）`, 方式: '地区', 横排: true, 组, 行: [], 表头: [] },
    ];
  });
}

/** "3项" of those that another county has; "无" for none. */
function toOpen({ figures }: Report, place: string): string {
  const open = figures.filter(
    ({ basis }) =>
      basis.type === 'counties' &&
      basis.from.some((each) => each.place === place && each.value === null) &&
      basis.from.some(({ value }) => value !== null),
  );
  return open.length === 0 ? '无' : `${open.length}项`;
}
