import type { Face, Style } from '../style.ts';
import { toCommentsPart } from './comments.ts';
import { escapeXml, HEAD, WORD } from './xml.ts';

const CORE = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';

/** Parts of the package that the library writes otherwise than we want: properties and comments without a clock, and the font table. */
export function toParts(
  title: string,
  comments: readonly string[][],
  style: Style,
): { path: string; data: string }[] {
  return [
    { path: 'docProps/core.xml', data: toCoreProperties(title) },
    { path: 'word/fontTable.xml', data: toFontTable(Object.values(style.faces)) },
    ...(comments.length > 0 ? [{ path: 'word/comments.xml', data: toCommentsPart(comments) }] : []),
  ];
}

/** No created and no modified: the library would write the present time, and the same draft would differ every time. */
function toCoreProperties(title: string): string {
  const names = `xmlns:cp="${CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"`;
  const fields = `<dc:title>${escapeXml(title)}</dc:title><dc:creator>mzreport</dc:creator>`;
  return `${HEAD}<cp:coreProperties ${names}>${fields}</cp:coreProperties>`;
}

/** Names the fonts to take instead, because w:rFonts itself has no list of them. */
function toFontTable(faces: readonly Face[]): string {
  const fallbacks = new Map(
    faces.filter((face) => face.fallback.length > 0).map((face) => [face.font, face.fallback]),
  );
  const fonts = [...fallbacks].map(([name, others]) => {
    const instead = `<w:altName w:val="${escapeXml(others.join(','))}"/>`;
    return `<w:font w:name="${escapeXml(name)}">${instead}<w:charset w:val="86"/></w:font>`;
  });
  return `${HEAD}<w:fonts xmlns:w="${WORD}">${fonts.join('')}</w:fonts>`;
}
