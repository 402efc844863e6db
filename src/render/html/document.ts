import type { Annex, Block, Draft, Report, Run, Table } from '../../model.ts';
import { toColumns } from '../columns.ts';
import { toEnclosureLines } from '../enclosures.ts';
import { numberHeadings } from '../number.ts';
import { placeSignature } from '../signature.ts';
import type { Style } from '../style.ts';
import { toPlainText } from '../text.ts';
import { toPanel } from './basis.ts';
import { renderCharts } from './charts.ts';
import { escapeHtml } from './escape.ts';
import { createPen, type Pen } from './pen.ts';
import { SCREEN } from './screen.ts';
import { POLICY, SCRIPT } from './script.ts';
import { toSheet } from './sheet.ts';
import { toTodo } from './todo.ts';

/**
 * The draft as one HTML file for the browser, which prints it on A4 as the docx is; on the screen every figure can be
 * asked where it comes from. Everything in it is escaped.
 */
export function renderHtml(draft: Draft, style: Style, report: Report): Uint8Array {
  const pen = createPen(report, new Set(draft.withheld));
  // First, so that the pen has been everywhere when it is asked what it wrote.
  const main = toMain(draft, style, pen);
  const html = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(draft.title.map(toPlainText).join(''))}</title>
<style>
${toSheet(style)}
${SCREEN}
</style>
</head>
<body>
${toTodo(pen, report)}
${main}
${toPanel(pen)}
<script>${SCRIPT}</script>
</body>
</html>
`;
  return new TextEncoder().encode(html);
}

function toMain(draft: Draft, style: Style, pen: Pen): string {
  const { page } = style;
  const setting = { style, pen, width: page.width - page.left - page.right };
  return `<main>
<article class="page">
${toHeader('h1', draft.title, draft.captions, pen)}
${toBlocks(draft.blocks, setting)}
</article>
${draft.annexes.map((annex) => toAnnex(annex, setting)).join('\n')}
${renderCharts(draft.charts ?? [], pen)}
</main>`;
}

/** What all blocks of a document share. */
interface Setting {
  style: Style;
  pen: Pen;
  /** Width of the text in twips. */
  width: number;
}

function toHeader(
  element: 'h1' | 'h2',
  title: readonly Run[][],
  captions: readonly Run[][],
  pen: Pen,
): string {
  if (title.flat().length + captions.length === 0) return '';
  const lines = title.map((line) => pen.head(line)).join('<br>');
  const below = captions.map((line) => `<p class="caption">${pen.write(line)}</p>`);
  return `<header>\n<${element} class="title">${lines}</${element}>\n${below.join('\n')}</header>`;
}

function toAnnex({ mark, title, captions, landscape, blocks }: Annex, setting: Setting): string {
  const { page } = setting.style;
  const own = landscape ? { ...setting, width: page.height - page.top - page.bottom } : setting;
  const name = landscape ? 'page annex landscape' : 'page annex';
  return `<section class="${name}">
<p class="mark">${escapeHtml(mark)}</p>
${toHeader('h2', [title], captions, setting.pen)}
${toBlocks(blocks, own)}
</section>`;
}

function toBlocks(blocks: readonly Block[], setting: Setting): string {
  const numbers = numberHeadings(blocks);
  return blocks.map((block, index) => toBlock(block, numbers[index] ?? '', setting)).join('\n');
}

function toBlock(block: Block, number: string, { style, pen, width }: Setting): string {
  switch (block.type) {
    case 'heading': {
      const element = `h${block.level + 1}`;
      return `<${element}>${number}${pen.head(block.runs)}</${element}>`;
    }
    case 'paragraph':
      return `<p>${pen.write(block.runs)}</p>`;
    case 'addressee':
      return `<p class="flush">${pen.write(block.runs)}</p>`;
    case 'table':
      return toTable(block, pen, width / (style.faces.table.size * 20));
    case 'enclosures':
      return toEnclosures(block, pen);
    case 'signature':
      return toSignature(block, style, pen);
  }
}

function toTable(table: Table, pen: Pen, room: number): string {
  const columns = toColumns(table, room);
  const toRow = (cells: readonly string[]) => `<tr>${cells.join('')}</tr>`;
  const head = table.head.map((cell) => `<th scope="col">${pen.head(cell)}</th>`);
  const rows = table.rows.map((row) =>
    toRow(
      row.map(
        (cell, index) => `<td${columns[index]?.numeric ? ' class="number"' : ''}>${pen.write(cell)}</td>`,
      ),
    ),
  );
  const caption = table.title.length > 0 ? `<caption>${pen.head(table.title)}</caption>\n` : '';
  const notes = table.notes.map((note) => `<p class="note">${pen.write(note)}</p>`);
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

function toEnclosures({ annexes }: Block & { type: 'enclosures' }, pen: Pen): string {
  const lines = toEnclosureLines(annexes).map(({ lead, width, number, title }) => {
    const left = width + number.length / 2;
    const back = lead === '' ? number.length / 2 : left;
    const place = `padding-left:${left}em;text-indent:-${back}em`;
    return `<p class="flush" style="${place}">${lead}${number}${pen.head(title)}</p>`;
  });
  return `<div class="enclosures">\n${lines.join('\n')}\n</div>`;
}

function toSignature({ organisation, date }: Block & { type: 'signature' }, style: Style, pen: Pen): string {
  const place = placeSignature(toPlainText(organisation), toPlainText(date), style, 0);
  const toLine = (runs: Run[], chars: number) =>
    `<p class="flush" style="padding-left:${chars}em">${pen.write(runs)}</p>`;
  return `<footer class="signature">
${toLine(organisation, place.organisation)}
${toLine(date, place.date)}
</footer>`;
}
