import type { Aim, Figure, Measure } from '../model.ts';
import type { StatedRow } from '../normalise/index.ts';

/** The measures that sheets of targets name, in their order; rows with the same measure and lead unit are one measure. */
export function toMeasures(rows: StatedRow[], figures: Figure[]): Measure[] {
  const measures = new Map<string, Measure>();
  for (const row of rows.filter(({ measure }) => measure !== '')) {
    const key = [row.file, row.sheet, row.measure, row.lead].join('\n');
    const measure = measures.get(key) ?? { title: row.measure, lead: row.lead || null, aims: [] };
    const aims = row.indicator === '' ? [] : [toAim(row, figures)];
    measures.set(key, { ...measure, aims: [...measure.aims, ...aims] });
  }
  return [...measures.values()];
}

/** A target that was refused, or that is one area's, says nothing about the whole: its aim stays without a figure. */
function toAim({ file, row, indicator }: StatedRow, figures: Figure[]): Aim {
  const where = `${file}第${row}行`;
  for (const { id, targets } of figures.filter((figure) => !figure.id.includes('#'))) {
    const target = targets.find((each) => each.where === where && each.area === null);
    if (target) return { indicator, figure: id, target };
  }
  return { indicator, figure: null, target: null };
}
