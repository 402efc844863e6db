import Big from 'big.js';
import { isDue, toGapText, toQuotient, toText } from '../format.ts';
import type { Figure, FigurePart, Period, Target } from '../model.ts';
import { toChild, toPending } from './shell.ts';

/** 完成率 and 差额 of a known figure for each target that is due: #完成率, #完成率2 … */
export function toCompletions(figure: Figure, value: string): Figure[] {
  return figure.targets
    .filter((target) => isDue(target, figure.period))
    .flatMap((target, index) => {
      const suffix = index === 0 ? '' : String(index + 1);
      return [
        toCompletion(`${figure.id}#完成率${suffix}`, figure, value, target),
        toGap(`${figure.id}#差额${suffix}`, figure, value, target),
      ];
    });
}

const toNamed = (figure: Figure, { value, setter, where }: Target): string =>
  `目标${toText(value, figure.unit, figure.decimals)}（${setter ?? where}）`;

function toCompletion(id: string, figure: Figure, value: string, target: Target): Figure {
  const shell: Figure = {
    ...toChild(figure, id, `${figure.name}完成率`, `${figure.name} ÷ ${toNamed(figure, target)}`),
    targets: [target],
  };
  if (new Big(target.value).eq(0)) return toPending(shell, '目标为0，无法计算完成率');
  const share = toQuotient(new Big(value), new Big(target.value));
  return { ...shell, status: 'known', value: share.toFixed(), text: toText(share.toFixed(), '%', 1) };
}

/** Target minus value: what is left to do, negative where more than the target is done. */
function toGap(id: string, figure: Figure, value: string, target: Target): Figure {
  const { unit, kind, decimals } = figure;
  const gap = new Big(target.value).minus(value).toFixed();
  return {
    ...toChild(figure, id, `${figure.name}与目标的差额`, `${toNamed(figure, target)} − ${figure.name}`),
    unit,
    kind,
    decimals,
    targets: [target],
    status: 'known',
    value: gap,
    text: toGapText(gap, unit, decimals),
  };
}

/** Parts with the targets that were set for them; `toName` gives an area's one name. */
export function toTargetedParts(
  parts: FigurePart[],
  targets: Target[],
  period: Period,
  toName: (area: string) => string,
): FigurePart[] {
  const due = targets.filter((target) => target.area !== null && isDue(target, period));
  return parts.map((part) => {
    const target = due.find(({ area }) => part.name !== null && toName(area ?? '') === toName(part.name));
    return target ? { ...part, target } : part;
  });
}
