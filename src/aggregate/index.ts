import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toText } from '../format.ts';
import type { Basis, Figure, LoadedSheet, Period, Problem } from '../model.ts';
import type { Doubt, LoadedTable } from '../normalise/index.ts';
import type { Store } from '../store/index.ts';
import type { Earlier } from './comparison.ts';
import { toDerived } from './derived.ts';
import type { Asked } from './parts.ts';
import { computeRows, type RowValue } from './rows.ts';
import { toPending, toShell } from './shell.ts';
import { toProgrammes } from './sql.ts';
import type { StatedFigures } from './stated.ts';

export { type Earlier, toDefinition } from './comparison.ts';
export { toDerived } from './derived.ts';
export { evaluate } from './evaluate.ts';
export { KIND_WORDS, toExplanation } from './explanation.ts';
export { toDecimal, toFraction } from './fraction.ts';
export { toMeasures } from './measures.ts';
export { type FoundFigure, findFigure, toPartFigure } from './part-figure.ts';
export type { Asked } from './parts.ts';
export { toPending, toShell } from './shell.ts';
export type { StatedFigures } from './stated.ts';
export { toStandards, toStated } from './stated.ts';
export { toCompletions } from './targets.ts';
export { type Trace, type TracedRow, trace } from './trace.ts';
export { toFilter, toFormula } from './words.ts';

/** What figures follow from where no rows are looked at. */
export interface Setting {
  catalogue: Catalogue;
  period: Period;
  stated: Pick<StatedFigures, 'targets' | 'averages'>;
  /** Figures of the same span a year before, by id. */
  lastYear: Map<string, Earlier>;
  /** Figures at the end of the year before, by id. */
  yearEnd: Map<string, Earlier>;
}

/** What aggregation works on. */
export interface Evidence extends Setting {
  store: Store;
  tables: LoadedTable[];
  sheets: LoadedSheet[];
  stated: StatedFigures;
  doubts: Doubt[];
  /** Figures that are listed by area. */
  asked: Asked[];
}

/** Computes every indicator of the catalogue, and the growth and completion figures that follow. */
export async function aggregate(evidence: Evidence): Promise<{ figures: Figure[]; problems: Problem[] }> {
  const { catalogue } = evidence;
  const { values, problems } = await computeRows(evidence);
  const given = findGivenBusinesses(evidence);
  const figures = new Map<string, Figure>();
  for (const indicator of catalogue.indicators.values()) {
    if (indicator.expression !== null) continue;
    const figure = toFigure(indicator, values.get(indicator.id), evidence, given);
    figures.set(indicator.id, figure);
    problems.push(...compareWithStated(figure, evidence), ...findTwice(figure, evidence));
  }
  const derived = toDerived(figures, evidence, given);
  return {
    figures: [...derived.figures, ...derived.suffixed],
    problems: [...problems, ...findIncomparable(derived.figures)],
  };
}

/** What keeps figures from being compared like with like; said once for all that it is true of. */
function findIncomparable(figures: Figure[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { id, name, value, lastYear, yearEnd } of figures) {
    for (const [base, suffix] of [[lastYear, '同比'] as const, [yearEnd, '较上年末'] as const]) {
      if (value === null || !base?.note) continue;
      const key = `${base.where}\n${base.note}`;
      const same = problems.get(key);
      const names = same?.detail.name === undefined ? [] : same.detail.name.split('、');
      problems.set(key, {
        kind: 'not-comparable',
        file: base.where,
        sheet: '',
        row: 0,
        count: 1,
        detail: { name: [...new Set([...names, name])].join('、'), note: base.note },
        figures: [...(same?.figures ?? []), `${id}#${suffix}`],
      });
    }
  }
  return [...problems.values()];
}

/** Businesses of which a sheet, a fact or a target was given. */
function findGivenBusinesses({ catalogue, tables, stated, lastYear }: Evidence): Set<string> {
  const given = new Set<string>();
  for (const indicator of catalogue.indicators.values()) {
    const stands =
      stated.current.has(indicator.id) || stated.targets.has(indicator.id) || lastYear.has(indicator.id);
    if (stands || findTables(indicator, tables, catalogue).length > 0) given.add(indicator.business);
  }
  return given;
}

/** Tables whose rows an indicator may count. */
export function findTables(indicator: Indicator, tables: LoadedTable[], catalogue: Catalogue): LoadedTable[] {
  const programmes = toProgrammes(indicator, catalogue);
  return tables.filter(
    (table) =>
      table.dataset === indicator.取自 &&
      (indicator.条件.业务 === undefined || table.programmes.some((name) => programmes.includes(name))),
  );
}

/** Periods for which a table's rows are looked at: the report's, and those of indicators that have one of their own. */
export function findPeriods(table: LoadedTable, period: Period, catalogue: Catalogue): Period[] {
  const own = [...catalogue.indicators.values()].filter(
    (indicator) => indicator.时间 !== undefined && findTables(indicator, [table], catalogue).length > 0,
  );
  return [period, ...own.map((indicator) => indicator.span(period))];
}

function toFigure(
  indicator: Indicator,
  value: RowValue | undefined,
  evidence: Evidence,
  given: Set<string>,
): Figure {
  const { stated } = evidence;
  const shell = toShell(indicator, evidence);
  if (value?.status === 'known') {
    const figure = finish(shell, value.value, value.basis, value.covered);
    return value.parts.length > 0 ? { ...figure, parts: value.parts } : figure;
  }
  const facts = stated.current.get(indicator.id) ?? [];
  const [first, ...others] = facts;
  if (value?.status !== 'pending' && first) {
    const other = others.find((fact) => fact.value !== first.value);
    if (other) return toPending(shell, `填报了两个不同的值（第${first.row.row}行与第${other.row.row}行）`);
    const basis: Basis = {
      type: 'manual',
      file: first.row.file,
      sheet: first.row.sheet,
      row: first.row.row,
      note: first.row.note,
    };
    return finish(shell, first.value, basis, null);
  }
  if (value?.status === 'pending') return toPending(shell, value.reason);
  if (!given.has(indicator.business)) return { ...shell, status: 'absent', reason: '无来源' };
  return toPending(shell, value ? value.reason : `未填报${indicator.名称}`);
}

const finish = (shell: Figure, value: string, basis: Basis, covered: Period | null): Figure => ({
  ...shell,
  status: 'known',
  value,
  text: toText(value, shell.unit, shell.decimals),
  basis,
  covered,
});

/** Two different values stated for one figure. */
function findTwice(figure: Figure, { stated }: Evidence): Problem[] {
  const [first, ...others] = stated.current.get(figure.id) ?? [];
  const other = others.find(({ value }) => value !== first?.value);
  if (!first || !other) return [];
  const print = (value: string) => toText(value, figure.unit, figure.decimals);
  const { file, sheet, row } = other.row;
  const detail = { name: figure.id, first: print(first.value), second: print(other.value) };
  return [{ kind: 'fact-twice', file, sheet, row, count: 1, detail, figures: [figure.id] }];
}

/** A stated value beside one computed from rows is a check, never a replacement. */
function compareWithStated(figure: Figure, { stated }: Evidence): Problem[] {
  if (figure.basis.type !== 'rows' || figure.value === null) return [];
  return (stated.current.get(figure.id) ?? [])
    .filter(({ value }) => toText(value, figure.unit, figure.decimals) !== figure.text)
    .map(({ value, row }) => ({
      kind: 'fact-differs',
      file: row.file,
      sheet: row.sheet,
      row: row.row,
      count: 1,
      detail: { name: figure.name, theirs: toText(value, figure.unit, figure.decimals), ours: figure.text },
      figures: [figure.id],
    }));
}
