import type { Block, Draft, Run, Table } from '../model.ts';
import { toColumns } from './columns.ts';
import { toEnclosureLines } from './enclosures.ts';
import { numberHeadings } from './number.ts';
import { placeSignature } from './signature.ts';
import type { Style } from './style.ts';
import { toPlainText, toTextBytes } from './text.ts';

/** The draft as CommonMark with tables: LF, a final newline, one paragraph per block, every character of the draft kept literal. */
export function renderMd(draft: Draft, style: Style): Uint8Array {
  const title = toTitle(draft.title, draft.captions);
  const annexes = draft.annexes.flatMap(({ mark, title: name, captions, blocks }) => [
    '---',
    mark,
    ...toTitle([name], captions),
    ...toBody(blocks, style),
  ]);
  const paragraphs = [...title, ...toBody(draft.blocks, style), ...annexes];
  return toTextBytes(`${paragraphs.join('\n\n')}\n`);
}

const toTitle = (lines: readonly Run[][], captions: readonly Run[][]): string[] => [
  ...(lines.flat().length > 0 ? [`# ${lines.map(toInline).join('')}`] : []),
  ...captions.map((line) => escapeStart(toInline(line))),
];

function toBody(blocks: readonly Block[], style: Style): string[] {
  const numbers = numberHeadings(blocks);
  return blocks.flatMap((block, index) => toParagraphs(block, numbers[index] ?? '', style));
}

function toParagraphs(block: Block, number: string, style: Style): string[] {
  switch (block.type) {
    case 'heading':
      return [`${'#'.repeat(block.level + 1)} ${number}${toInline(block.runs)}`];
    case 'paragraph':
    case 'addressee':
      return [escapeStart(toInline(block.runs))];
    case 'enclosures':
      return toEnclosureLines(block.annexes).map(
        ({ lead, width, number: count, title }) => `${lead || toPadding(width)}${count}${toInline(title)}`,
      );
    case 'table':
      return toTable(block);
    case 'signature':
      return toSignature(block, style);
  }
}

function toSignature({ organisation, date }: Block & { type: 'signature' }, style: Style): string[] {
  const place = placeSignature(toPlainText(organisation), toPlainText(date), style, 0);
  return [toPadding(place.organisation) + toInline(organisation), toPadding(place.date) + toInline(date)];
}

function toTable(table: Table): string[] {
  const toRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = toColumns(table, Number.POSITIVE_INFINITY).map(({ numeric }) => (numeric ? '---:' : '---'));
  const lines = [table.head.map(toInline), rule, ...table.rows.map((row) => row.map(toInline))];
  return [
    ...(table.title.length > 0 ? [escapeStart(toInline(table.title))] : []),
    lines.map(toRow).join('\n'),
    ...table.notes.map((note) => escapeStart(toInline(note))),
  ];
}

/** Markdown has no right alignment; full-width spaces survive, because only ASCII white space is trimmed. */
function toPadding(chars: number): string {
  return '\u3000'.repeat(Math.round(chars));
}

function toInline(runs: readonly Run[]): string {
  return runs.map((run) => (run.type === 'placeholder' ? toBold(run.text) : escapeInline(run.text))).join('');
}

/** The stars go inside the brackets: before 〔 and after a Chinese character CommonMark does not take them as bold. */
function toBold(mark: string): string {
  const [, open = '', inner = mark, close = ''] = /^(〔?)(.*?)(〕?)$/su.exec(mark) ?? [];
  return `${open}**${escapeInline(inner)}**${close}`;
}

function escapeInline(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\\`*_[\]<>~&|]/g, '\\$&');
}

/** What only means something at the beginning of a block: a heading, a list, a rule, four blanks of code. */
function escapeStart(text: string): string {
  return text
    .replace(/^[ \t]+/, '')
    .replace(/^(#|[-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
