import { toMomentText, toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import type { Sheet } from '../tables/index.ts';
import type { CountyState } from './rollup.ts';

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
    notes:
      missing.length === 0
        ? [`${counties.length}个县区都已报送。`]
        : [
            `应有${counties.length}个县区，已报送${counties.length - missing.length}个，缺${missing.join('、')}。`,
          ],
  };
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
