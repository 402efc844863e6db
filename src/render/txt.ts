import type { Block, Draft, Run, Table } from '../model.ts';
import { type EnclosureLine, toEnclosureLines } from './enclosures.ts';
import { numberHeadings } from './number.ts';
import { placeSignature } from './signature.ts';
import type { Style } from './style.ts';
import { toPlainText, toTextBytes } from './text.ts';

const SPACE = '\u3000';

/** The draft as plain text for Notepad: UTF-8 without BOM, CRLF, paragraphs indented with full-width spaces. */
export function renderTxt(draft: Draft, style: Style): Uint8Array {
  const title = [...draft.title, ...draft.captions].map(toPlainText);
  const gap = title.length > 0 ? toEmptyLines(style.titleGap) : [];
  const annexes = draft.annexes.flatMap(({ mark, title: name, captions, blocks }) => [
    '',
    mark,
    '',
    ...[name, ...captions].filter((line) => line.length > 0).map(toPlainText),
    '',
    ...toBody(blocks, style),
  ]);
  const lines = [...title, ...gap, ...toBody(draft.blocks, style), ...annexes];
  return toTextBytes(lines.map((line) => `${line}\r\n`).join(''));
}

function toBody(blocks: readonly Block[], style: Style): string[] {
  const numbers = numberHeadings(blocks);
  return blocks.flatMap((block, index) => toLines(block, numbers[index] ?? '', style));
}

const toEmptyLines = (count: number): string[] => Array.from({ length: count }, () => '');

function toLines(block: Block, number: string, style: Style): string[] {
  const indent = SPACE.repeat(style.indent);
  switch (block.type) {
    case 'signature':
      return toSignature(block, style);
    case 'table':
      return toTable(block);
    case 'enclosures':
      return ['', ...toEnclosureLines(block.annexes).map((line) => indent + toEnclosure(line))];
    case 'addressee':
      return [toPlainText(block.runs)];
    default:
      return [`${indent}${number}${toPlainText(block.runs)}`];
  }
}

function toSignature(block: Block & { type: 'signature' }, style: Style): string[] {
  const [organisation, date] = [toPlainText(block.organisation), toPlainText(block.date)];
  const place = placeSignature(organisation, date, style, 0);
  return [
    ...toEmptyLines(style.signature.gap),
    `${toPadding(place.organisation)}${organisation}`,
    `${toPadding(place.date)}${date}`,
  ];
}

/** Cells parted by tabs, as spreadsheets take them from the clipboard. */
function toTable({ title, head, rows, notes }: Table): string[] {
  const toRow = (cells: Run[][]) => cells.map(toPlainText).join('\t');
  return [
    ...(title.length > 0 ? [toPlainText(title)] : []),
    ...[head, ...rows].map(toRow),
    ...notes.map(toPlainText),
  ];
}

const toEnclosure = ({ lead, width, number, title }: EnclosureLine): string =>
  `${lead || SPACE.repeat(width)}${number}${toPlainText(title)}`;

/** Half a 字 is one half-width space. */
function toPadding(chars: number): string {
  return SPACE.repeat(Math.floor(chars)) + (chars % 1 >= 0.5 ? ' ' : '');
}
