export { toAnnexes } from './annex.ts';
export { findAskedByPlots, readPlots, toCharts } from './charts.ts';
export { renderCsv } from './csv.ts';
export { type FillInRow, renderFillIn } from './fill-in.ts';
export { findAskedByLayouts, type Layout, readLayouts } from './layout.ts';
export type { Cell, Sheet } from './table.ts';
export { type Tables, toTables } from './tables.ts';
export { renderWorkbook } from './workbook.ts';
