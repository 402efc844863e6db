import { Paragraph, type Table, TextRun } from 'docx';
import type { Annex, Block, Run } from '../../model.ts';
import { toEnclosureLines } from '../enclosures.ts';
import { numberHeadings } from '../number.ts';
import { placeSignature } from '../signature.ts';
import type { Style } from '../style.ts';
import { toPlainText } from '../text.ts';
import type { Marks } from './marks.ts';
import { toChildren, toParagraph } from './runs.ts';
import {
  ANNEX_STYLE,
  BODY_STYLE,
  CAPTION_STYLE,
  FLUSH_STYLE,
  HEADING_STYLES,
  toCellWidth,
} from './styles.ts';
import { toTable } from './table.ts';

/** Word processors set a gap between Chinese and digits, in 字; LibreOffice 0.2 (measured), Word about a quarter. */
const AUTO_SPACE = 0.25;

const KEEP_NEXT = { keepNext: true };

/** Where blocks are set. */
export interface Setting {
  style: Style;
  marks: Marks;
  /** Width of the text in twips. */
  width: number;
}

/** Blocks as paragraphs and tables, headings numbered from the first one on. */
export function toBlocks(blocks: readonly Block[], setting: Setting): (Paragraph | Table)[] {
  const numbers = numberHeadings(blocks);
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1]?.type;
    // A page with nothing but a signature is forbidden.
    const keep = next === 'signature' || (next === 'enclosures' && blocks[index + 2]?.type === 'signature');
    return toBlock(block, numbers[index] ?? '', keep, setting);
  });
}

/** The title is one paragraph with line breaks, so that it stays one in the outline and for programs that read it. */
export function toTitle(
  title: readonly Run[][],
  captions: readonly Run[][],
  style: Style,
  marks: Marks,
): Paragraph[] {
  const children = title.flatMap((line, index) => [
    ...(index > 0 ? [new TextRun({ break: 1 })] : []),
    ...toChildren(line, marks, style.faces.title.font),
  ]);
  const lines = [
    ...(children.length > 0 ? [toParagraph({ style: 'Title' }, children)] : []),
    ...captions.map((line) =>
      toParagraph({ style: CAPTION_STYLE }, toChildren(line, marks, style.faces.caption.font)),
    ),
  ];
  return lines.length === 0 ? [] : [...lines, ...toEmptyLines(style.titleGap)];
}

/** "附件1" on the first line of a page and the title on the third (GB/T 9704 §7.3.7). */
export function toAnnexHead(
  { mark, title, captions, blocks }: Annex,
  style: Style,
  marks: Marks,
  breaks: boolean,
): Paragraph[] {
  const first = toChildren([{ type: 'text', text: mark }], marks, style.faces.annex.font);
  return [
    toParagraph({ style: ANNEX_STYLE, ...(breaks && { pageBreakBefore: true }) }, first),
    ...toEmptyLines(1),
    // A table begins with a line of its own: who reports what.
    ...toTitle([title], captions, blocks[0]?.type === 'table' ? { ...style, titleGap: 0 } : style, marks),
  ];
}

function toBlock(block: Block, number: string, keep: boolean, setting: Setting): (Paragraph | Table)[] {
  const { style, marks, width } = setting;
  if (block.type === 'signature') return toSignature(block, setting);
  if (block.type === 'enclosures') return toEnclosures(block, keep, setting);
  if (block.type === 'table') return toTable(block, marks, width, style.faces);
  const { font } = style.faces[block.type === 'heading' ? (`heading${block.level}` as const) : 'body'];
  const children = toChildren([{ type: 'text', text: number }, ...block.runs], marks, font);
  switch (block.type) {
    case 'heading':
      return [toParagraph({ style: HEADING_STYLES[block.level] }, children)];
    case 'addressee':
      return [toParagraph({ style: FLUSH_STYLE }, children)];
    case 'paragraph':
      return [toParagraph({ style: BODY_STYLE, ...(keep && KEEP_NEXT) }, children)];
  }
}

/** Wrapped lines begin below the first character of the title. */
function toEnclosures(
  { annexes }: Block & { type: 'enclosures' },
  keep: boolean,
  { style, marks }: Setting,
): Paragraph[] {
  const cell = toCellWidth(style);
  const lines = toEnclosureLines(annexes).map(({ lead, width, number, title }) => {
    const hanging = Math.round((number.length / 2 + (lead === '' ? 0 : width)) * cell);
    const left = (style.indent + width) * cell + Math.round((number.length / 2) * cell);
    const runs: Run[] = [{ type: 'text', text: lead + number }, ...title];
    return toParagraph(
      { style: FLUSH_STYLE, indent: { left, hanging }, ...(keep && KEEP_NEXT) },
      toChildren(runs, marks, style.faces.body.font),
    );
  });
  return [...toEmptyLines(1, keep ? KEEP_NEXT : undefined), ...lines];
}

function toSignature(
  { organisation, date }: Block & { type: 'signature' },
  { style, marks }: Setting,
): Paragraph[] {
  const start = placeSignature(toPlainText(organisation), toPlainText(date), style, AUTO_SPACE);
  const toLine = (runs: Run[], chars: number, keep?: typeof KEEP_NEXT) => {
    const indent = { left: Math.round(chars * toCellWidth(style)) };
    return toParagraph(
      { style: FLUSH_STYLE, indent, ...keep },
      toChildren(runs, marks, style.faces.body.font),
    );
  };
  return [
    ...toEmptyLines(style.signature.gap, KEEP_NEXT),
    toLine(organisation, start.organisation, KEEP_NEXT),
    toLine(date, start.date),
  ];
}

function toEmptyLines(count: number, keep?: typeof KEEP_NEXT): Paragraph[] {
  return Array.from({ length: count }, () => new Paragraph({ ...keep }));
}
