import type { Block, Draft, Run } from '../model.ts';
import { numberHeadings } from './number.ts';
import { placeSignature } from './signature.ts';
import type { Style } from './style.ts';
import { toPlainText } from './text.ts';

/** The draft as CommonMark: LF, a final newline, one paragraph per block, every character of the draft kept literal. */
export function renderMd(draft: Draft, style: Style): Uint8Array {
  const numbers = numberHeadings(draft.blocks);
  const title = draft.title.length > 0 ? [`# ${draft.title.map(toInline).join('')}`] : [];
  const body = draft.blocks.flatMap((block, index) => toParagraphs(block, numbers[index] ?? '', style));
  return new TextEncoder().encode(`${[...title, ...body].join('\n\n')}\n`);
}

function toParagraphs(block: Block, number: string, style: Style): string[] {
  switch (block.type) {
    case 'heading':
      return [`${'#'.repeat(block.level + 1)} ${number}${toInline(block.runs)}`];
    case 'paragraph':
      return [escapeStart(toInline(block.runs))];
    case 'signature': {
      const [organisation, date] = [toPlainText(block.organisation), toPlainText(block.date)];
      const place = placeSignature(organisation, date, style, 0);
      return [
        toPadding(place.organisation) + toInline(block.organisation),
        toPadding(place.date) + toInline(block.date),
      ];
    }
  }
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
