import type { Face, Style } from '../style.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const CORE = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** Parts of the package that the library writes otherwise than we want: properties without a clock, and the font table. */
export function toParts(title: string, style: Style): { path: string; data: string }[] {
  return [
    { path: 'docProps/core.xml', data: toCoreProperties(title) },
    { path: 'word/fontTable.xml', data: toFontTable(Object.values(style.faces)) },
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

function escapeXml(text: string): string {
  return text.replace(/[&<>"\x00-\x1f]/g, (char) => ENTITIES[char] ?? '');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
