import {
  AlignmentType,
  BuilderElement,
  Footer,
  Paragraph,
  StringContainer,
  TextRun,
  type XmlComponent,
} from 'docx';
import type { Style } from '../style.ts';

/** The two footers: "— 1 —" on the right of odd pages, on the left of even ones (GB/T 9704 §7.5). */
export function toFooters(style: Style): { default: Footer; even: Footer } {
  const space = style.pageNumber.indent * style.faces.pageNumber.size * 20;
  return {
    default: toFooter(AlignmentType.RIGHT, { right: space }),
    even: toFooter(AlignmentType.LEFT, { left: space }),
  };
}

/** Distance of the footer's lower edge from the page's: the dashes stand half-way up its line, `distance` below the text. */
export function toFooterDistance({ pageNumber, faces }: Style, bottom: number): number {
  return Math.round(bottom - pageNumber.distance - faces.pageNumber.size * 10);
}

function toFooter(alignment: 'left' | 'right', indent: { left?: number; right?: number }): Footer {
  const children = [toRun('— '), ...toPageField(), toRun(' —')];
  return new Footer({ children: [new Paragraph({ style: 'Footer', alignment, indent, children })] });
}

/** All five parts: without "separate", a result and "end" WPS shows nothing. */
function toPageField(): TextRun[] {
  const instruction = new StringContainer('w:instrText', 'PAGE');
  return [toMark('begin'), instruction, toMark('separate'), '1', toMark('end')].map(toRun);
}

function toMark(type: 'begin' | 'separate' | 'end'): XmlComponent {
  return new BuilderElement({
    name: 'w:fldChar',
    attributes: { type: { key: 'w:fldCharType', value: type } },
  });
}

function toRun(child: string | XmlComponent): TextRun {
  return new TextRun({ children: [child], font: { hint: 'eastAsia' } });
}
