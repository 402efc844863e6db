import type { Annex, Block, Draft, Run, Table } from '../../model.ts';
import { type Bookmarks, createBookmarks } from '../bookmark.ts';
import { toColumns } from '../columns.ts';
import { toEnclosureLines } from '../enclosures.ts';
import { numberHeadings } from '../number.ts';
import { placeSignature } from '../signature.ts';
import type { Style } from '../style.ts';
import { toPlainText } from '../text.ts';
import { renderCharts } from './charts.ts';
import { toSheet } from './sheet.ts';
import { escapeHtml, toInline } from './text.ts';

/** Nothing is fetched and nothing runs: a file that may be passed on. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** The draft as one HTML file for the browser, which prints it on A4 as the docx is; everything in it is escaped. */
export function renderHtml(draft: Draft, style: Style): Uint8Array {
  const bookmarks = createBookmarks();
  const { page } = style;
  const setting = { style, bookmarks, width: page.width - page.left - page.right };
  const html = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(draft.title.map(toPlainText).join(''))}</title>
<style>
${toSheet(style)}
</style>
</head>
<body>
<main>
<article class="page">
${toHeader('h1', draft.title, draft.captions, bookmarks)}
${toBlocks(draft.blocks, setting)}
</article>
${draft.annexes.map((annex) => toAnnex(annex, setting)).join('\n')}
${renderCharts(draft.charts ?? [])}
</main>
</body>
</html>
`;
  return new TextEncoder().encode(html);
}

/** What all blocks of a document share. */
interface Setting {
  style: Style;
  bookmarks: Bookmarks;
  /** Width of the text in twips. */
  width: number;
}

function toHeader(
  element: 'h1' | 'h2',
  title: readonly Run[][],
  captions: readonly Run[][],
  bookmarks: Bookmarks,
): string {
  if (title.flat().length + captions.length === 0) return '';
  const lines = title.map((line) => toInline(line, bookmarks)).join('<br>');
  const below = captions.map((line) => `<p class="caption">${toInline(line, bookmarks)}</p>`);
  return `<header>\n<${element} class="title">${lines}</${element}>\n${below.join('\n')}</header>`;
}

function toAnnex({ mark, title, captions, landscape, blocks }: Annex, setting: Setting): string {
  const { page } = setting.style;
  const own = landscape ? { ...setting, width: page.height - page.top - page.bottom } : setting;
  const name = landscape ? 'page annex landscape' : 'page annex';
  return `<section class="${name}">
<p class="mark">${escapeHtml(mark)}</p>
${toHeader('h2', [title], captions, setting.bookmarks)}
${toBlocks(blocks, own)}
</section>`;
}

function toBlocks(blocks: readonly Block[], setting: Setting): string {
  const numbers = numberHeadings(blocks);
  return blocks.map((block, index) => toBlock(block, numbers[index] ?? '', setting)).join('\n');
}

function toBlock(block: Block, number: string, { style, bookmarks, width }: Setting): string {
  switch (block.type) {
    case 'heading': {
      const element = `h${block.level + 1}`;
      return `<${element}>${number}${toInline(block.runs, bookmarks)}</${element}>`;
    }
    case 'paragraph':
      return `<p>${toInline(block.runs, bookmarks)}</p>`;
    case 'addressee':
      return `<p class="flush">${toInline(block.runs, bookmarks)}</p>`;
    case 'table':
      return toTable(block, bookmarks, width / (style.faces.table.size * 20));
    case 'enclosures':
      return toEnclosures(block, bookmarks);
    case 'signature':
      return toSignature(block, style, bookmarks);
  }
}

function toTable(table: Table, bookmarks: Bookmarks, room: number): string {
  const columns = toColumns(table, room);
  const toRow = (cells: readonly string[]) => `<tr>${cells.join('')}</tr>`;
  const head = table.head.map((cell) => `<th scope="col">${toInline(cell, bookmarks)}</th>`);
  const rows = table.rows.map((row) =>
    toRow(
      row.map(
        (cell, index) =>
          `<td${columns[index]?.numeric ? ' class="number"' : ''}>${toInline(cell, bookmarks)}</td>`,
      ),
    ),
  );
  const caption = table.title.length > 0 ? `<caption>${toInline(table.title, bookmarks)}</caption>\n` : '';
  const notes = table.notes.map((note) => `<p class="note">${toInline(note, bookmarks)}</p>`);
  const widths = columns.map(({ share }) => `<col style="width:${(share * 100).toFixed(1)}%">`);
  return `<table>
${caption}<colgroup>${widths.join('')}</colgroup>
<thead>${toRow(head)}</thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${notes.join('\n')}`;
}

function toEnclosures({ annexes }: Block & { type: 'enclosures' }, bookmarks: Bookmarks): string {
  const lines = toEnclosureLines(annexes).map(({ lead, width, number, title }) => {
    const left = width + number.length / 2;
    const back = lead === '' ? number.length / 2 : left;
    const place = `padding-left:${left}em;text-indent:-${back}em`;
    return `<p class="flush" style="${place}">${lead}${number}${toInline(title, bookmarks)}</p>`;
  });
  return `<div class="enclosures">\n${lines.join('\n')}\n</div>`;
}

function toSignature(
  { organisation, date }: Block & { type: 'signature' },
  style: Style,
  bookmarks: Bookmarks,
): string {
  const place = placeSignature(toPlainText(organisation), toPlainText(date), style, 0);
  const toLine = (runs: Run[], chars: number) =>
    `<p class="flush" style="padding-left:${chars}em">${toInline(runs, bookmarks)}</p>`;
  return `<footer class="signature">
${toLine(organisation, place.organisation)}
${toLine(date, place.date)}
</footer>`;
}
