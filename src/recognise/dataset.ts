import type { Catalogue, LayoutSpec } from '../catalogue/index.ts';
import type { Dataset } from '../model.ts';

/** What the sheet's columns and names say it is. */
export interface Verdict {
  dataset: Dataset;
  score: number;
  /** Words and columns that spoke for it. */
  because: string[];
  /** The next best, when it is too close to be sure. */
  rival: Dataset | null;
}

/** Scores each dataset by the dictionary; null when the required columns of none are there. `only` leaves no other choice. */
export function findDataset(
  fields: Set<string>,
  texts: string[],
  programme: string | null,
  catalogue: Catalogue,
  only: Dataset | null = null,
): Verdict | null {
  const { byDataset, prior, margin } = catalogue.layouts;
  const usual = programme ? catalogue.programmes.get(programme)?.数据集 : undefined;
  const scored = [...byDataset]
    .filter(([dataset, layout]) => (only ?? dataset) === dataset && isPossible(layout, fields))
    .map(([dataset, layout]) => ({
      dataset,
      ...toScore(layout, fields, texts, dataset === usual ? prior : 0),
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = preferPayouts(scored, fields, programme);
  if (!best) return null;
  const unsure = second !== undefined && best.score - second.score < margin;
  return {
    dataset: best.dataset,
    score: best.score,
    because: best.because,
    rival: unsure ? second.dataset : null,
  };
}

function isPossible(layout: LayoutSpec, fields: Set<string>): boolean {
  return (
    layout.必有.every((group) => group.some((field) => fields.has(field))) &&
    !layout.排除.some((field) => fields.has(field))
  );
}

function toScore(layout: LayoutSpec, fields: Set<string>, texts: string[], start: number) {
  const words = Object.entries(layout.名称词).filter(([word]) => texts.some((text) => text.includes(word)));
  const columns = Object.entries(layout.列).filter(([field]) => fields.has(field));
  const sum = (entries: [string, number][]) => entries.reduce((total, [, weight]) => total + weight, 0);
  return { score: start + sum(words) + sum(columns), because: words.map(([word]) => word) };
}

/**
 * A summary of money paid (高龄津贴发放汇总表) counts where no list of its programme is given, and is a check where one is:
 * it is read as payouts. Other tables with money (低保综合统计) hold sums over the year beside those of the month.
 */
function preferPayouts<T extends { dataset: Dataset; because: string[] }>(
  scored: T[],
  fields: Set<string>,
  programme: string | null,
): T[] {
  const payouts = scored.find(({ dataset }) => dataset === 'payouts');
  const sums = fields.has('amount') && !fields.has('event') && !fields.has('indicator');
  const named = programme !== null || fields.has('programme');
  const paid = payouts !== undefined && payouts.because.length > 0;
  return scored[0]?.dataset === 'statistics' && paid && sums && named ? [payouts] : scored;
}
