import { toText } from '../format.ts';
import type { Base, Figure } from '../model.ts';
import { type Earlier, toNoted, toSinceYearEnd, toYearOnYear } from './comparison.ts';
import { computeFormulas } from './formula.ts';
import type { Setting } from './index.ts';
import { toChild } from './shell.ts';
import { type Average, toPartsText } from './standards.ts';
import { toCompletions, toTargetedParts } from './targets.ts';

/** Figures that follow from others: the catalogue's formulas, then comparisons and completion of every figure that is known. */
export function toDerived(
  figures: Map<string, Figure>,
  setting: Setting,
  given: Set<string>,
): { figures: Figure[]; suffixed: Figure[] } {
  const computed = computeFormulas(figures, setting, given);
  const suffixed: Figure[] = [];
  const all = [...setting.catalogue.indicators.keys()].flatMap((id) => {
    const figure = computed.get(id) ?? figures.get(id);
    if (!figure) return [];
    const noted = withTargets(withNotes(figure, setting), setting);
    if (noted.value !== null) suffixed.push(...toSuffixed(noted, noted.value, setting));
    return [noted];
  });
  return { figures: all, suffixed };
}

function toSuffixed(figure: Figure, value: string, setting: Setting): Figure[] {
  const { lastYear, yearEnd } = figure;
  const average = setting.stated.averages.get(figure.id);
  const mean = average ? [toMean(figure, average)] : [];
  const compared = lastYear ? [toCompared(figure, value, lastYear, setting, average)] : [];
  const since = yearEnd ? [toSinceYearEnd(figure, value, yearEnd)] : [];
  return [...mean, ...compared, ...since, ...toCompletions(figure, value)];
}

/** Where a standard changed inside one of the two years, their means over the months are compared. */
function toCompared(
  figure: Figure,
  value: string,
  base: Base,
  { lastYear }: Setting,
  average: Average | undefined,
): Figure {
  const before = lastYear.get(`${figure.id}#月平均`) ?? base;
  const compared = toYearOnYear(figure, average?.value ?? value, before);
  if (!average && before === base) return compared;
  if (compared.basis.type !== 'derived') return compared;
  const formula = compared.basis.formula.replace('（本年', '按月加权平均，（本年');
  return { ...compared, basis: { ...compared.basis, formula } };
}

/** The mean of a standard that changed inside the period, by months. */
function toMean(figure: Figure, average: Average): Figure {
  const { unit, kind, decimals } = figure;
  const parts = toPartsText(average, (value) => toText(value, unit, decimals));
  return {
    ...toChild(figure, `${figure.id}#月平均`, `${figure.name}月平均`, `各月标准之和 ÷ 月数：${parts}`),
    unit,
    kind,
    decimals,
    status: 'known',
    value: average.value,
    text: toText(average.value, unit, decimals),
  };
}

function withNotes(figure: Figure, { lastYear, yearEnd }: Setting): Figure {
  const note = (earlier: Earlier | undefined): Base | null => (earlier ? toNoted(figure, earlier) : null);
  return {
    ...figure,
    lastYear: figure.lastYear && note(lastYear.get(figure.id)),
    yearEnd: figure.yearEnd && note(yearEnd.get(figure.id)),
  };
}

function withTargets(figure: Figure, { stated, catalogue }: Setting): Figure {
  const targets = stated.targets.get(figure.id) ?? [];
  if (!figure.parts || targets.length === 0) return figure;
  const aliases = Object.entries(catalogue.areas.别名);
  const toName = (area: string) => aliases.find(([, words]) => words.includes(area))?.[0] ?? area;
  return { ...figure, parts: toTargetedParts(figure.parts, targets, figure.period, toName) };
}
