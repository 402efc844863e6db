import type { Catalogue } from '../catalogue/index.ts';
import { toAllRuns } from '../compose/index.ts';
import { toPeriodText } from '../format.ts';
import type { LoadedSheet, Problem } from '../model.ts';
import { isHint, toLine } from '../problem.ts';
import type { Color } from '../terminal.ts';
import type { Exported } from './export.ts';
import type { Inspected } from './inspect.ts';
import type { Summary } from './summarize.ts';

/** What `summarize` prints: sheets, figures, problems, files. */
export function toSummaryLines(summary: Summary, color: Color): string[] {
  const { report, catalogue, skipped, leftOut, written } = summary;
  return [
    `地区 ${report.place ? `${report.place}（见${summary.place.from}）` : summary.place.from}，时期 ${toPeriodText(report.period)}（见${summary.period.from}）`,
    ...skipped.map(({ name, reason }) => color.dim(`跳过 ${name}（${reason}）`)),
    ...toSheetLines(report.sheets, catalogue, color),
    toFigureLine(summary),
    ...(leftOut.length > 0
      ? [`未写入：${leftOut.map((business) => `${business}（无来源）`).join('、')}`]
      : []),
    ...toProblemLines(report.problems, summary, color),
    ...toWrittenLines(written, color),
  ];
}

/** What `export` prints: the tables, those left out and why, files. */
export function toExportLines(
  { report, place, period, sheets, leftOut, written }: Exported,
  color: Color,
): string[] {
  return [
    `地区 ${report.place ? `${report.place}（见${place.from}）` : place.from}，时期 ${toPeriodText(report.period)}（见${period.from}）`,
    ...sheets.map(({ title, rows }, index) => `附表${index + 1} ${title}，${rows.length}行`),
    ...leftOut.map(({ name, reason }) => color.dim(`未做 ${name}（${reason}）`)),
    ...toWrittenLines(written, color),
  ];
}

/** The machine form of the same. */
export function toExportJson({ report, sheets, leftOut, written }: Exported): string {
  const { place, organisation, period } = report;
  const tables = sheets.map(({ name, title, rows }) => ({ name, title, rows: rows.length }));
  return JSON.stringify({ place, organisation, period, tables, leftOut, written }, null, 1);
}

/** Files that were written, and those of a person that were kept. */
export function toWrittenLines(written: Summary['written'], color: Color): string[] {
  return [
    color.green('已写出'),
    ...written.flatMap(({ path, kept, backup }) => [
      `  ${path}`,
      ...(kept ? [color.yellow(`  （${kept}被人改过或不是本程序写的，予以保留）`)] : []),
      ...(backup ? [color.yellow(`  （原文件被人改过或不是本程序写的，另存为${backup}）`)] : []),
    ]),
  ];
}

function toSheetLines(sheets: LoadedSheet[], catalogue: Catalogue, color: Color): string[] {
  const files = new Map<string, LoadedSheet[]>();
  for (const sheet of sheets) files.set(sheet.file, [...(files.get(sheet.file) ?? []), sheet]);
  return [...files].flatMap(([file, own]) => [
    color.bold(file),
    ...own.map((sheet) => `  ${toSheetLine(sheet, catalogue, color)}`),
  ]);
}

/** "低保发放明细：发放·低保，用23456行，搁置2行（合计行1、表尾或说明1）" */
export function toSheetLine(sheet: LoadedSheet, catalogue: Catalogue, color: Color): string {
  const name = sheet.sheet ? `${sheet.sheet}：` : '';
  const dataset = sheet.dataset
    ? (catalogue.layouts.byDataset.get(sheet.dataset)?.名称 ?? sheet.dataset)
    : '未采用';
  const what = sheet.programme && sheet.dataset ? `${dataset}·${sheet.programme}` : dataset;
  const aside = sheet.setAside.reduce((sum, { rows }) => sum + rows, 0);
  const reasons = sheet.setAside.map(({ reason, rows }) => `${reason}${rows}`).join('、');
  return `${name}${what}，用${sheet.used}行${aside > 0 ? color.dim(`，搁置${aside}行（${reasons}）`) : ''}`;
}

function toFigureLine({ report, draft, printed }: Summary): string {
  const runs = toAllRuns(draft);
  const marks = (kind: '待核' | '待填') =>
    runs.filter((run) => run.type === 'placeholder' && run.kind === kind).length;
  const known = report.figures.filter(({ status }) => status === 'known').length;
  return `算出${known}个数，写入文稿${printed.length}个；待核${marks('待核')}处，待填${marks('待填')}处`;
}

function toProblemLines(problems: Problem[], { printed }: Summary, color: Color): string[] {
  if (problems.length === 0) return ['没有发现数据问题'];
  const shown = new Set(printed);
  const serious = problems.filter((problem) => !isHint(problem));
  const hints = problems.filter(isHint);
  const line = (problem: Problem) =>
    `  ${toLine(problem)}${problem.figures.some((id) => shown.has(id)) ? color.dim('（涉及文稿中的数）') : ''}`;
  return [
    ...(serious.length > 0 ? [color.yellow(`数据问题${serious.length}条`), ...serious.map(line)] : []),
    ...(hints.length > 0 ? [`提示${hints.length}条`, ...hints.map(line)] : []),
  ];
}

/** The machine form of the same. */
export function toSummaryJson({ report, written, leftOut, printed, skipped, doubtful }: Summary): string {
  const figures = report.figures.map(({ id, name, unit, status, value, text, reason }) => ({
    id,
    name,
    unit,
    status,
    value,
    text,
    reason,
  }));
  const problems = report.problems.map((problem) => ({ ...problem, message: toLine(problem) }));
  const { place, organisation, period, sheets } = report;
  return JSON.stringify(
    { place, organisation, period, sheets, figures, printed, leftOut, skipped, problems, doubtful, written },
    null,
    1,
  );
}

/** What `inspect` prints: each sheet, why, its columns with a masked sample, and what is unsure. */
export function toInspectionLines(
  { inspections, problems, catalogue, written }: Inspected,
  color: Color,
): string[] {
  const lines = inspections.flatMap(({ sheet, headBottom, period, columns }) => [
    color.bold(`${sheet.file}${sheet.sheet ? ` “${sheet.sheet}”` : ''}`),
    `  ${toSheetLine({ ...sheet, sheet: '' }, catalogue, color)}`,
    `  依据：${sheet.reason}；表头到第${headBottom}行${period ? `；标题时期${period}` : ''}`,
    ...columns.map(
      ({ letter, label, field, type, sample }) =>
        `  ${letter.padEnd(3)}${label} → ${field === null ? color.yellow('不用') : `${field}（${type}）`}${sample ? color.dim(`，如 ${sample}`) : ''}`,
    ),
  ]);
  const unsure =
    problems.length > 0
      ? [color.yellow(`需要核对${problems.length}条`), ...problems.map((problem) => `  ${toLine(problem)}`)]
      : [];
  return [
    ...lines,
    ...unsure,
    ...(written ? [color.green(`识别结果已写入 ${written} 的“识别”，改正后下次照此执行`)] : []),
  ];
}

/** The machine form of the same. */
export const toInspectionJson = ({ inspections, problems }: Inspected): string =>
  JSON.stringify(
    { sheets: inspections, problems: problems.map((problem) => ({ ...problem, message: toLine(problem) })) },
    null,
    1,
  );
