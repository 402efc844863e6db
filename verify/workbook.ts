/** The 附表 workbook: LibreOffice computes what our formulas only claim to give, and openpyxl reads what we wrote. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { convert, runPython, runSample } from './programs.ts';

export const name = '附表: LibreOffice recalculates every formula to its cached value; openpyxl reads the same cells';

type Cells = Map<string, { value: number | string; formula: boolean }>;

export async function check(folder: string): Promise<string[]> {
  const out = runSample('export', join(folder, 'tables'));
  const path = join(out, readdirSync(out).find((file) => file.endsWith('.xlsx')) ?? '');
  const ours = await readCells(path);
  const formulas = [...ours.values()].filter(({ formula }) => formula).length;
  if (formulas < 20) return [`only ${formulas} formulas`];
  const faults = await compare(ours, await strip(path, folder, 'stripped', null));
  const planted = await compare(ours, await strip(path, folder, 'planted', 'SUM('));
  if (planted.length === 0) faults.push('a planted wrong formula was not found');
  console.log(`     ${ours.size} cells, ${formulas} formulas; the planted fault: ${planted[0] ?? 'not found'}`);
  return [...faults, ...compareWithOpenpyxl(ours, path)];
}

async function load(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

/** Cells with a number or a text, by sheet and address; merged ones once. */
async function readCells(path: string): Promise<Cells> {
  const cells: Cells = new Map();
  for (const sheet of (await load(path)).worksheets)
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.isMerged && cell.master !== cell) return;
        // LibreOffice saves a text in two scripts as rich text.
        const value = cell.result ?? (cell.type === ExcelJS.ValueType.RichText ? cell.text : cell.value);
        if (typeof value === 'number' || typeof value === 'string')
          cells.set(`${sheet.name}!${cell.address}`, { value, formula: cell.type === ExcelJS.ValueType.Formula });
      });
    });
  return cells;
}

/** A copy without cached values, saved again by LibreOffice; with `plant`, its first such formula is made wrong. */
async function strip(path: string, folder: string, label: string, plant: string | null): Promise<string> {
  const workbook = await load(path);
  let left = plant;
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.type !== ExcelJS.ValueType.Formula) return;
        const wrong = left !== null && cell.formula.startsWith(left);
        cell.value = { formula: wrong ? `${cell.formula}+1` : cell.formula } as ExcelJS.CellFormulaValue;
        if (wrong) left = null;
      });
    });
  const [from, to] = [join(folder, label), join(folder, `${label}-again`)];
  for (const each of [from, to]) mkdirSync(each, { recursive: true });
  await workbook.xlsx.writeFile(join(from, 'copy.xlsx'));
  return convert(join(from, 'copy.xlsx'), 'xlsx', to);
}

async function compare(ours: Cells, path: string): Promise<string[]> {
  const theirs = await readCells(path);
  return [...ours].flatMap(([place, { value }]) => {
    const other = theirs.get(place)?.value;
    return isSame(value, other) ? [] : [`${place}: ${value}, LibreOffice: ${other}`];
  });
}

const isSame = (a: number | string, b: number | string | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)) : a === b;

const READ = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
print(json.dumps({f"{sheet.title}!{cell.coordinate}": cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, (int, float, str))}))
`;

function compareWithOpenpyxl(ours: Cells, path: string): string[] {
  const theirs = JSON.parse(runPython(READ, path)) as Record<string, number | string>;
  return [...ours].flatMap(([place, { value }]) =>
    isSame(value, theirs[place]) ? [] : [`${place}: ${value}, openpyxl: ${theirs[place]}`],
  );
}
