import type { Block } from '../model.ts';

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in the small Chinese numerals of headings (10 is 十, 11 十一, 20 二十); any other number throws a RangeError. */
export function toChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 99)
    throw new RangeError(`not within 1 to 99: ${value}`);
  const tens = Math.floor(value / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${ten}${DIGITS[value % 10]}`;
}

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
