import type { Indicator } from '../catalogue/index.ts';
import type { Figure } from '../model.ts';
import type { Evidence } from './index.ts';

/** A figure before its value: what the catalogue, the targets and last year say about it. */
export function toShell(indicator: Indicator, { stated, lastYear, period }: Evidence): Figure {
  const before = stated.lastYear.get(indicator.id);
  return {
    id: indicator.id,
    name: indicator.名称,
    unit: indicator.单位,
    kind: indicator.类别,
    decimals: indicator.decimals,
    period,
    covered: null,
    status: 'pending',
    value: null,
    text: '',
    reason: null,
    basis: { type: 'none' },
    lastYear: before
      ? { value: before.value, where: `${before.row.file}第${before.row.row}行` }
      : (lastYear.get(indicator.id) ?? null),
    targets: stated.targets.get(indicator.id) ?? [],
  };
}

/** The figure with a reason in place of its value. */
export const toPending = (shell: Figure, reason: string): Figure => ({
  ...shell,
  status: 'pending',
  reason,
  text: `〔待核：${reason}〕`,
});
