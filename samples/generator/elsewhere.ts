import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Grid, layTable, type Stamp } from './grid.ts';
import { committedLayout, type Layout } from './layout.ts';
import type { Figures } from './ledger.ts';
import { makeRegistry, type Registry } from './persons.ts';
import { makeRandom, type Random } from './random.ts';
import { type Column, sequence, type Table } from './table.ts';
import { toWorkbook } from './workbook.ts';

/** Another bureau's sample: the files of one folder and the true figures in them. */
export interface Elsewhere {
  folder: string;
  /** Sheets by file name, without .xlsx. */
  files: Record<string, Grid[]>;
  figures: Figures;
}

/** What the sheets of such a sample share. */
export interface Workshop {
  random: Random;
  registry: Registry;
  /** Lays a table out plainly: title, unit row, head, rows, signature row. */
  lay: <R>(table: Table<R>, look?: Partial<Layout>) => Grid;
}

/** Opens a workshop; `prefix` begins every ID and must be one that no county has (990 and up). */
export function openWorkshop(seed: number, prefix: string, stamp: Stamp): Workshop {
  const random = makeRandom(seed);
  const lay: Workshop['lay'] = (table, look = {}) =>
    layTable(table, { ...committedLayout(table.sheet), ...look }, stamp);
  return { random, registry: makeRegistry(random.fork('persons'), prefix), lay };
}

/** A declared figure: 指标, 值, 单位, 期间, 来源. */
export type Declared = [indicator: string, value: number, unit: string, period: string, source: string];

/** 手工填报. */
export function layFacts({ lay }: Workshop, rows: readonly Declared[]): Grid {
  const columns: Column<Declared>[] = [
    { heads: ['指标'], value: ([indicator]) => indicator },
    { heads: ['值'], value: ([, value]) => value },
    { heads: ['单位'], value: ([, , unit]) => unit },
    { heads: ['期间'], value: ([, , , period]) => period },
    { heads: ['来源'], value: ([, , , , source]) => source },
  ];
  return lay({ sheet: '手工填报', title: '手工填报指标', unit: '', columns, rows });
}

/** Columns that carry a running number first. */
export function numbered<R>(columns: Column<R>[]): Column<R>[] {
  return [sequence(), ...columns];
}

/** Writes the sample's workbooks into its folder below `samples`. */
export async function writeElsewhere(samples: string, { folder, files }: Elsewhere): Promise<void> {
  const out = path.join(samples, folder);
  await mkdir(out, { recursive: true });
  for (const [name, grids] of Object.entries(files))
    await writeFile(path.join(out, `${name}.xlsx`), await toWorkbook(grids, '样例'));
}
