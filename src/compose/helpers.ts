import Handlebars from 'handlebars';
import { isYear, toChangeText, toChineseNumeral, toFloor, toNumber, toPeriodText } from '../format.ts';
import type { Figure, Report, Run } from '../model.ts';
import { AREA_BLOCKS, AREA_NAME, RANKS, toAreaHelpers } from './areas.ts';
import {
  BASE_BLOCKS,
  COMPARISON_WORDS,
  PLAN_BLOCKS,
  PLAN_WORDS,
  TARGET_BLOCKS,
  TARGET_WORDS,
  TIME_WORDS,
  toComparisonHelpers,
} from './comparison.ts';
import { SIGNATURE_LINE, toMark } from './marks.ts';
import { MEASURE_BLOCKS, MEASURE_WORDS, toMeasureHelpers } from './measures.ts';
import { type AnnexText, STRUCTURES, type Structure, toStructureHelpers } from './structure.ts';

/** A figure as a template sees it: printed by its name alone, given to a helper by reference. */
export interface Reference {
  figure: Figure;
  toString(): string;
}

/** A business as a template sees it: its figures, and under this key its name. */
export const BUSINESS = Symbol('business');

/** Names of the helpers, for the check before the run. */
export const HELPERS = [
  '有',
  '增减',
  '数',
  '约',
  ...COMPARISON_WORDS,
  ...BASE_BLOCKS,
  ...TARGET_WORDS,
  ...TARGET_BLOCKS,
  ...PLAN_BLOCKS,
  ...PLAN_WORDS,
  ...TIME_WORDS,
  '并列',
  '项',
  '待填',
  '落款',
  '时期',
  '下期',
  ...MEASURE_BLOCKS,
  ...MEASURE_WORDS,
  ...AREA_BLOCKS,
  ...RANKS,
  AREA_NAME,
  ...Object.keys(STRUCTURES),
] as const;
/** Helpers that take one figure. */
export const FIGURE_HELPERS: ReadonlySet<string> = new Set([
  '增减',
  '数',
  '约',
  ...COMPARISON_WORDS,
  ...BASE_BLOCKS,
]);
/** Helpers that enclose a text: {{#有 …}}…{{/有}}. */
export const BLOCKS: ReadonlySet<string> = new Set([
  '有',
  ...BASE_BLOCKS,
  ...TARGET_BLOCKS,
  ...PLAN_BLOCKS,
  '并列',
  '项',
  ...MEASURE_BLOCKS,
  ...AREA_BLOCKS,
  ...Object.keys(STRUCTURES),
]);
/** Names that stand for texts of the run. */
export const GLOBALS = ['地区', '单位', '年', '明年'] as const;

/** What the helpers of one rendering share. */
export interface Rendering {
  report: Report;
  runs: Run[];
  figures: Map<string, Figure>;
  given: Set<string>;
  leftOut: Set<string>;
  /** Items of the enumerations that are being written, innermost last. */
  lists: string[][];
  structures: Structure[];
  annexes: AnnexText[];
  /** Names of the area fields, the widest first. */
  levels: string[];
  /** What names mean where a figure is `find`'s. */
  toContext: (find: (id: string) => Figure | undefined) => unknown;
}

type Block = Handlebars.HelperOptions;

/** A fresh Handlebars that knows our helpers and nothing else. */
export function createEngine(rendering: Rendering): typeof Handlebars {
  const engine = Handlebars.create();
  for (const name of ['if', 'unless', 'each', 'with', 'lookup', 'log', 'helperMissing', 'blockHelperMissing'])
    engine.unregisterHelper(name);
  engine.registerHelper({
    ...toFigureHelpers(rendering),
    ...toBlockHelpers(rendering),
    ...toTextHelpers(rendering),
    ...toComparisonHelpers({
      report: rendering.report,
      figures: rendering.figures,
      runs: rendering.runs,
      print: (figure, text) => markFigure(figure, text, rendering.runs),
      pending: (figure, reason) => markPending(figure, reason, rendering.runs),
    }),
    ...toStructureHelpers(rendering.structures, rendering.annexes),
    ...toAreaHelpers({
      figures: rendering.figures,
      levels: rendering.levels,
      print: (figure) => markFigure(figure, figure.text, rendering.runs),
      pending: (figure, reason) => markPending(figure, reason, rendering.runs),
      toContext: rendering.toContext,
    }),
    ...toMeasureHelpers({
      measures: rendering.report.measures ?? [],
      figures: rendering.figures,
      runs: rendering.runs,
      print: (figure) => markFigure(figure, figure.text, rendering.runs),
    }),
  });
  return engine;
}

/** The mark of a figure, or of its 〔待核〕. */
export function markFigure(figure: Figure, text: string, runs: Run[]): string {
  if (figure.status === 'known') return toMark({ type: 'figure', text, figure: figure.id }, runs);
  return markPending(
    figure,
    figure.status === 'absent' ? `${figure.name}无来源` : (figure.reason ?? ''),
    runs,
  );
}

/** The mark of a 〔待核〕 with its reason. */
const markPending = (figure: Figure, reason: string, runs: Run[]): string =>
  toMark({ type: 'placeholder', kind: '待核', text: `〔待核：${reason}〕`, figure: figure.id }, runs);

function toFigureHelpers({ runs }: Rendering) {
  // A range has no value of its own: as printed, it is as short as it can be.
  const print = ({ figure }: Reference, text: (value: string, figure: Figure) => string) =>
    markFigure(figure, figure.value === null ? figure.text : text(figure.value, figure), runs);
  return {
    数: ({ figure }: Reference) => {
      const suffix = figure.range ? figure.unit.replace(/\/.*$/, '') : '';
      const short = { ...figure, text: figure.text.slice(0, figure.text.length - suffix.length) };
      return print({ figure: short }, (value) => toNumber(value, figure.unit, figure.decimals));
    },
    约: (reference: Reference) => print(reference, (value, figure) => toFloor(value, figure.unit)),
    增减: (reference: Reference) => print(reference, (value, figure) => toChangeText(value, figure.decimals)),
  };
}

function toBlockHelpers({ given, leftOut, lists }: Rendering) {
  return {
    有(this: unknown, ...parameters: unknown[]) {
      const options = parameters.at(-1) as Block;
      const businesses = parameters.slice(0, -1).map(toBusiness);
      if (businesses.some((business) => given.has(business))) return options.fn(this);
      for (const business of businesses) leftOut.add(business);
      return options.inverse(this);
    },
    并列(this: unknown, options: Block) {
      lists.push([]);
      options.fn(this);
      const items = lists.pop() ?? [];
      const text =
        items.length === 1
          ? items[0]
          : items.map((item, index) => `${toChineseNumeral(index + 1)}是${item}`).join('');
      return `\n\n${text}\n\n`;
    },
    项(this: unknown, options: Block) {
      const text = options
        .fn(this)
        .replace(/\s*\n\s*/g, '')
        .trim();
      if (text !== '') lists.at(-1)?.push(text);
      return '';
    },
  };
}

const toBusiness = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return '';
  if ('figure' in value) return (value as Reference).figure.id.split('.')[0] ?? '';
  return (value as { [BUSINESS]?: string })[BUSINESS] ?? '';
};

function toTextHelpers({ runs, report }: Rendering) {
  return {
    待填: (what: string) =>
      toMark({ type: 'placeholder', kind: '待填', text: `〔待填：${what}〕`, figure: null }, runs),
    落款: () => `\n\n${SIGNATURE_LINE}\n\n`,
    时期: () => toPeriodText(report.period),
    下期: () => (isYear(report.period) ? `${Number(report.period.to.slice(0, 4)) + 1}年` : '下一步'),
  };
}
