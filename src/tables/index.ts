export { toAnnexes, withholdInAnnexes } from './annex.ts';
export { findAskedByPlots, readPlots, toCharts, withholdInCharts } from './charts.ts';
export { renderCsv, toCsv, toInert } from './csv.ts';
export type { FillInRow } from './fill-in.ts';
export { findAskedByLayouts, findAskedToWithhold, type Layout, readLayouts } from './layout.ts';
export type { Cell, Sheet } from './table.ts';
export { type Tables, toTables } from './tables.ts';

/** Loaded only where a workbook is written: the library behind them takes a quarter of a second to load. */
export const renderWorkbook = async (...args: Parameters<Workbook['renderWorkbook']>): Promise<Uint8Array> =>
  (await import('./workbook.ts')).renderWorkbook(...args);
export const renderFillIn = async (...args: Parameters<FillIn['renderFillIn']>): Promise<Uint8Array> =>
  (await import('./fill-in.ts')).renderFillIn(...args);

type Workbook = typeof import('./workbook.ts');
type FillIn = typeof import('./fill-in.ts');
