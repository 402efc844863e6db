import { AlignmentType, type IParagraphPropertiesOptions, type IStylesOptions, LineRuleType } from 'docx';
import type { Face, Style } from '../style.ts';
import { COMMENT_STYLE } from './comments.ts';

/** Style of a body paragraph; `Normal` itself has no indent, so that footers and signatures need not undo it. */
export const BODY_STYLE = 'MzBody';

/** Style of what stands flush left or is placed line by line: 主送, 附件说明, 署名 and 成文日期. */
export const FLUSH_STYLE = 'MzFlush';

/** Styles of 题注, of "附件1" and of a table's title, head and cells. */
export const CAPTION_STYLE = 'MzCaption';
export const ANNEX_STYLE = 'MzAnnex';
export const TABLE_TITLE_STYLE = 'MzTableTitle';
export const TABLE_HEAD_STYLE = 'MzTableHead';
export const TABLE_STYLE = 'MzTable';

/** Style ids of headings by level. */
export const HEADING_STYLES = { 1: 'Heading1', 2: 'Heading2', 3: 'Heading3', 4: 'Heading4' } as const;

/**
 * What is added to every character of the text, in twips, so that a line holds as many 字 as it should; see layout.md.
 * Rounded down: 28 of them a hair too wide would leave 27 on the line.
 */
export function toTracking({ page, chars, faces }: Style): number {
  return Math.floor((page.width - page.left - page.right) / chars - faces.body.size * 20);
}

/** Width of a 字 of the text in twips. */
export function toCellWidth(style: Style): number {
  return style.faces.body.size * 20 + toTracking(style);
}

/** The Word styles of a document, named as Word names its own, so that the navigation pane and a person's edits work. */
export function toStyles(style: Style): IStylesOptions {
  const { faces } = style;
  return {
    default: {
      document: { run: toRunStyle(faces.body) },
      title: {
        basedOn: 'Normal',
        next: BODY_STYLE,
        quickFormat: true,
        paragraph: { alignment: AlignmentType.CENTER, keepNext: true },
        run: toRunStyle(faces.title),
      },
      heading1: toHeading(style, faces.heading1, 0),
      heading2: toHeading(style, faces.heading2, 1),
      heading3: toHeading(style, faces.heading3, 2),
      heading4: toHeading(style, faces.heading4, 3),
    },
    paragraphStyles: [
      toNormal(style),
      toBody(style),
      toFlush(style),
      toLine(CAPTION_STYLE, '公文题注', faces.caption, style.line, AlignmentType.CENTER),
      toLine(ANNEX_STYLE, '公文附件', faces.annex, style.line, AlignmentType.LEFT),
      toLine(TABLE_TITLE_STYLE, '表题', faces.tableTitle, style.tableLine, AlignmentType.CENTER),
      toLine(TABLE_HEAD_STYLE, '表头', faces.tableHead, style.tableLine, AlignmentType.CENTER),
      toLine(TABLE_STYLE, '表格', faces.table, style.tableLine, AlignmentType.LEFT),
      toFooterStyle(style),
      toCommentStyle(style),
    ],
  };
}

function toHeading(style: Style, face: Face, outlineLevel: number) {
  return {
    basedOn: 'Normal',
    next: BODY_STYLE,
    quickFormat: true,
    paragraph: { indent: toIndent(style), keepNext: true, outlineLevel },
    run: { ...toRunStyle(face), characterSpacing: toTracking(style) },
  };
}

function toNormal(style: Style) {
  // Widow control would move a line to the next page and leave 21 on this one.
  const paragraph: IParagraphPropertiesOptions = {
    alignment: AlignmentType.BOTH,
    spacing: toSpacing(style.line),
    widowControl: false,
  };
  return { id: 'Normal', name: 'Normal', quickFormat: true, paragraph, run: toRunStyle(style.faces.body) };
}

function toBody(style: Style) {
  const run = { characterSpacing: toTracking(style) };
  const paragraph = { indent: toIndent(style) };
  return { id: BODY_STYLE, name: '公文正文', basedOn: 'Normal', quickFormat: true, paragraph, run };
}

function toFlush(style: Style) {
  const run = { characterSpacing: toTracking(style) };
  const paragraph = { alignment: AlignmentType.LEFT };
  return { id: FLUSH_STYLE, name: '公文顶格', basedOn: 'Normal', quickFormat: true, paragraph, run };
}

/** Lines with a face of their own. */
function toLine(id: string, name: string, face: Face, line: number, alignment: 'center' | 'left') {
  const paragraph = { alignment, spacing: toSpacing(line) };
  return { id, name, basedOn: 'Normal', quickFormat: true, paragraph, run: toRunStyle(face) };
}

function toFooterStyle({ faces }: Style) {
  const paragraph = { spacing: toSpacing(faces.pageNumber.size * 20) };
  return { id: 'Footer', name: 'footer', basedOn: 'Normal', paragraph, run: toRunStyle(faces.pageNumber) };
}

/** Half the text's size, in Word's own line. */
function toCommentStyle({ faces }: Style) {
  const paragraph = {
    alignment: AlignmentType.LEFT,
    spacing: { line: 240, lineRule: LineRuleType.AUTO, before: 0, after: 0 },
  };
  const run = { ...toRunStyle(faces.body), size: faces.body.size };
  return { id: COMMENT_STYLE, name: 'annotation text', basedOn: 'Normal', paragraph, run };
}

/** Both: Word goes by the characters, LibreOffice by the twips. */
function toIndent(style: Style) {
  return { firstLine: style.indent * toCellWidth(style), firstLineChars: style.indent * 100 };
}

function toSpacing(line: number) {
  return { line, lineRule: LineRuleType.EXACT, before: 0, after: 0 };
}

function toRunStyle(face: Face) {
  return {
    font: { ascii: face.latin, hAnsi: face.latin, eastAsia: face.font, cs: face.latin },
    size: face.size * 2,
    bold: face.bold,
    language: { value: 'en-US', eastAsia: 'zh-CN' },
  };
}
