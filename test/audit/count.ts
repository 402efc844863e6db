import { createCheck, type Finding, isWrong } from '../../src/audit/index.ts';
import type { Summary } from '../../src/commands/summarize.ts';
import { type Format, render, type Style } from '../../src/render/index.ts';
import { mutate, toFigures } from './mutate.ts';

/** What became of changed figures. */
export interface Count {
  figures: number;
  mutations: number;
  /** Reported as changed or contradictory with the number that was and the one that is. */
  caught: number;
  missed: string[];
  /** Reported though nobody changed them. */
  false: string[];
}

const digits = (text: string): string => /[\d,.]+/.exec(text)?.[0].replaceAll(',', '') ?? '';

/** Changes each `every`-th figure of a draft once, writes the document and checks it against the draft as it was. */
export async function countMutations(
  { draft, report, catalogue }: Pick<Summary, 'draft' | 'report' | 'catalogue'>,
  format: Format,
  style: Style,
  every: number,
): Promise<Count> {
  const count: Count = { figures: toFigures(draft).length, mutations: 0, caught: 0, missed: [], false: [] };
  const check = createCheck([draft], report, catalogue);
  const audit = async (): Promise<Finding[]> =>
    check({ name: `文稿.${format}`, bytes: await render(draft, format, style, report) }).findings.filter(
      isWrong,
    );
  count.false.push(...(await audit()).map((each) => `unmutated: ${each.quote}`));
  for (const { figure, was, now } of mutate(draft, every)) {
    count.mutations += 1;
    const found = await audit();
    const right = found.filter(
      (each) => digits(each.now) === digits(now) && digits(each.was ?? '') === digits(was),
    );
    if (right.some((each) => each.figure === figure)) count.caught += 1;
    else count.missed.push(`${figure} ${was} → ${now}`);
    count.false.push(
      ...found
        // The changed number may also contradict others: that is said of itself.
        .filter((each) => !right.includes(each) && !(each.reason && digits(each.now) === digits(now)))
        .map((each) => `${was} → ${now}: ${each.quote} ${each.reason ?? ''}`),
    );
  }
  return count;
}
