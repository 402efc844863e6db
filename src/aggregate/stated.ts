import Big from 'big.js';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { toMeasure, toScale } from '../format.ts';
import type { Period, Problem, Target } from '../model.ts';
import type { StatedRow } from '../normalise/index.ts';
import { findPeriod, toComparable } from '../recognise/index.ts';

/** A stated value for an indicator, in base units. */
export interface Stated {
  value: string;
  row: StatedRow;
}

/** Stated figures by indicator id. */
export interface StatedFigures {
  current: Map<string, Stated[]>;
  lastYear: Map<string, Stated>;
  targets: Map<string, Target[]>;
  /** Rows that could not be used. */
  setAside: { row: StatedRow; reason: string }[];
  problems: Problem[];
}

/** Matches rows of 手工填报 and 任务指标 with the catalogue, by id, name or alias, in any unit of the same measure. */
export function toStated(rows: StatedRow[], period: Period, catalogue: Catalogue): StatedFigures {
  const names = toNames(catalogue);
  const stated: StatedFigures = {
    current: new Map(),
    lastYear: new Map(),
    targets: new Map(),
    setAside: [],
    problems: [],
  };
  for (const row of rows) {
    const indicator = names.get(toComparable(row.indicator));
    if (!indicator) {
      refuse(stated, row, 'fact-unknown', '指标不在目录中', {
        name: row.indicator,
        near: findNearest(row.indicator, catalogue.indicators.keys())[0] ?? '',
      });
      continue;
    }
    const value = toBase(row, indicator);
    if (row.value === null)
      refuse(stated, row, 'fact-unreadable', '值不是数字', {
        name: indicator.id,
        text: row.valueText.slice(0, 12),
      });
    else if (value === null)
      refuse(stated, row, 'fact-unit', '单位不符', {
        name: indicator.id,
        found: row.unit,
        expected: indicator.单位,
      });
    else place(stated, row, indicator, value, period);
  }
  return stated;
}

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

/** The value in base units; null when it is no number or its unit measures something else. */
function toBase(row: StatedRow, indicator: Indicator): string | null {
  const unit = row.unit === '' ? indicator.单位 : row.unit.normalize('NFKC');
  if (row.value === null || measureOf(unit) !== measureOf(indicator.单位)) return null;
  if (per(unit) !== '' && per(indicator.单位) !== '' && per(unit) !== per(indicator.单位)) return null;
  return new Big(row.value).times(toScale(unit)).toFixed();
}

function place(
  stated: StatedFigures,
  row: StatedRow,
  indicator: Indicator,
  value: string,
  period: Period,
): void {
  const when = row.period === '' ? period : findPeriod(row.period);
  if (when === null || !reaches(when, period, indicator)) {
    const yearBefore = when !== null && Number(when.from.slice(0, 4)) === Number(period.from.slice(0, 4)) - 1;
    if (yearBefore && row.dataset === 'facts') stated.lastYear.set(indicator.id, { value, row });
    else stated.setAside.push({ row, reason: '不在本期' });
    return;
  }
  if (row.dataset === 'targets') {
    const target: Target = {
      value,
      setter: row.note === '' ? null : row.note,
      where: `${row.file}第${row.row}行`,
    };
    stated.targets.set(indicator.id, [...(stated.targets.get(indicator.id) ?? []), target]);
    return;
  }
  stated.current.set(indicator.id, [...(stated.current.get(indicator.id) ?? []), { value, row }]);
}

/** Flows must be of the very period; states, standards and targets of the same year serve. */
function reaches(when: Period, period: Period, indicator: Indicator): boolean {
  if (when.from === period.from && when.to === period.to) return true;
  const sameYear = when.from.slice(0, 4) === period.from.slice(0, 4);
  return (
    sameYear &&
    (indicator.类别 === '期末数' ||
      indicator.类别 === '标准' ||
      indicator.类别 === '比率' ||
      indicator.类别 === '目标')
  );
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
