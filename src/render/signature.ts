import type { Style } from './style.ts';
import { measureText } from './text.ts';

/** Where the two lines of a signature start, in 字 from the left margin. */
export interface SignaturePlace {
  organisation: number;
  date: number;
}

/**
 * Places 署名 and 成文日期 of an unsealed document (GB/T 9704 §7.3.5.2): the organisation 右空二字, the date starting 二字
 * further right; where the date would then come nearer to the margin than 二字, it is the date that keeps 二字 and the
 * organisation moves left. A line too long for that starts at the margin. `gap` as in measureText.
 */
export function placeSignature(
  organisation: string,
  date: string,
  style: Style,
  gap: number,
): SignaturePlace {
  const { right, shift } = style.signature;
  const width = Math.max(measureText(organisation, gap), measureText(date, gap) + shift);
  const start = Math.max(0, style.chars - right - width);
  return { organisation: start, date: date === '' ? start : start + shift };
}
