import type { ChalkInstance } from 'chalk';
import { toPeriodText } from '../format.ts';
import { isHint, toLine } from '../problem.ts';
import { toWrittenLines } from './print.ts';
import type { RolledUp } from './rollup.ts';

/** What `rollup` prints: the counties, figures, problems, files. */
export function toRollupLines(
  { report, counties, notes, written }: RolledUp,
  color: ChalkInstance,
): string[] {
  const given = counties.filter(({ file }) => file !== null);
  const known = report.figures.filter(({ status }) => status === 'known').length;
  const open = report.figures.filter(({ status }) => status === 'pending').length;
  const serious = report.problems.filter((problem) => !isHint(problem));
  const hints = report.problems.filter(isHint);
  return [
    `${report.place} ${toPeriodText(report.period)}，${counties.length}个县区，已报送${given.length}个`,
    ...counties.map(({ place, file, reason }) =>
      file === null ? color.yellow(`  ${place}：${reason}`) : `  ${place}：${file}`,
    ),
    ...notes.map((note) => color.dim(note)),
    `汇总出${known}个数，待核${open}个`,
    ...(serious.length > 0
      ? [color.yellow(`数据问题${serious.length}条`), ...serious.map((each) => `  ${toLine(each)}`)]
      : []),
    ...(hints.length > 0 ? [`提示${hints.length}条`, ...hints.map((each) => `  ${toLine(each)}`)] : []),
    ...toWrittenLines(written, color),
  ];
}

/** The machine form of the same. */
export function toRollupJson({ report, counties, notes, written, doubtful, leftOut }: RolledUp): string {
  const figures = report.figures.map(({ id, name, unit, status, value, range, text, reason }) => ({
    id,
    name,
    unit,
    status,
    value,
    ...(range ? { range } : {}),
    text,
    reason,
  }));
  const problems = report.problems.map((problem) => ({ ...problem, message: toLine(problem) }));
  const { place, organisation, period } = report;
  return JSON.stringify(
    { place, organisation, period, counties, figures, problems, notes, leftOut, doubtful, written },
    null,
    1,
  );
}
