import type { ChalkInstance } from 'chalk';
import type { FactsFile } from '../facts/index.ts';
import { toPeriodText } from '../format.ts';
import type { Compared } from './diff.ts';

/** One page: what does not fit is counted, and `all` prints it too. */
const MOST = { causes: 15, figures: 30 } as const;

/** What `diff` prints: the two, what they were made of, each figure that is another with was, now and why. */
export function toDiffLines(
  { was, now, difference }: Compared,
  all: boolean,
  color: ChalkInstance,
): string[] {
  const { causes, changed, moved, appeared, gone, same } = difference;
  const cut = (lines: string[], most: number, what: string): string[] =>
    all || lines.length <= most
      ? lines
      : [
          ...lines.slice(0, most),
          color.dim(`  ……还有${lines.length - most}${what}没有列出，加 --all 全部列出`),
        ];
  const list = (title: string, texts: string[]): string[] =>
    texts.length === 0
      ? []
      : cut([`${title}${texts.length}个`, ...texts.map((text) => `  ${text}`)], MOST.figures + 1, '个');
  return [
    `原 ${toTitle(was)}`,
    `现 ${toTitle(now)}`,
    ...cut(
      causes.length === 0
        ? ['材料、口径和设置都相同']
        : ['材料、口径和设置的不同', ...causes.map((cause) => `  ${cause}`)],
      MOST.causes + 1,
      '条',
    ),
    ...list(
      '变了的数',
      changed.map(
        ({ name, was: old, now: fresh, reasons }) =>
          `${name}：${old} → ${fresh}（${reasons.join('；') || '从两份 facts.json 看不出原因'}）`,
      ),
    ),
    ...list(
      '合计没变、分项变了的数',
      moved.map(({ name, places }) => `${name}：${places.join('、')}`),
    ),
    ...list(
      '新出现的数',
      appeared.map(({ name, text }) => `${name}：${text}`),
    ),
    ...list(
      '不再有的数',
      gone.map(({ name, text }) => `${name}：${text}`),
    ),
    `没有变的数${same}个`,
  ];
}

const toTitle = ({ source, facts, edited }: FactsFile): string =>
  `${source.name}（${facts.place}${toPeriodText(facts.period)}${edited ? '，写出以后被人改过' : ''}）`;

/** The machine form of the same. */
export function toDiffJson({ was, now, difference }: Compared): string {
  const toSide = ({ source, facts, edited }: FactsFile) => ({
    file: source.name,
    place: facts.place,
    period: facts.period,
    edited,
  });
  return JSON.stringify({ was: toSide(was), now: toSide(now), ...difference }, null, 1);
}
