import Big from 'big.js';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { toMeasure, toScale, toYearBefore } from '../format.ts';
import { toMasked } from '../mask.ts';
import type { Period, Problem, Target } from '../model.ts';
import { parseNumber, type StatedRow } from '../normalise/index.ts';
import { toComparable } from '../recognise/index.ts';
import { type Average, findStep, toAverage } from './standards.ts';
import { parseWhen, type When } from './when.ts';

/** A stated value for an indicator, in base units. */
export interface Stated {
  value: string;
  row: StatedRow;
}

/** Stated figures by indicator id. */
export interface StatedFigures {
  current: Map<string, Stated[]>;
  /** Standards that change inside the period. */
  averages: Map<string, Average>;
  targets: Map<string, Target[]>;
  /** Rows that could not be used. */
  setAside: { row: StatedRow; reason: string }[];
  problems: Problem[];
}

/** Whose values are looked for: those of the report, or those of an earlier span that it is compared with. */
export interface StatedFor {
  wanted: Period;
  report: Period;
}

type Dated = Stated & { when: When };

/** Matches rows of 手工填报 and 任务指标 with the catalogue, by id, name or alias, in any unit of the same measure. */
export function toStated(rows: StatedRow[], asked: StatedFor, catalogue: Catalogue): StatedFigures {
  const names = toNames(catalogue);
  const stated: StatedFigures = {
    current: new Map(),
    averages: new Map(),
    targets: new Map(),
    setAside: [],
    problems: [],
  };
  const standards = new Map<string, Dated[]>();
  for (const row of rows) {
    if (row.indicator === '') continue;
    const indicator = names.get(toComparable(row.indicator));
    if (!indicator) {
      refuse(stated, row, 'fact-unknown', '指标不在目录中', {
        name: row.indicator,
        near: findNearest(row.indicator, catalogue.indicators.keys())[0] ?? '',
      });
      continue;
    }
    for (const { text, when } of toCells(row, asked)) {
      const value = toValue(text, row, indicator, stated);
      if (value === null) continue;
      if (row.dataset === 'targets') placeTarget(stated, { value, row, when }, indicator, asked);
      else if (row.area !== '') stated.setAside.push({ row, reason: '分地区的数，未采用' });
      else if (indicator.类别 === '标准')
        standards.set(indicator.id, [...(standards.get(indicator.id) ?? []), { value, row, when }]);
      else if (reaches(when.period, asked, indicator)) add(stated.current, indicator.id, { value, row });
      else stated.setAside.push({ row, reason: '不在本期' });
    }
  }
  for (const [id, values] of standards) placeStandard(stated, id, values, asked);
  return stated;
}

/** The cells of a row that hold values, and for when; a cell 上年值 speaks where the year before is asked for. */
function toCells(row: StatedRow, { wanted, report }: StatedFor): { text: string; when: When }[] {
  const before = toYearBefore(report);
  if (row.before !== '' && isSame(wanted, before))
    return [{ text: row.before, when: { period: before, open: false } }];
  if (row.value === '') return [];
  const when = parseWhen(row.period, report);
  return [{ text: row.value, when: when ?? { period: { from: '', to: '' }, open: false } }];
}

/** The cell's number in base units; null, with a problem, when it is none or its unit measures something else. */
function toValue(text: string, row: StatedRow, indicator: Indicator, stated: StatedFigures): string | null {
  const number = parseNumber(row.dataset === 'targets' ? withoutLimit(text) : text);
  if (number === null) {
    refuse(stated, row, 'fact-unreadable', '值不是数字', {
      name: indicator.id,
      text: toMasked(text, undefined),
    });
    return null;
  }
  const value = toBase(number, row.unit, indicator);
  if (value === null)
    refuse(stated, row, 'fact-unit', '单位不符', {
      name: indicator.id,
      found: row.unit,
      expected: indicator.单位,
    });
  return value;
}

/** 不低于5000, 5000以上, ≥5000: a target is a least number anyway. */
const withoutLimit = (text: string): string =>
  text.replace(/^(?:≥|>=|不低于|不少于|至少)|(?:以上|及以上)$/g, '');

/** Every way to name an indicator that is not ambiguous. */
function toNames(catalogue: Catalogue): Map<string, Indicator> {
  const names = new Map<string, Indicator>();
  const twice = new Set<string>();
  const add = (name: string, indicator: Indicator) => {
    const key = toComparable(name);
    if (names.has(key) && names.get(key) !== indicator) twice.add(key);
    else names.set(key, indicator);
  };
  for (const indicator of catalogue.indicators.values()) {
    for (const name of [indicator.id, indicator.名称, indicator.id.split('.')[1] ?? '', ...indicator.别名])
      add(name, indicator);
  }
  for (const key of twice) names.delete(key);
  for (const indicator of catalogue.indicators.values()) names.set(toComparable(indicator.id), indicator);
  return names;
}

const per = (unit: string): string => (unit.split('/')[1] ?? '').replace(/[·、.]/g, '');
/** 名 and 人 count the same thing. */
const measureOf = (unit: string): string => toMeasure(unit).replace('名', '人');

/** The value in base units; null when its unit measures something else. */
function toBase(number: string, given: string, indicator: Indicator): string | null {
  const unit = given === '' ? indicator.单位 : given.normalize('NFKC');
  if (measureOf(unit) !== measureOf(indicator.单位)) return null;
  if (per(unit) !== '' && per(indicator.单位) !== '' && per(unit) !== per(indicator.单位)) return null;
  return new Big(number).times(toScale(unit)).toFixed();
}

const add = <T>(map: Map<string, T[]>, id: string, item: T): void => {
  map.set(id, [...(map.get(id) ?? []), item]);
};

/** A target counts from when it is set until it is due; one that is due later is kept for the plan. */
function placeTarget(
  stated: StatedFigures,
  dated: Dated,
  { id }: Indicator,
  { wanted, report }: StatedFor,
): void {
  const { value, row, when } = dated;
  const year = wanted.to.slice(0, 4);
  const period = row.period === '' ? { from: `${year}-01`, to: `${year}-12` } : when.period;
  if (period.to < wanted.to || !isSame(wanted, report)) {
    stated.setAside.push({ row, reason: '不在本期' });
    return;
  }
  const setter = row.note === '' ? null : row.note;
  const where = `${row.file}第${row.row}行`;
  add(stated.targets, id, { value, setter, area: row.area === '' ? null : row.area, period, where });
}

/** A standard is that of the period's end; where it changed inside the period, its mean over the months is kept as well. */
function placeStandard(stated: StatedFigures, id: string, values: Dated[], { wanted }: StatedFor): void {
  const known = values.filter(({ when }) => when.period.from !== '' && when.period.from <= wanted.to);
  const steps = known.map((each) => ({ ...each, from: each.when.period.from }));
  const own = steps.filter(({ when }) => when.open || when.period.from.slice(0, 4) === wanted.to.slice(0, 4));
  const last = findStep(own, wanted.to);
  const average = last ? toAverage(steps, wanted) : null;
  if (average) stated.averages.set(id, average);
  const counts = (each: (typeof steps)[number]) =>
    each.from === last?.from || (average !== null && own.includes(each));
  for (const each of values) {
    const step = steps.find(({ row }) => row === each.row);
    if (step && step.from === last?.from) add(stated.current, id, { value: step.value, row: step.row });
    else if (!step || !counts(step)) stated.setAside.push({ row: each.row, reason: '不在本期' });
  }
}

const isSame = (a: Period, b: Period): boolean => a.from === b.from && a.to === b.to;

/** Flows and ratios must be of the very period; a stock of the same year serves, for a comparison only one of the same end. */
function reaches(when: Period, { wanted, report }: StatedFor, { 类别 }: Indicator): boolean {
  const isFlow = 类别 !== '期末数';
  if (isFlow && !isSame(wanted, report) && !isSame(wanted, toYearBefore(report))) return false;
  if (isSame(when, wanted)) return true;
  const sameYear = when.from.slice(0, 4) === wanted.from.slice(0, 4);
  if (类别 === '期末数' && !isSame(wanted, report)) return when.to === wanted.to;
  return sameYear && (类别 === '期末数' || (类别 === '比率' && isSame(wanted, report)) || 类别 === '目标');
}

function refuse(
  stated: StatedFigures,
  row: StatedRow,
  kind: Problem['kind'],
  reason: string,
  detail: Record<string, string>,
): void {
  stated.setAside.push({ row, reason });
  stated.problems.push({
    kind,
    file: row.file,
    sheet: row.sheet,
    row: row.row,
    count: 1,
    detail,
    figures: [],
  });
}

/** The highest stated value of every figure that was stated. */
export function toStandards({ current }: StatedFigures): Map<string, string> {
  const highest = (values: Stated[]) =>
    values.map(({ value }) => value).reduce((a, b) => (new Big(a).gte(b) ? a : b));
  return new Map([...current].map(([id, values]) => [id, highest(values)]));
}
