import type { Block, Draft } from '../model.ts';
import { numberHeadings } from './number.ts';
import { placeSignature } from './signature.ts';
import type { Style } from './style.ts';
import { toPlainText } from './text.ts';

const SPACE = '\u3000';

/** The draft as plain text for Notepad: UTF-8 without BOM, CRLF, paragraphs indented with full-width spaces. */
export function renderTxt(draft: Draft, style: Style): Uint8Array {
  const numbers = numberHeadings(draft.blocks);
  const title = draft.title.map(toPlainText);
  const gap = title.length > 0 ? Array.from({ length: style.titleGap }, () => '') : [];
  const body = draft.blocks.flatMap((block, index) => toLines(block, numbers[index] ?? '', style));
  return new TextEncoder().encode([...title, ...gap, ...body].map((line) => `${line}\r\n`).join(''));
}

function toLines(block: Block, number: string, style: Style): string[] {
  if (block.type !== 'signature') return [`${SPACE.repeat(style.indent)}${number}${toPlainText(block.runs)}`];
  const [organisation, date] = [toPlainText(block.organisation), toPlainText(block.date)];
  const place = placeSignature(organisation, date, style, 0);
  const gap = Array.from({ length: style.signature.gap }, () => '');
  return [...gap, `${toPadding(place.organisation)}${organisation}`, `${toPadding(place.date)}${date}`];
}

/** Half a 字 is one half-width space. */
function toPadding(chars: number): string {
  return SPACE.repeat(Math.floor(chars)) + (chars % 1 >= 0.5 ? ' ' : '');
}
