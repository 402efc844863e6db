import { Failure } from '../failure.ts';
import { type StyleSheet, styleSchema, toWords } from './style-schema.ts';

/** How an element is set. */
export interface Face {
  /** Font of Chinese characters and their punctuation. */
  font: string;
  /** Font of half-width digits and letters. */
  latin: string;
  /** Fonts to take where `font` is not installed, best first. */
  fallback: string[];
  /** In points. */
  size: number;
  bold: boolean;
}

export type Element =
  | 'title'
  | 'body'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'caption'
  | 'annex'
  | 'tableTitle'
  | 'tableHead'
  | 'table'
  | 'pageNumber';

/** 公文样式, ready to render. Lengths are in twips (1/20 pt) unless said otherwise; a 字 is one cell of the grid. */
export interface Style {
  page: { width: number; height: number; top: number; bottom: number; left: number; right: number };
  /** Lines of a page and 字 of a line. */
  lines: number;
  chars: number;
  /** Fixed height of a line. */
  line: number;
  faces: Record<Element, Face>;
  /** First-line indent in 字. */
  indent: number;
  /** Empty lines between title and body. */
  titleGap: number;
  /** Fixed height of a line in a table. */
  tableLine: number;
  /** Page number: distance to the margin in 字 of its own size, and of its dashes below the text. */
  pageNumber: { indent: number; distance: number };
  /** 署名: empty lines before it; 字 kept free on its right; 字 that the date starts further right. */
  signature: { gap: number; right: number; shift: number };
}

/** The style in `spec`, which was read from the file `where`; everything that is wrong in it is named in one Failure 'config-invalid'. */
export function parseStyle(spec: unknown, where: string): Style {
  const parsed = styleSchema.safeParse(spec, { error: toWords });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || '整个文件'}：${issue.message}`,
    );
    throw new Failure('config-invalid', { where, found: faults.join('；') }, parsed.error);
  }
  const style = toStyle(parsed.data);
  checkRoom(style, where);
  return style;
}

/** A page too small for its lines would give a negative bottom margin, which Word opens and prints wrongly. */
function checkRoom(style: Style, where: string): void {
  const { page, pageNumber, faces } = style;
  const needed = pageNumber.distance + faces.pageNumber.size * 10;
  if (page.bottom >= needed && page.left + page.right < page.width) return;
  const found = '页面：放不下所写的行数、边距和页码';
  throw new Failure('config-invalid', { where, found, expected: '更少的每页行数、更小的行距或边距' });
}

const toTwips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440);

function toStyle(sheet: StyleSheet): Style {
  const { 页面: page, 页码: pageNumber, 落款: signature } = sheet;
  const [height, top, line] = [toTwips(page.高), toTwips(page.上边距), Math.round(page.行距 * 20)];
  return {
    page: {
      width: toTwips(page.宽),
      height,
      top,
      // 225 mm are 12755.9 twips, 22 lines of 29 pt are 12760: a bottom margin of 35 mm would cost the last line.
      bottom: height - top - page.每页行数 * line,
      left: toTwips(page.左边距),
      right: toTwips(page.右边距),
    },
    lines: page.每页行数,
    chars: page.每行字数,
    line,
    faces: toFaces(sheet),
    indent: sheet.首行缩进,
    titleGap: sheet.标题后空行,
    tableLine: Math.round(sheet.表格.行距 * 20),
    pageNumber: { indent: pageNumber.空字, distance: toTwips(pageNumber.距版心) },
    signature: { gap: signature.前空行, right: signature.右空, shift: signature.错后 },
  };
}

function toFaces({ 字体: faces, 西文字体: latin }: StyleSheet): Record<Element, Face> {
  const toFace = (spec: StyleSheet['字体']['标题']): Face => ({
    font: spec.字体,
    latin: spec.西文字体 ?? latin,
    fallback: spec.备用,
    size: spec.字号,
    bold: spec.加粗,
  });
  return {
    title: toFace(faces.标题),
    body: toFace(faces.正文),
    heading1: toFace(faces.一级标题),
    heading2: toFace(faces.二级标题),
    heading3: toFace(faces.三级标题),
    heading4: toFace(faces.四级标题),
    caption: toFace(faces.题注),
    annex: toFace(faces.附件),
    tableTitle: toFace(faces.表题),
    tableHead: toFace(faces.表头),
    table: toFace(faces.表格),
    pageNumber: toFace(faces.页码),
  };
}
