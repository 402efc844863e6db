import type { Annex, Block, Draft, Report, Run } from '../model.ts';
import type { Rendered } from './engine.ts';
import type { Signature } from './index.ts';
import { SIGNATURE_LINE, STRUCTURE_MARK, toRuns } from './marks.ts';
import { toTable } from './table.ts';

/** Cuts a rendered template into blocks: "# " titles, "## " to "##### " headings, paragraphs parted by blank lines. */
export function toDraft(
  rendered: Rendered,
  report: Report,
  signature: Signature,
  tables: Omit<Annex, 'mark'>[],
): Draft {
  const annexes = toAnnexes(rendered, tables);
  const { blocks, ...head } = toParts(rendered.text, rendered);
  return { ...head, blocks: withEnd(blocks, annexes, toSignature(report, signature)), annexes };
}

/** Stands for the signature until it is known what comes before it. */
const END = { type: 'end' } as const;
type Part = Block | typeof END | Caption;

/** 题注 belongs to the title wherever it was written. */
interface Caption {
  type: 'caption';
  runs: Run[];
}

function toParts(text: string, rendered: Rendered) {
  const chunks = text
    .split(/\n[ \t]*\n+/)
    .flatMap((chunk) => chunk.split(STRUCTURE_MARK))
    .map(join)
    .filter((chunk) => chunk !== '');
  const title = chunks
    .filter((chunk) => chunk.startsWith('# '))
    .map((chunk) => toRuns(chunk.slice(2), rendered.marks));
  const blocks = chunks
    .filter((chunk) => !chunk.startsWith('# '))
    .flatMap((chunk) => toBlock(chunk, rendered));
  const captions = blocks.flatMap((block) => (block.type === 'caption' ? [block.runs] : []));
  return { title, captions, blocks: withoutEmptyHeadings(blocks) };
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

function toBlock(chunk: string, rendered: Rendered): Part[] {
  if (chunk === SIGNATURE_LINE) return [END];
  if (STRUCTURE_MARK.test(chunk)) return toStructure(Number(chunk.slice(1, -1)), rendered);
  const heading = /^(#{2,5}) (.*)$/.exec(chunk);
  if (heading)
    return [
      {
        type: 'heading',
        level: ((heading[1]?.length ?? 2) - 1) as 1 | 2 | 3 | 4,
        runs: toRuns(heading[2] ?? '', rendered.marks),
      },
    ];
  return [{ type: 'paragraph', runs: toRuns(chunk, rendered.marks) }];
}

function toStructure(index: number, { structures, marks, name }: Rendered): Part[] {
  const structure = structures[index];
  if (structure === undefined) return [];
  if (structure.type !== 'table') return [{ type: structure.type, runs: toRuns(structure.text, marks) }];
  const table = toTable(structure.lines, marks, name);
  return table === null ? [] : [table];
}

/** Annexes with anything in them, and the tables that follow; numbered where there are several of a sort. */
function toAnnexes(rendered: Rendered, tables: Omit<Annex, 'mark'>[]): Annex[] {
  const own = rendered.annexes
    .map(({ word, landscape, text }) => ({ word, landscape, ...toParts(text, rendered) }))
    .map((annex) => ({ ...annex, title: annex.title.flat(), blocks: annex.blocks.filter(isBlock) }))
    .filter(({ blocks }) => blocks.length > 0);
  const all = [...own, ...tables.map((table) => ({ ...table, word: '附表' }))];
  const counts = new Map<string, number>();
  return all.map(({ word, title, captions, landscape, blocks }) => {
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    const several = all.filter((other) => other.word === word).length > 1;
    return { mark: several ? `${word}${count}` : word, title, captions, landscape, blocks };
  });
}

const isBlock = (part: Part): part is Block => part.type !== 'end' && part.type !== 'caption';

/** 附件说明 stands under the text and before the signature. */
function withEnd(parts: Part[], annexes: Annex[], signature: Block): Block[] {
  const list: Block[] =
    annexes.length === 0
      ? []
      : [{ type: 'enclosures', annexes: annexes.map(({ mark, title }) => ({ mark, title })) }];
  const signed = parts.some(({ type }) => type === 'end');
  const blocks = parts.flatMap((part) =>
    part.type === 'end' ? [...list, signature] : isBlock(part) ? [part] : [],
  );
  return signed ? blocks : [...blocks, ...list];
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
function withoutEmptyHeadings(blocks: Part[]): Part[] {
  return blocks.filter((block, index) => {
    if (block.type !== 'heading') return true;
    for (const next of blocks.slice(index + 1)) {
      if (next.type === 'paragraph' || next.type === 'table') return true;
      if (next.type === 'end' || (next.type === 'heading' && next.level <= block.level)) return false;
    }
    return false;
  });
}
