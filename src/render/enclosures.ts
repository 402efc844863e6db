import type { Annex, Run } from '../model.ts';

/** A line of 附件说明. */
export interface EnclosureLine {
  /** "附件：" on the first line of its sort, '' on the others. */
  lead: string;
  /** Width of the lead in 字, for the lines that have none. */
  width: number;
  /** "1. ", or '' where there is one only. */
  number: string;
  title: Run[];
}

/** The lines of 附件说明 (GB/T 9704 §7.3.4): "附件：1. 甲", and below it, aligned, "2. 乙"; no stop after a title. */
export function toEnclosureLines(annexes: readonly Pick<Annex, 'mark' | 'title'>[]): EnclosureLine[] {
  let last = '';
  return annexes.map(({ mark, title }) => {
    const [, word = '', count = ''] = /^(\D*)(\d*)$/.exec(mark) ?? [];
    const lead = word === last ? '' : `${word}：`;
    last = word;
    return { lead, width: word.length + 1, number: count === '' ? '' : `${count}. `, title };
  });
}
