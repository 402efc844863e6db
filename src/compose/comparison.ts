import type Handlebars from 'handlebars';
import { isDue, toMomentText, toPeriodText, toRangeText, toText } from '../format.ts';
import type { Figure, Problem, Report, Run, Target } from '../model.ts';
import { toWords } from '../problem.ts';
import type { Reference } from './helpers.ts';
import { toMark, withoutMarks } from './marks.ts';

type Options = Handlebars.HelperOptions;

/** Helpers of one figure. */
export const COMPARISON_WORDS = ['同比', '较上年末', '月平均', '完成情况'] as const;
/** Blocks that are kept where there is something to compare a figure with. */
export const BASE_BLOCKS = ['有上年', '有上年末'] as const;
/** Helpers of one figure and, if need be, a word in quotes that names one of its targets: a setter, or a period. */
export const TARGET_WORDS = ['完成率', '差额', '目标', '下达单位'] as const;
/** Blocks about the targets of one figure. */
export const TARGET_BLOCKS = ['有目标', '各目标', '超额'] as const;
/** Blocks and words that stand alone. */
export const PLAN_BLOCKS = ['有下期目标'] as const;
export const PLAN_WORDS = ['下期目标', '可比性说明', '汇总说明'] as const;
/** Words about the time of one figure or, where none is named, of the report. */
export const TIME_WORDS = ['期间', '截至'] as const;

/** What the helpers need of a rendering. */
interface Shared {
  report: Report;
  figures: Map<string, Figure>;
  runs: Run[];
  /** Prints a figure, or its 〔待核〕. */
  print: (figure: Figure, text: string) => string;
  pending: (figure: Figure, reason: string) => string;
}

/** Helpers that set a figure against last year, against its targets and into its time. */
export function toComparisonHelpers(shared: Shared) {
  return { ...toBaseHelpers(shared), ...toTargetHelpers(shared), ...toPlanHelpers(shared) };
}

function toBaseHelpers({ figures, print, pending, report }: Shared) {
  const compare = (suffix: string, none: string) => (reference: Reference) => {
    const { figure } = reference;
    const change = figures.get(`${figure.id}#${suffix}`);
    if (figure.status !== 'known') return reference.toString();
    if (!change) return none;
    if (change.status === 'known') return print(change, change.text);
    return change.text.startsWith('〔') ? pending(change, change.reason ?? '') : change.text;
  };
  const when = (suffix: string) =>
    function (this: unknown, { figure }: Reference, options: Options) {
      return figures.has(`${figure.id}#${suffix}`) ? options.fn(this) : options.inverse(this);
    };
  const timeOf = (value: unknown): { period: Report['period']; covered: Figure['covered'] } =>
    isReference(value) ? value.figure : { period: report.period, covered: null };
  return {
    同比: compare('同比', '上年无数据'),
    较上年末: compare('较上年末', '上年末无数据'),
    有上年: when('同比'),
    有上年末: when('较上年末'),
    月平均: ({ figure }: Reference) => {
      const mean = figures.get(`${figure.id}#月平均`) ?? figure;
      return print(mean, mean.text);
    },
    期间: (value: unknown) => {
      const { period, covered } = timeOf(value);
      const own = period.from === report.period.from && period.to === report.period.to;
      return own ? toRangeText(covered ?? period) : toPeriodText(covered ?? period);
    },
    截至: (value: unknown) => toMomentText(timeOf(value).period),
  };
}

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && 'figure' in value;

function toTargetHelpers({ figures, runs, print, pending }: Shared) {
  /** The target that 各目标 is writing, by figure. */
  const current = new Map<string, number>();
  const find = ({ id, targets }: Figure, word: unknown): number =>
    typeof word === 'string' ? targets.findIndex((target) => isNamed(target, word)) : (current.get(id) ?? 0);
  const child = (figure: Figure, suffix: string, index: number) =>
    figures.get(`${figure.id}#${suffix}${index === 0 ? '' : index + 1}`);
  const lacking = (figure: Figure, word: unknown) =>
    pending(figure, `${figure.name}没有${typeof word === 'string' ? withoutMarks(word) : ''}任务目标`);
  const derive = (suffix: string) => (reference: Reference, word: unknown) => {
    const { figure } = reference;
    const found = child(figure, suffix, find(figure, word));
    if (found) return print(found, found.text);
    return figure.status === 'known' ? lacking(figure, word) : pending(figure, `${figure.name}待核`);
  };
  const helpers = {
    完成率: derive('完成率'),
    差额: derive('差额'),
    目标: ({ figure }: Reference, word: unknown) => {
      const index = find(figure, word);
      const target = figure.targets[index];
      if (!target) return lacking(figure, word);
      const id = child(figure, '完成率', index)?.id ?? figure.id;
      return toMark(
        { type: 'figure', text: toText(target.value, figure.unit, figure.decimals), figure: id },
        runs,
      );
    },
    下达单位: ({ figure }: Reference, word: unknown) =>
      withoutMarks(figure.targets[find(figure, word)]?.setter ?? '').replace(/\s+/g, ''),
  };
  const each = (figure: Figure, write: () => string): string[] =>
    figure.targets
      .filter((target) => isDue(target, figure.period))
      .map((_, index) => {
        current.set(figure.id, index);
        const text = write();
        current.delete(figure.id);
        return text;
      });
  return {
    ...helpers,
    有目标(this: unknown, { figure }: Reference, options: Options) {
      return figure.targets.some((target) => isDue(target, figure.period))
        ? options.fn(this)
        : options.inverse(this);
    },
    各目标(this: unknown, { figure }: Reference, options: Options) {
      const texts = each(figure, () => options.fn(this));
      return texts.length === 0 ? options.inverse(this) : texts.join('');
    },
    超额(this: unknown, { figure }: Reference, ...rest: unknown[]) {
      const options = rest.at(-1) as Options;
      const gap = child(figure, '差额', find(figure, rest[0]))?.value;
      return gap?.startsWith('-') ? options.fn(this) : options.inverse(this);
    },
    完成情况(reference: Reference) {
      const { figure } = reference;
      const texts = each(
        figure,
        () =>
          `完成${helpers.下达单位(reference, null)}目标${helpers.目标(reference, null)}的${helpers.完成率(reference, null)}，${helpers.差额(reference, null)}`,
      );
      if (figure.status !== 'known') return pending(figure, `${figure.name}待核`);
      return texts.length === 0 ? lacking(figure, null) : texts.join('；');
    },
  };
}

const isNamed = ({ setter, period }: Target, word: string): boolean =>
  (setter ?? '').includes(word) || toPeriodText(period) === word;

function toPlanHelpers({ report, runs }: Shared) {
  const later = report.figures.flatMap((figure) =>
    figure.id.includes('#')
      ? []
      : figure.targets
          .filter((target) => !isDue(target, figure.period))
          .map((target) => ({ figure, target })),
  );
  const write = ({ figure, target }: (typeof later)[number]): string => {
    const text = toText(target.value, figure.unit, figure.decimals);
    const setter = withoutMarks(target.setter ?? '').replace(/\s+/g, '');
    const when = [toPeriodText(target.period), setter].filter((each) => each !== '').join('，');
    return `${figure.name}${toMark({ type: 'figure', text, figure: figure.id }, runs)}（${when}）`;
  };
  const isShown = (id: string) => runs.some((run) => run.type === 'figure' && run.figure === id);
  return {
    有下期目标(this: unknown, options: Options) {
      return later.length > 0 ? options.fn(this) : options.inverse(this);
    },
    下期目标: () => later.map(write).join('、'),
    汇总说明: () => withoutMarks(toRolledUp(report, isShown).map(toWords).join('')),
    可比性说明: () => withoutMarks(toNotes(report, isShown).map(toWords).join('')),
  };
}

/** Why what is shown is not compared like with like: for the place as a whole, then each reason with the figures it holds for. */
function toNotes({ figures, problems }: Report, isShown: (id: string) => boolean): Problem[] {
  const shown = figures.flatMap(({ id, name, lastYear, yearEnd }) => [
    ...(lastYear && isShown(`${id}#同比`) ? [{ name, note: lastYear.note }] : []),
    ...(yearEnd && isShown(`${id}#较上年末`) ? [{ name, note: yearEnd.note }] : []),
  ]);
  const names = new Map<string, string[]>();
  for (const { name, note } of shown) if (note !== null) names.set(note, [...(names.get(note) ?? []), name]);
  const at = { file: '', sheet: '', row: 0, count: 1, figures: [] };
  return [
    ...(shown.length > 0 ? problems.filter(({ kind }) => kind === 'areas-changed') : []),
    ...[...names].map(
      ([note, own]): Problem => ({ kind: 'not-comparable', ...at, detail: { name: own.join('、'), note } }),
    ),
  ];
}

/** What the reader of a city's sums must know: whom they count twice, and which county they are without. */
function toRolledUp({ figures, problems }: Report, isShown: (id: string) => boolean): Problem[] {
  return problems.flatMap((problem) => {
    const shown = problem.figures.filter(isShown);
    if (shown.length === 0) return [];
    if (problem.kind === 'county-lacks' && problem.detail.partial !== undefined) return [problem];
    if (problem.kind !== 'persons-added') return [];
    const names = shown.flatMap((id) => figures.find((figure) => figure.id === id)?.name ?? []);
    return [{ ...problem, detail: { name: names.join('、') } }];
  });
}
