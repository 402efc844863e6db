import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { range } from './allocate.ts';
import { toMonth } from './calendar.ts';
import { type Grid, layTable, type Stamp } from './grid.ts';
import { committedLayout, type Layout, toBare } from './layout.ts';
import { makeRegistry, type Registry } from './persons.ts';
import { makeRandom, type Random } from './random.ts';
import { type Column, sequence, type Value } from './table.ts';
import { toWorkbook } from './workbook.ts';

/** A street or town and one of its communities or villages. */
export interface Spot {
  town: string;
  village: string;
}

/** What the sheets of a further sample share: chance, persons and who fills them in. */
export interface Scene {
  random: Random;
  registry: Registry;
  stamp: Stamp;
}

/** One row by the heads of its columns, in the order of the sheet. */
export type Row = Record<string, Value>;

/** How a sheet of rows is called and looks. */
export interface SheetPlan {
  sheet: string;
  title: string;
  unit?: string;
  look?: Partial<Layout>;
  /** Columns that a 合计 row adds up. */
  summed?: string[];
}

/** Makes a scene from a seed; `prefix` begins every ID and must be one that no county has (990 and up). */
export function makeScene(seed: number, prefix: string, stamp: Stamp): Scene {
  const random = makeRandom(seed);
  return { random, registry: makeRegistry(random.fork('persons'), prefix), stamp };
}

/** The same scene with chance of its own, so that a change in one sheet leaves the others as they were. */
export function forkScene(scene: Scene, name: string): Scene {
  return { ...scene, random: scene.random.fork(name) };
}

function toColumns(rows: readonly Row[], summed: readonly string[]): Column<Row>[] {
  return Object.keys(rows[0] ?? {}).map((head) => ({
    heads: [head],
    value: (row) => row[head] ?? null,
    ...(summed.includes(head) ? { summed: true as const } : {}),
  }));
}

/** Lays rows out as a sheet that a clerk keeps: title, unit row, numbered rows, signatures. The first row has every column. */
export function toSheet({ stamp }: Scene, plan: SheetPlan, rows: readonly Row[]): Grid {
  const summed = plan.summed ?? [];
  const totals = summed.length > 0 ? ('bottom' as const) : ('none' as const);
  const layout = { ...committedLayout(''), totals, ...plan.look };
  const columns = [sequence<Row>(), ...toColumns(rows, summed)];
  return layTable({ ...plan, unit: plan.unit ?? '', columns, rows }, layout, stamp);
}

/** Lays rows out as a system exports them: the head in the first row, nothing around. */
export function toExport({ stamp }: Scene, plan: SheetPlan, rows: readonly Row[]): Grid {
  const layout = { ...toBare(committedLayout('')), ...plan.look };
  return layTable({ ...plan, unit: '', columns: toColumns(rows, []), rows }, layout, stamp);
}

/** A date in "2024-03" on a day that every month has. */
export function dayIn({ random }: Scene, month: string): string {
  return `${month}-${String(random.int(1, 28)).padStart(2, '0')}`;
}

/** The months from one to another, both included: "2017-01" to "2021-06". */
export function monthsBetween(from: string, to: string): string[] {
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1;
  const last = Number(to.slice(0, 4)) * 12 + Number(to.slice(5)) - 1;
  return range(last - first + 1).map((step) => {
    const month = first + step - 1;
    return toMonth(Math.floor(month / 12), (month % 12) + 1);
  });
}

/** So many dates inside a span of months, in order. */
export function datesBetween(scene: Scene, from: string, to: string, count: number): string[] {
  const months = monthsBetween(from, to);
  return range(count)
    .map(() => dayIn(scene, scene.random.pick(months)))
    .sort();
}

const dateOf = (row: Row, head: string): string => {
  const value = row[head];
  return value && typeof value === 'object' && 'date' in value ? (value.date ?? '') : '';
};

/** Rows ordered by one of their dates. */
export function byDate(rows: readonly Row[], head: string): Row[] {
  return [...rows].sort((left, right) => dateOf(left, head).localeCompare(dateOf(right, head)));
}

/** A new person's name and ID. */
export function personCells({ registry }: Scene, bornFrom: number, bornTo: number, name = '姓名'): Row {
  const person = registry.person(bornFrom, bornTo);
  return { [name]: person.name, 身份证号: person.id };
}

/** Area columns of a place. */
export function spotCells({ town, village }: Spot): Row {
  return { 乡镇街道: town, 村社区: village };
}

/** 手工填报 as lines. */
export type FactLine = [indicator: string, value: number, unit: string, period: string, source: string];

/** 手工填报: figures that no export holds. */
export function toFactSheet(scene: Scene, lines: readonly FactLine[]): Grid {
  const rows = lines.map(([指标, 值, 单位, 期间, 来源]) => ({ 指标, 值, 单位, 期间, 来源 }));
  return toSheet(scene, { sheet: '手工填报', title: '手工填报指标' }, rows);
}

/** 任务指标 as lines. */
export type TargetLine = [
  indicator: string,
  value: number,
  unit: string,
  setter: string,
  period: string,
  note: string,
];

/** 任务指标: what was to be reached. */
export function toTargetSheet(scene: Scene, lines: readonly TargetLine[]): Grid {
  const rows = lines.map(([indicator, value, unit, setter, period, note]) => ({
    指标名称: indicator,
    目标值: value,
    单位: unit,
    下达单位: setter,
    期间: period,
    备注: note,
  }));
  return toSheet(scene, { sheet: '任务指标', title: '民政工作任务指标' }, rows);
}

/** A file of a sample. */
export interface SampleFile {
  name: string;
  bytes: Buffer;
}

/** A workbook of some sheets. */
export async function toBook(name: string, grids: readonly Grid[], { stamp }: Scene): Promise<SampleFile> {
  return { name, bytes: await toWorkbook(grids, stamp.bureau) };
}

/** Writes a sample's files into its folder. */
export async function writeFiles(folder: string, files: readonly SampleFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of files) await writeFile(path.join(folder, name), bytes);
}
