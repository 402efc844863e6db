import type { Block, Draft, Report, Run } from '../model.ts';
import type { Signature } from './index.ts';
import { SIGNATURE_LINE, toRuns } from './marks.ts';

/** Cuts a rendered template into blocks: "# " titles, "## " to "##### " headings, paragraphs parted by blank lines. */
export function toDraft(text: string, marks: Run[], report: Report, signature: Signature): Draft {
  const chunks = text
    .split(/\n[ \t]*\n+/)
    .map(join)
    .filter((chunk) => chunk !== '');
  const title = chunks
    .filter((chunk) => chunk.startsWith('# '))
    .map((chunk) => toRuns(chunk.slice(2), marks));
  const blocks = chunks
    .filter((chunk) => !chunk.startsWith('# '))
    .flatMap((chunk) => toBlock(chunk, marks, report, signature));
  return { title, blocks: withoutEmptyHeadings(blocks) };
}

/** Lines of one chunk belong together; Chinese needs no blank between them. */
const join = (chunk: string): string =>
  toTidy(
    chunk
      .split('\n')
      .map((line) => line.trim())
      .join(''),
  );

/** Clauses that fell away leave punctuation behind. */
function toTidy(text: string): string {
  return text
    .replace(/[，、；：]+(?=[。；])/g, '')
    .replace(/([。；：，])[，、；]+/g, '$1')
    .replace(/。{2,}/g, '。')
    .replace(/^[，、；。]+/, '');
}

function toBlock(chunk: string, marks: Run[], report: Report, signature: Signature): Block[] {
  if (chunk === SIGNATURE_LINE) return [toSignature(report, signature)];
  const heading = /^(#{2,5}) (.*)$/.exec(chunk);
  if (heading)
    return [
      {
        type: 'heading',
        level: ((heading[1]?.length ?? 2) - 1) as 1 | 2 | 3 | 4,
        runs: toRuns(heading[2] ?? '', marks),
      },
    ];
  return [{ type: 'paragraph', runs: toRuns(chunk, marks) }];
}

function toSignature(report: Report, { date }: Signature): Block {
  const filled: Run =
    date === null
      ? { type: 'placeholder', kind: '待填', text: '〔待填：成文日期〕', figure: null }
      : { type: 'text', text: date };
  const organisation: Run =
    report.organisation === ''
      ? { type: 'placeholder', kind: '待填', text: '〔待填：单位〕', figure: null }
      : { type: 'text', text: report.organisation };
  return { type: 'signature', organisation: [organisation], date: [filled] };
}

/** A heading with nothing under it before the next one of its level or higher falls away. */
function withoutEmptyHeadings(blocks: Block[]): Block[] {
  return blocks.filter((block, index) => {
    if (block.type !== 'heading') return true;
    for (const next of blocks.slice(index + 1)) {
      if (next.type === 'paragraph') return true;
      if (next.type === 'signature' || next.level <= block.level) return false;
    }
    return false;
  });
}
