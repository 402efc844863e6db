import type { Face, Style } from '../style.ts';

/** The style sheet: the page of the docx on paper, a sheet of the same size on the screen. */
export function toSheet(style: Style): string {
  const { page, faces } = style;
  const margins = [page.top, page.right, page.bottom, page.left];
  const turned = [page.left, page.top, page.right, page.bottom];
  // 28 字 of 16 pt are a little wider than the text: the rest is taken from between them, as in the docx.
  const tracking = Math.floor((page.width - page.left - page.right) / style.chars - faces.body.size * 20);
  return `${toLatinFaces(Object.values(faces))}
@page { size: ${toPoints([page.width, page.height])}; margin: ${toPoints(margins)}; }
@page wide { size: ${toPoints([page.height, page.width])}; margin: ${toPoints(turned)}; }
${toPageNumbers(style)}
* { box-sizing: border-box; }
body { margin: 0; color: #000; ${toFont(faces.body)} line-height: ${style.line / 20}pt; letter-spacing: ${tracking / 20}pt; text-align: justify; overflow-wrap: anywhere; }
p, h1, h2, h3, h4, h5 { margin: 0; text-indent: ${style.indent}em; }
h2 { ${toFont(faces.heading1)} }
h3 { ${toFont(faces.heading2)} }
h4 { ${toFont(faces.heading3)} }
h5 { ${toFont(faces.heading4)} }
h2, h3, h4, h5 { break-after: avoid; }
.title { ${toFont(faces.title)} text-align: center; text-indent: 0; letter-spacing: 0; }
header { margin-bottom: ${(style.line * style.titleGap) / 20}pt; }
.caption { ${toFont(faces.caption)} text-align: center; text-indent: 0; }
.flush { text-indent: 0; text-align: left; }
.mark { ${toFont(faces.annex)} text-indent: 0; margin-bottom: ${style.line / 20}pt; }
.enclosures { margin-top: ${style.line / 20}pt; padding-left: ${style.indent}em; }
.signature { margin-top: ${(style.line * style.signature.gap) / 20}pt; break-inside: avoid; }
.annex { break-before: page; }
.landscape { page: wide; }
table { width: 100%; border-collapse: collapse; ${toFont(faces.table)} line-height: ${style.tableLine / 20}pt; letter-spacing: 0; }
caption { ${toFont(faces.tableTitle)} text-align: center; }
th, td { border: 0.5pt solid #000; padding: 0 3pt; }
th { ${toFont(faces.tableHead)} text-align: center; }
td { text-align: left; }
td.number { text-align: right; white-space: nowrap; }
td.number mark { white-space: normal; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.chart { margin: 0 0 12pt; break-inside: avoid; }
.chart svg { width: 100%; height: auto; }
.note { ${toFont(faces.table)} line-height: ${style.tableLine / 20}pt; text-indent: 0; letter-spacing: 0; }
mark { background: #ff0; color: inherit; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media screen {
  body { background: #ddd; padding: 1em 0; }
  .page { background: #fff; width: ${page.width / 20}pt; max-width: 100%; margin: 0 auto 1em; padding: ${toPoints(margins)}; }
  .page.landscape { width: ${page.height / 20}pt; padding: ${toPoints(turned)}; overflow-x: auto; }
}
@media screen and (max-width: 800px) { .page, .page.landscape { padding: 1em; } }`;
}

const toPoints = (twips: number[]): string => twips.map((each) => `${each / 20}pt`).join(' ');

/** Quotes and dashes are in Latin fonts too; only letters and digits may be taken from there. */
function toLatinFaces(faces: readonly Face[]): string {
  const names = [...new Set(faces.map(({ latin }) => latin))];
  return names
    .map(
      (name) =>
        `@font-face { font-family: ${toName(`${name} 西文`)}; src: local(${toName(name)}); unicode-range: U+20-7E; }`,
    )
    .join('\n');
}

function toFont({ font, latin, fallback, size, bold }: Face): string {
  const names = [`${latin} 西文`, font, ...fallback].map(toName);
  return `font: ${bold ? 'bold' : 'normal'} ${size}pt ${[...names, 'serif'].join(', ')}; line-height: inherit;`;
}

/** Outer margins are at the right of odd and at the left of even pages. */
function toPageNumbers({ faces, pageNumber }: Style): string {
  const { font, latin, fallback, size } = faces.pageNumber;
  const names = [latin, font, ...fallback].map(toName).join(', ');
  const space = pageNumber.indent * size;
  const box = (side: 'left' | 'right') =>
    `@bottom-${side} { content: "— " counter(page) " —"; font: ${size}pt ${names}, serif; vertical-align: top; padding-top: ${pageNumber.distance / 20 - size / 2}pt; padding-${side}: ${space}pt; }`;
  return `@page :right { ${box('right')} }\n@page :left { ${box('left')} }`;
}

/** A font's name as a CSS string; nothing in it can end the string or the style sheet. */
const toName = (name: string): string =>
  `"${name.replace(/["'\\<>\x00-\x1f]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
