/** Fills a template with made-up figures, as a run would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import { type Composed, compose, readTemplate } from '../../src/compose/index.ts';
import type { Figure, FigurePart, Report, Run } from '../../src/model.ts';

export const catalogue = loadCatalogue();
const PERIOD = { from: '2022-01', to: '2022-12' };

/** A known figure. */
export const toFigure = (id: string, value: string, text: string, change: Partial<Figure> = {}): Figure => ({
  id,
  name: id,
  unit: '户',
  kind: '当期数',
  decimals: 0,
  period: PERIOD,
  covered: null,
  status: 'known',
  value,
  text,
  reason: null,
  basis: { type: 'none' },
  lastYear: null,
  yearEnd: null,
  targets: [],
  ...change,
});

/** A part in households. */
export const toPart = (by: string, name: string | null, value: string): FigurePart => ({
  by,
  name,
  within: null,
  value,
  text: `${value}户`,
  reason: null,
});

export function fill(source: string, figures: Figure[], place = '东湖区'): Composed {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-fill-'));
  try {
    const path = join(folder, '本区.hbs');
    writeFileSync(path, source);
    const report: Report = {
      schemaVersion: 2,
      generator: { name: 'mzreport', version: '0.0.0' },
      place,
      organisation: `${place}民政局`,
      period: PERIOD,
      sources: [],
      sheets: [],
      figures,
      problems: [],
    };
    return compose(readTemplate(path, catalogue), report, catalogue, { date: '2023年1月10日' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');
