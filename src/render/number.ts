import { toChineseNumeral } from '../format.ts';
import type { Block } from '../model.ts';

/** 结构层次序数 by level, GB/T 9704 §7.3.3. */
const FORMS = {
  1: (count: number) => `${toChineseNumeral(count)}、`,
  2: (count: number) => `（${toChineseNumeral(count)}）`,
  3: (count: number) => `${count}.`,
  4: (count: number) => `（${count}）`,
};

/** For each block its heading number as printed, '' for a block that is no heading; counting restarts below every higher heading. */
export function numberHeadings(blocks: readonly Block[]): string[] {
  const counts = [0, 0, 0, 0];
  return blocks.map((block) => {
    if (block.type !== 'heading') return '';
    const { level } = block;
    const count = (counts[level - 1] ?? 0) + 1;
    counts.fill(0, level);
    counts[level - 1] = count;
    return FORMS[level](count);
  });
}
