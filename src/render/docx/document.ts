import {
  Document,
  type IParagraphOptions,
  type ISectionOptions,
  Packer,
  Paragraph,
  TextRun,
  type XmlComponent,
} from 'docx';
import type { Block, Draft, Run } from '../../model.ts';
import { numberHeadings } from '../number.ts';
import { placeSignature } from '../signature.ts';
import type { Style } from '../style.ts';
import { toPlainText } from '../text.ts';
import { createBookmarks } from './bookmark.ts';
import { toFooterDistance, toFooters } from './footer.ts';
import { toParts } from './parts.ts';
import { toChildren } from './runs.ts';
import { BODY_STYLE, HEADING_STYLES, SIGNATURE_STYLE, toCellWidth, toStyles } from './styles.ts';
import { dropZipTimes } from './zip.ts';

/** Word processors set a gap between Chinese and digits, in 字; LibreOffice 0.2 (measured), Word about a quarter. */
const AUTO_SPACE = 0.25;

const KEEP_NEXT = { keepNext: true };

type Bookmarks = ReturnType<typeof createBookmarks>;

/** The draft as a Word document in the format of GB/T 9704. */
export async function renderDocx(draft: Draft, style: Style): Promise<Uint8Array> {
  const title = draft.title.map(toPlainText).join('');
  const document = new Document({
    title,
    creator: 'mzreport',
    evenAndOddHeaderAndFooters: true,
    styles: toStyles(style),
    sections: [{ properties: toSection(style), footers: toFooters(style), children: toBody(draft, style) }],
  });
  return dropZipTimes(await Packer.toBuffer(document, false, toParts(title, style)));
}

function toSection(style: Style): NonNullable<ISectionOptions['properties']> {
  const { width, height, ...margin } = style.page;
  return {
    page: {
      size: { width, height },
      margin: { ...margin, header: Math.floor(margin.top / 2), footer: toFooterDistance(style) },
    },
    // Without a type it only tells the pitch and binds nothing: layout.md says why.
    grid: { linePitch: style.line },
  };
}

function toBody(draft: Draft, style: Style): Paragraph[] {
  const bookmarks = createBookmarks();
  const numbers = numberHeadings(draft.blocks);
  const blocks = draft.blocks.flatMap((block, index) => {
    const number = numbers[index] ?? '';
    const keepNext = draft.blocks[index + 1]?.type === 'signature';
    return toBlock(block, { number, keepNext, style, bookmarks });
  });
  return [...toTitle(draft.title, style, bookmarks), ...blocks];
}

/** One paragraph with line breaks, so that the title stays one in the outline and for programs that read it. */
function toTitle(title: readonly Run[][], style: Style, bookmarks: Bookmarks): Paragraph[] {
  if (title.length === 0) return [];
  const children = title.flatMap((line, index) => [
    ...(index > 0 ? [new TextRun({ break: 1 })] : []),
    ...toChildren(line, bookmarks),
  ]);
  return [toParagraph({ style: 'Title' }, children), ...toEmptyLines(style.titleGap)];
}

interface Place {
  number: string;
  /** True for the paragraph before a signature: a page with nothing but a signature is forbidden. */
  keepNext: boolean;
  style: Style;
  bookmarks: Bookmarks;
}

function toBlock(block: Block, place: Place): Paragraph[] {
  if (block.type === 'signature') return toSignature(block, place);
  const children = toChildren([{ type: 'text', text: place.number }, ...block.runs], place.bookmarks);
  if (block.type === 'heading') return [toParagraph({ style: HEADING_STYLES[block.level] }, children)];
  return [toParagraph({ style: BODY_STYLE, ...(place.keepNext && KEEP_NEXT) }, children)];
}

function toSignature(block: Block & { type: 'signature' }, { style, bookmarks }: Place): Paragraph[] {
  const { organisation, date } = block;
  const start = placeSignature(toPlainText(organisation), toPlainText(date), style, AUTO_SPACE);
  const toLine = (runs: Run[], chars: number, keep?: typeof KEEP_NEXT) => {
    const indent = { left: Math.round(chars * toCellWidth(style)) };
    return toParagraph({ style: SIGNATURE_STYLE, indent, ...keep }, toChildren(runs, bookmarks));
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

/** The library's own children list takes its Bookmark only, whose ids go on counting from document to document. */
function toParagraph(options: IParagraphOptions, children: readonly XmlComponent[]): Paragraph {
  const paragraph = new Paragraph(options);
  for (const child of children) paragraph.addChildElement(child);
  return paragraph;
}
