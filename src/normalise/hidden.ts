import type { Batch, Problem, Recognition, Sheet } from '../model.ts';

/** Hidden rows are data all the same; `problems` says how many rows and columns of a sheet were used though hidden. */
export interface HiddenCount {
  sheet: Sheet;
  problems(recognition: Recognition): Problem[];
}

/** Counts a sheet's hidden rows while they are read; what is counted is complete after one reading. */
export function countHidden(sheet: Sheet, headBottom: number): HiddenCount {
  let rows = 0;
  let first = 0;
  async function* read(): AsyncIterable<Batch> {
    rows = 0;
    for await (const batch of sheet.read()) {
      batch.hidden?.forEach((hidden, i) => {
        const number = batch.numbers[i] ?? 0;
        if (
          !hidden ||
          number <= headBottom ||
          !batch.columns.some((column) => (column[i] ?? '').trim() !== '')
        )
          return;
        first = rows === 0 ? number : first;
        rows += 1;
      });
      yield batch;
    }
  }
  const at = { file: sheet.source.name, sheet: sheet.name, figures: [] };
  return {
    sheet: sheet.csv === null ? { ...sheet, read } : sheet,
    problems: ({ columns }) => {
      const used = columns.filter(
        ({ index, field }) => field !== null && sheet.hiddenColumns.includes(index),
      );
      const hidden: Problem[] =
        rows > 0
          ? [{ ...at, kind: 'hidden-rows', row: first, count: 1, detail: { rows: String(rows) } }]
          : [];
      const labels = used.map(({ label }) => `“${label}”`).join('');
      return used.length > 0
        ? [...hidden, { ...at, kind: 'hidden-columns', row: 0, count: 1, detail: { columns: labels } }]
        : hidden;
    },
  };
}
