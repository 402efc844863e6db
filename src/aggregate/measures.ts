import type { Figure, Measure } from '../model.ts';
import type { StatedRow } from '../normalise/index.ts';

/** The measures that sheets of targets name, in their order; rows with the same measure and lead unit are one measure. */
export function toMeasures(rows: StatedRow[], figures: Figure[]): Measure[] {
  const measures = new Map<string, Measure>();
  for (const row of rows.filter(({ measure }) => measure !== '')) {
    const key = [row.file, row.sheet, row.measure, row.lead].join('\n');
    const measure = measures.get(key) ?? { title: row.measure, lead: row.lead || null, aims: [] };
    measures.set(key, { ...measure, aims: [...measure.aims, ...findAims(row, figures)] });
  }
  return [...measures.values()];
}

/** The figure that a row sets a target for: none where the row names no indicator, or one that is not known. */
function findAims({ file, row }: StatedRow, figures: Figure[]): Measure['aims'] {
  const where = `${file}第${row}行`;
  return figures
    .filter(({ id }) => !id.includes('#'))
    .flatMap(({ id, targets }) =>
      targets.filter((target) => target.where === where).map((target) => ({ figure: id, target })),
    );
}
