import Big from 'big.js';
import type Handlebars from 'handlebars';
import { toText } from '../format.ts';
import type { Aim, Figure, Measure, Run } from '../model.ts';
import { toMark, withoutMarks } from './marks.ts';

/** Whether a measure, or one thing it is held to, is done; 待核 where no figure says so. */
export type Progress = '已完成' | '未完成' | '待核';
const STATES: Progress[] = ['已完成', '未完成', '待核'];

type Options = Handlebars.HelperOptions;

/** What the helpers need of a rendering. */
interface Shared {
  measures: readonly Measure[];
  figures: ReadonlyMap<string, Figure>;
  runs: Run[];
  /** Prints a figure, or its 〔待核〕. */
  print: (figure: Figure) => string;
}

/** Blocks that repeat, and words that say something about the measure or aim being written. */
export const MEASURE_BLOCKS = ['有措施', '各项措施', '各项目标'] as const;
export const MEASURE_WORDS = [
  '措施序号',
  '措施名称',
  '牵头单位',
  '措施状态',
  '目标名称',
  '目标任务',
  '目标实际',
  '目标状态',
  '措施数',
  ...STATES.flatMap((state) => [`${state}措施数`, `${state}措施`]),
] as const;

/** Helpers for the measures of a policy; outside their blocks the words print nothing. */
export function toMeasureHelpers({ measures, figures, runs, print }: Shared) {
  let measure: Measure | undefined;
  let aim: Aim | undefined;
  const figureOf = (each: Aim | undefined) => figures.get(each?.figure ?? '');
  const stateOf = (each: Aim) => toProgress(figureOf(each)?.value ?? null, each.target?.value ?? null);
  const those = (state: Progress) => measures.filter((each) => toWhole(each.aims.map(stateOf)) === state);
  const toNames = (some: Measure[]) =>
    some.map(({ title, lead }) => toPlain(lead === null ? title : `${title}（${lead}）`)).join('、');
  return {
    有措施(this: unknown, options: Options) {
      return measures.length > 0 ? options.fn(this) : options.inverse(this);
    },
    各项措施(this: unknown, options: Options) {
      if (measures.length === 0) return options.inverse(this);
      const texts = measures.map((each) => {
        measure = each;
        return options.fn(this);
      });
      measure = undefined;
      return texts.join('');
    },
    各项目标(this: unknown, options: Options) {
      const aims = measure?.aims ?? [];
      if (aims.length === 0) return options.inverse(this);
      const texts = aims.map((each) => {
        aim = each;
        return options.fn(this);
      });
      aim = undefined;
      return texts.join('');
    },
    措施序号: () => (measure ? String(measures.indexOf(measure) + 1) : ''),
    措施名称: () => toPlain(measure?.title ?? ''),
    牵头单位: () => (measure?.lead ? toPlain(measure.lead) : toUnknown('牵头单位', runs)),
    措施状态: () => (measure ? toWhole(measure.aims.map(stateOf)) : ''),
    目标名称: () => figureOf(aim)?.name ?? toPlain(aim?.indicator ?? ''),
    目标任务: () => {
      const figure = figureOf(aim);
      if (!figure || !aim?.target) return toUnused(aim, runs);
      const text = toText(aim.target.value, figure.unit, figure.decimals);
      return toMark({ type: 'figure', text, figure: figure.id }, runs);
    },
    目标实际: () => {
      const figure = figureOf(aim);
      return figure ? print(figure) : toUnused(aim, runs);
    },
    目标状态: () => (aim ? stateOf(aim) : ''),
    措施数: () => String(measures.length),
    ...Object.fromEntries(
      STATES.flatMap((state) => [
        [`${state}措施数`, () => String(those(state).length)],
        [`${state}措施`, () => toNames(those(state)) || '无'],
      ]),
    ),
  };
}

/** "|" would begin another cell of a table. */
const toPlain = (text: string): string => withoutMarks(text).replace(/[|\s]+/g, '');

const toUnknown = (what: string, runs: Run[]): string =>
  toMark({ type: 'placeholder', kind: '待填', text: `〔待填：${what}〕`, figure: null }, runs);

/** Stands for the target and the figure of a row that could not be used; the problems say why. */
function toUnused(aim: Aim | undefined, runs: Run[]): string {
  if (!aim) return '';
  const text = `〔待核：“${toPlain(aim.indicator)}”的目标没有采用〕`;
  return toMark({ type: 'placeholder', kind: '待核', text, figure: null }, runs);
}

/** Done is what reaches its target; a target is a least number. */
function toProgress(value: string | null, target: string | null): Progress {
  if (value === null || target === null) return '待核';
  return new Big(value).gte(target) ? '已完成' : '未完成';
}

/** One thing undone leaves the whole undone; a measure that is held to no number is for a person to judge. */
function toWhole(states: Progress[]): Progress {
  if (states.includes('未完成')) return '未完成';
  return states.length === 0 || states.includes('待核') ? '待核' : '已完成';
}
