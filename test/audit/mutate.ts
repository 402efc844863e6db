import type { Block, Draft, Run } from '../../src/model.ts';

/** A figure of a draft changed by one hand. */
export interface Mutation {
  figure: string;
  /** The run as it was and as it is. */
  was: string;
  now: string;
}

/** Changes each `every`-th figure of a draft in its turn and puts it back before the next. */
export function* mutate(draft: Draft, every: number): Generator<Mutation> {
  for (const [index, run] of toFigures(draft).entries()) {
    if (index % every !== 0) continue;
    const was = run.text;
    run.text = change(was, index % WAYS.length);
    yield { figure: run.figure, was, now: run.text };
    run.text = was;
  }
}

/** The runs that are figures, in the order of the documents. */
export function toFigures({ title, captions, blocks, annexes }: Draft): (Run & { type: 'figure' })[] {
  const runs = [
    title,
    captions,
    toRuns(blocks),
    annexes.map(({ title: own, captions: lines, blocks: inner }) => [own, ...lines, ...toRuns(inner)].flat()),
  ];
  return runs.flat(2).filter((run): run is Run & { type: 'figure' } => run.type === 'figure');
}

const toRuns = (blocks: Block[]): Run[][] =>
  blocks.map((block) => {
    if (block.type === 'table')
      return [block.title, block.head, block.rows.flat(), block.notes].flat(2) as Run[];
    if (block.type === 'signature') return [...block.organisation, ...block.date];
    return block.type === 'enclosures' ? [] : block.runs;
  });

/** Ways in which a hand slips; each changes the number by at least one in its last place. */
const WAYS: ((digits: string) => string)[] = [
  // The last digit.
  (digits) => digits.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
  // The first digit.
  (digits) => digits.replace(/^\d/, (digit) => String((Number(digit) % 9) + 1)),
  // A digit too many.
  (digits) => digits.replace(/^\d/, (digit) => `${digit}${digit === '1' ? 2 : 1}`),
  // Two digits the wrong way round, where they differ.
  (digits) => digits.replace(/([1-9])([1-9])(?!.*[1-9][1-9])/, '$2$1'),
];

/** The text of a figure with another number. */
function change(text: string, way: number): string {
  if (!/\d/.test(text)) return '增长3.3%';
  const changed = text.replace(/\d[\d,]*(?:\.\d+)?/, (digits) => {
    const own = WAYS[way]?.(digits) ?? digits;
    return own === digits ? (WAYS[0]?.(digits) ?? '') : own;
  });
  return changed;
}
