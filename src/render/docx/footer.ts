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
import { type Box, toTurnedBox } from './turned-box.ts';

/** The two footers: "— 1 —" on the right of odd pages, on the left of even ones (GB/T 9704 §7.5). */
export function toFooters(style: Style): { default: Footer; even: Footer } {
  return {
    default: new Footer({ children: [toNumber(AlignmentType.RIGHT, style)] }),
    even: new Footer({ children: [toNumber(AlignmentType.LEFT, style)] }),
  };
}

/**
 * The same for pages that lie on their side: the number keeps its place on the sheet, so that it is in one corner all
 * through the bound document; `section` tells one section's from another's.
 */
export function toTurnedFooters(style: Style, section: number): { default: Footer; even: Footer } {
  const { page, pageNumber, faces } = style;
  const line = faces.pageNumber.size * 20;
  // The sheet's lower edge is on the left, its right one below.
  const box: Box = {
    left: page.bottom - pageNumber.distance - line / 2,
    top: page.left,
    width: line,
    height: page.width - page.left - page.right,
  };
  const toFooter = (alignment: 'left' | 'right', id: number) => {
    const holder = new Paragraph({ style: 'Footer' });
    holder.addChildElement(toTurnedBox(box, id, toNumber(alignment, style)));
    return new Footer({ children: [holder] });
  };
  return {
    default: toFooter(AlignmentType.RIGHT, section * 2),
    even: toFooter(AlignmentType.LEFT, section * 2 + 1),
  };
}

/** Distance of the footer's lower edge from the page's: the dashes stand half-way up its line, `distance` below the text. */
export function toFooterDistance({ pageNumber, faces }: Style, bottom: number): number {
  return Math.round(bottom - pageNumber.distance - faces.pageNumber.size * 10);
}

function toNumber(alignment: 'left' | 'right', { pageNumber, faces }: Style): Paragraph {
  const indent = { [alignment]: pageNumber.indent * faces.pageNumber.size * 20 };
  const children = [toRun('— '), ...toPageField(), toRun(' —')];
  return new Paragraph({ style: 'Footer', alignment, indent, children });
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
