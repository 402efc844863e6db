import Big from 'big.js';
import type { Indicator } from '../catalogue/index.ts';
import { toGrowthText, toQuotient, toText } from '../format.ts';
import type { Figure } from '../model.ts';
import type { Evidence } from './index.ts';
import { toPending, toShell } from './shell.ts';
import { toFormula } from './words.ts';

/** Figures that follow from others: ratios, growth and differences of the catalogue, then 同比 and 完成率 of every figure that has a base. */
export function toDerived(
  figures: Map<string, Figure>,
  evidence: Evidence,
  given: Set<string>,
): Map<string, Figure> {
  const derived = new Map<string, Figure>();
  for (const indicator of evidence.catalogue.indicators.values()) {
    if (indicator.取自 === undefined) derived.set(indicator.id, toRatio(indicator, figures, evidence, given));
  }
  for (const figure of [...figures.values(), ...derived.values()]) {
    if (figure.value === null) continue;
    if (figure.lastYear)
      derived.set(`${figure.id}#同比`, toYearOnYear(figure, figure.value, figure.lastYear));
    figure.targets.forEach((target, index) => {
      const id = `${figure.id}#完成率${index === 0 ? '' : index + 1}`;
      derived.set(id, toCompletion(id, figure, figure.value ?? '0', target));
    });
  }
  return derived;
}

function toRatio(
  indicator: Indicator,
  figures: Map<string, Figure>,
  evidence: Evidence,
  given: Set<string>,
): Figure {
  const ids = toParts(indicator);
  const parts = ids.map((id) => figures.get(id));
  const [first, second] = parts;
  const shell: Figure = {
    ...toShell(indicator, evidence),
    covered: first?.covered ?? null,
    basis: { type: 'derived', formula: toFormula(indicator), from: ids },
  };
  const fault = parts.find((part) => part?.status !== 'known');
  if (!first?.value || !second?.value || fault) {
    if (!given.has(indicator.business)) return { ...shell, status: 'absent', reason: '无来源' };
    return toPending(shell, `${fault?.name ?? ''}${fault?.status === 'absent' ? '没有来源' : '待核'}`);
  }
  const value = toResult(indicator, new Big(first.value), new Big(second.value));
  if (value === null) return toPending(shell, `${second.name}为0，无法计算`);
  return {
    ...shell,
    status: 'known',
    value: value.toFixed(),
    text: toText(value.toFixed(), indicator.单位, indicator.decimals),
  };
}

const toParts = ({ 本期, 基期, 被减数, 减数, 分子, 分母 }: Indicator): string[] =>
  [本期 ?? 被减数 ?? 分子, 基期 ?? 减数 ?? 分母].flatMap((id) => id ?? []);

/** Null where there is nothing to divide by. */
function toResult(indicator: Indicator, first: Big, second: Big): Big | null {
  if (indicator.被减数 !== undefined) return first.minus(second);
  if (second.eq(0)) return null;
  return indicator.本期 !== undefined
    ? toQuotient(first.minus(second), second)
    : toQuotient(first.times(indicator.倍数), second);
}

function toYearOnYear(figure: Figure, value: string, before: { value: string; where: string }): Figure {
  const id = `${figure.id}#同比`;
  const shell = {
    ...toChild(figure, id, `${figure.name}同比`),
    basis: {
      type: 'derived' as const,
      formula: `（本年 − 上年）÷ 上年，上年为${toText(before.value, figure.unit, figure.decimals)}（${before.where}）`,
      from: [figure.id],
    },
  };
  if (new Big(before.value).eq(0)) return { ...shell, text: '上年为0，不计增长率', reason: '上年为0' };
  const growth = toQuotient(new Big(value).minus(before.value), new Big(before.value));
  return { ...shell, status: 'known', value: growth.toFixed(), text: toGrowthText(growth.toFixed(), 1) };
}

function toCompletion(id: string, figure: Figure, value: string, target: Figure['targets'][number]): Figure {
  const shell = {
    ...toChild(figure, id, `${figure.name}完成率`),
    basis: {
      type: 'derived' as const,
      formula: `${figure.name} ÷ 目标${toText(target.value, figure.unit, figure.decimals)}（${target.setter ?? target.where}）`,
      from: [figure.id],
    },
    targets: [target],
  };
  if (new Big(target.value).eq(0)) return toPending(shell, '目标为0，无法计算完成率');
  const share = toQuotient(new Big(value), new Big(target.value));
  return { ...shell, status: 'known', value: share.toFixed(), text: toText(share.toFixed(), '%', 1) };
}

const toChild = (figure: Figure, id: string, name: string): Figure => ({
  ...figure,
  id,
  name,
  unit: '%',
  kind: '比率',
  decimals: 1,
  status: 'pending',
  value: null,
  reason: null,
  lastYear: null,
  targets: [],
});
