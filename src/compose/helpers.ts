import Handlebars from 'handlebars';
import {
  isYear,
  toChangeText,
  toChineseNumeral,
  toFloor,
  toMomentText,
  toNumber,
  toPeriodText,
  toRangeText,
  toText,
} from '../format.ts';
import type { Figure, Report, Run } from '../model.ts';
import { SIGNATURE_LINE, toMark, withoutMarks } from './marks.ts';
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
  '同比',
  '增减',
  '完成率',
  '目标',
  '下达单位',
  '有目标',
  '数',
  '约',
  '期间',
  '截至',
  '并列',
  '项',
  '待填',
  '落款',
  '时期',
  '下期',
  ...MEASURE_BLOCKS,
  ...MEASURE_WORDS,
  ...Object.keys(STRUCTURES),
] as const;
/** Helpers that take one figure. */
export const FIGURE_HELPERS: ReadonlySet<string> = new Set([
  '同比',
  '增减',
  '完成率',
  '目标',
  '下达单位',
  '有目标',
  '数',
  '约',
  '期间',
]);
/** Helpers that enclose a text: {{#有 …}}…{{/有}}. */
export const BLOCKS: ReadonlySet<string> = new Set([
  '有',
  '有目标',
  '并列',
  '项',
  ...MEASURE_BLOCKS,
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
    ...toStructureHelpers(rendering.structures, rendering.annexes),
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
  const reason = figure.status === 'absent' ? `${figure.name}无来源` : (figure.reason ?? '');
  return toMark({ type: 'placeholder', kind: '待核', text: `〔待核：${reason}〕`, figure: figure.id }, runs);
}

function toFigureHelpers({ runs, figures, report }: Rendering) {
  const print = (reference: Reference, text: (value: string, figure: Figure) => string) =>
    markFigure(
      reference.figure,
      reference.figure.value === null ? '' : text(reference.figure.value, reference.figure),
      runs,
    );
  const child = (reference: Reference, suffix: string): Figure | undefined =>
    figures.get(`${reference.figure.id}#${suffix}`);
  return {
    数: (reference: Reference) =>
      print(reference, (value, figure) => toNumber(value, figure.unit, figure.decimals)),
    约: (reference: Reference) => print(reference, (value, figure) => toFloor(value, figure.unit)),
    同比: (reference: Reference) => {
      const growth = child(reference, '同比');
      if (growth) return growth.status === 'known' ? markFigure(growth, growth.text, runs) : growth.text;
      return '上年无数据';
    },
    增减: (reference: Reference) => print(reference, (value, figure) => toChangeText(value, figure.decimals)),
    完成率: (reference: Reference) => {
      const share = child(reference, '完成率');
      if (share) return markFigure(share, share.text, runs);
      const reason =
        reference.figure.status === 'known'
          ? `${reference.figure.name}没有任务目标`
          : `${reference.figure.name}待核`;
      return toMark(
        { type: 'placeholder', kind: '待核', text: `〔待核：${reason}〕`, figure: reference.figure.id },
        runs,
      );
    },
    目标: ({ figure }: Reference) => {
      const [target] = figure.targets;
      if (target)
        return toMark(
          {
            type: 'figure',
            text: toText(target.value, figure.unit, figure.decimals),
            figure: `${figure.id}#完成率`,
          },
          runs,
        );
      return toMark(
        {
          type: 'placeholder',
          kind: '待核',
          text: `〔待核：${figure.name}没有任务目标〕`,
          figure: figure.id,
        },
        runs,
      );
    },
    下达单位: ({ figure }: Reference) => withoutMarks(figure.targets[0]?.setter ?? '').replace(/\s+/g, ''),
    期间: ({ figure }: Reference) => toRangeText(figure.covered ?? report.period),
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
    有目标(this: unknown, reference: Reference, options: Block) {
      return reference.figure.targets.length > 0 ? options.fn(this) : options.inverse(this);
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
    截至: () => toMomentText(report.period),
    落款: () => `\n\n${SIGNATURE_LINE}\n\n`,
    时期: () => toPeriodText(report.period),
    下期: () => (isYear(report.period) ? `${Number(report.period.to.slice(0, 4)) + 1}年` : '下一步'),
  };
}
