import { z } from 'zod';
import { parseYaml } from '../catalogue/read-yaml.ts';
import type { Report } from '../model.ts';

/** What can be seen of a report from afar, by the word that a template uses for it. */
const CONDITIONS = {
  上半年: ({ period }) => period.from.endsWith('-01') && period.to.endsWith('-06'),
  单项业务: ({ figures }) => findBusinesses(figures).size === 1,
  有任务目标: ({ figures }) => figures.some(({ targets }) => targets.length > 0),
} satisfies Record<string, (report: Report) => boolean>;
type Condition = keyof typeof CONDITIONS;

const AboutSpec = z.strictObject({
  // It becomes part of a file's name, in whatever folder the run writes to and nowhere else.
  名称: z.string().regex(/^[^\\/:*?"<>|\x00-\x1f]+$/),
  用途: z.string().min(1),
  适用: z.array(z.enum(Object.keys(CONDITIONS) as Condition[])).optional(),
  附表: z.array(z.string()).default([]),
});

/** What a template says about itself in its first comment. */
export interface About {
  /** What the document is called in the file's name: 工作总结. */
  title: string;
  /** One line for `mzreport templates`. */
  purpose: string;
  /** When it is taken without being asked for; null: never. */
  suits: Condition[] | null;
  /** Names of the layouts whose tables stand after the document's own annexes. */
  tables: string[];
}

/** A template that says nothing of itself still has a file name. */
const UNSAID: About = { title: '工作总结', purpose: '', suits: null, tables: [] };

/** Reads the first comment, {{!-- 名称: … 用途: … 适用: […] --}}; throws when it is written wrongly. */
export function readAbout(source: string, where: string): About {
  const comment = /^\s*\{\{!--([\s\S]*?)--\}\}/.exec(source)?.[1];
  if (comment === undefined || !/^\s*名称[:：]/m.test(comment)) return UNSAID;
  const { 名称, 用途, 适用, 附表 } = parseYaml(comment, where, AboutSpec, 'template-invalid');
  return { title: 名称, purpose: 用途, suits: 适用 ?? null, tables: 附表 };
}

/** How well a template suits a report: the number of its conditions, or null when one of them does not hold. */
export function rateAbout({ suits }: About, report: Report | null): number | null {
  if (suits === null) return null;
  return suits.every((condition) => report !== null && CONDITIONS[condition](report)) ? suits.length : null;
}

/** Businesses of which rows gave a figure; what a person filled in says nothing about what the document is of. */
function findBusinesses(figures: Report['figures']): Set<string> {
  const own = figures.filter(({ status, basis }) => status === 'known' && basis.type === 'rows');
  return new Set(own.map(({ id }) => id.split('.')[0] ?? ''));
}
