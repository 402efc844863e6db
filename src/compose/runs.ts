import type { Block, Draft, Run } from '../model.ts';

/** Every run that is printed in a draft, in its order; 附件说明 repeats titles and is left out. */
export function toAllRuns({ title, captions, blocks, annexes }: Draft): Run[] {
  return [
    ...title.flat(),
    ...captions.flat(),
    ...blocks.flatMap(toBlockRuns),
    ...annexes.flatMap((annex) => [
      ...annex.title,
      ...annex.captions.flat(),
      ...annex.blocks.flatMap(toBlockRuns),
    ]),
  ];
}

function toBlockRuns(block: Block): Run[] {
  switch (block.type) {
    case 'signature':
      return [...block.organisation, ...block.date];
    case 'table':
      return [block.title, block.head, block.rows.flat(), block.notes].flat(2);
    case 'enclosures':
      return [];
    default:
      return block.runs;
  }
}
