import { toPending } from '../aggregate/index.ts';
import type { Figure } from '../model.ts';

/**
 * Ratios as they may stand: one whose parts are not the same counties' would divide apples by pears, and one that lacks a
 * county says which. Whatever follows from a ratio that falls goes with it.
 */
export function settleRatios(
  figures: Figure[],
  suffixed: Figure[],
): { figures: Figure[]; suffixed: Figure[] } {
  const all = new Map(figures.map((figure) => [figure.id, figure]));
  const settled = figures.map((figure) => (figure.basis.type === 'derived' ? settle(figure, all) : figure));
  const open = new Set(settled.flatMap(({ id, status }) => (status === 'known' ? [] : [id])));
  return { figures: settled, suffixed: suffixed.filter(({ id }) => !open.has(id.split('#')[0] ?? '')) };
}

function settle(figure: Figure, all: Map<string, Figure>): Figure {
  const leaves = findLeaves(figure, all);
  if (figure.status === 'pending') {
    const lacking = leaves.find(({ status, reason }) => status === 'pending' && reason?.startsWith('缺'));
    return lacking ? toPending(figure, lacking.reason ?? '') : figure;
  }
  const counted = leaves.filter(({ kind }) => kind !== '标准' && kind !== '目标');
  const sets = new Set(counted.map(toCounties));
  if (figure.status !== 'known' || sets.size < 2) return figure;
  return toPending({ ...figure, value: null }, '分子和分母不是同一批县区的');
}

/** The figures put together from counties of which one is made, itself where it is one. */
function findLeaves(figure: Figure, all: Map<string, Figure>): Figure[] {
  if (figure.basis.type !== 'derived') return [figure];
  return figure.basis.from.flatMap((id) => {
    const operand = all.get(id);
    return operand ? findLeaves(operand, all) : [];
  });
}

const toCounties = ({ basis }: Figure): string =>
  basis.type === 'counties'
    ? basis.from
        .filter(({ value }) => value !== null)
        .map(({ place }) => place)
        .sort()
        .join('、')
    : '';
