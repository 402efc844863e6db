import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toText } from '../format.ts';
import type { Basis, Figure, LoadedSheet, Period, Problem } from '../model.ts';
import type { Doubt, LoadedTable } from '../normalise/index.ts';
import type { Store } from '../store/index.ts';
import { toDerived } from './derived.ts';
import { computeRows, type RowValue } from './rows.ts';
import { toPending, toShell } from './shell.ts';
import { toProgrammes } from './sql.ts';
import type { StatedFigures } from './stated.ts';

export type { StatedFigures } from './stated.ts';
export { toStandards, toStated } from './stated.ts';

/** What aggregation works on. */
export interface Evidence {
  catalogue: Catalogue;
  store: Store;
  period: Period;
  tables: LoadedTable[];
  sheets: LoadedSheet[];
  stated: StatedFigures;
  /** Values of the year before from a facts.json, by id, in base units. */
  lastYear: Map<string, { value: string; where: string }>;
  doubts: Doubt[];
}

/** Computes every indicator of the catalogue, and the growth and completion figures that follow. */
export async function aggregate(evidence: Evidence): Promise<{ figures: Figure[]; problems: Problem[] }> {
  const { catalogue } = evidence;
  const { values, problems } = await computeRows(evidence);
  const given = findGivenBusinesses(evidence);
  const figures = new Map<string, Figure>();
  for (const indicator of catalogue.indicators.values()) {
    if (indicator.取自 === undefined) continue;
    const figure = toFigure(indicator, values.get(indicator.id), evidence, given);
    figures.set(indicator.id, figure);
    problems.push(...compareWithStated(figure, evidence), ...findTwice(figure, evidence));
  }
  const derived = toDerived(figures, evidence, given);
  const ordered = [...catalogue.indicators.keys()].flatMap((id) => derived.get(id) ?? figures.get(id) ?? []);
  const suffixed = [...derived.values()].filter((figure) => figure.id.includes('#'));
  return { figures: [...ordered, ...suffixed], problems };
}

/** Businesses of which a sheet, a fact or a target was given. */
function findGivenBusinesses({ catalogue, tables, stated, lastYear }: Evidence): Set<string> {
  const given = new Set<string>();
  for (const indicator of catalogue.indicators.values()) {
    const stands =
      stated.current.has(indicator.id) ||
      stated.targets.has(indicator.id) ||
      stated.lastYear.has(indicator.id) ||
      lastYear.has(indicator.id);
    if (stands || findTables(indicator, tables, catalogue).length > 0) given.add(indicator.business);
  }
  return given;
}

/** Tables whose rows an indicator may count. */
export function findTables(indicator: Indicator, tables: LoadedTable[], catalogue: Catalogue): LoadedTable[] {
  const programmes = toProgrammes(indicator, catalogue);
  return tables.filter(
    (table) => table.dataset === indicator.取自 && table.programmes.some((name) => programmes.includes(name)),
  );
}

function toFigure(
  indicator: Indicator,
  value: RowValue | undefined,
  evidence: Evidence,
  given: Set<string>,
): Figure {
  const { stated } = evidence;
  const shell = toShell(indicator, evidence);
  if (value?.status === 'known') return finish(shell, value.value, value.basis, value.covered);
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
