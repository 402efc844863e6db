/**
 * Reading time and memory of our XLSX reader against exceljs's streaming one, each in a fresh process:
 * node --import tsx bench/xlsx-read.ts [rows] [file to keep]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { readXlsx } from '../src/read/xlsx/index.ts';
import { partsOf, zipOf } from '../test/read/xlsx/zip-file.ts';

const TOWNS = ['东湖镇', '西街街道', '南岭乡', '北关镇', '中心街道'];
const HEAD = [
  '序号',
  '姓名',
  '身份证号',
  '乡镇',
  '村',
  '户主',
  '人数',
  '金额',
  '月份',
  '发放日期',
  '银行账号',
  '备注',
];

/** A payout roll as Excel writes one: texts shared, numbers and dates as numbers. */
function generate(rows: number): Buffer {
  const strings = new Map<string, number>();
  const shared = (text: string) => {
    if (!strings.has(text)) strings.set(text, strings.size);
    return strings.get(text) ?? 0;
  };
  const xml: Buffer[] = [Buffer.from('<worksheet xmlns="x"><sheetData>')];
  for (let r = 1; r <= rows + 1; r++) {
    const cells = (r === 1 ? HEAD : toRow(r - 1)).map((value, c) => {
      const at = `r="${String.fromCharCode(65 + c)}${r}"`;
      if (value === null) return '';
      if (typeof value === 'number') return `<c ${at}${c === 9 ? ' s="1"' : ''}><v>${value}</v></c>`;
      return `<c ${at} t="s"><v>${shared(value)}</v></c>`;
    });
    xml.push(Buffer.from(`<row r="${r}" spans="1:12">${cells.join('')}</row>`));
  }
  xml.push(Buffer.from('</sheetData></worksheet>'));
  const table = [...strings.keys()].map((text) => `<si><t>${text}</t></si>`).join('');
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  const parts = { 'xl/worksheets/sheet1.xml': Buffer.concat(xml) };
  return zipOf(partsOf({ sheet: '', strings: table, styles, parts }));
}

function toRow(i: number): (string | number | null)[] {
  const person = String(36_010_219_500_101 + i * 7919).padEnd(18, '1');
  const month = String(1 + (i % 12)).padStart(2, '0');
  const place = [TOWNS[i % 5] ?? '', `第${i % 300}村民委员会`, `李四${i % 70_000}`];
  const sums = [1 + (i % 5), ((i * 37) % 100_000) / 100, `2022-${month}`, 44_562 + (i % 365)];
  return [
    i,
    `张三${i % 50_000}`,
    person,
    ...place,
    ...sums,
    `6228${1e14 + i * 13}`,
    i % 10 === 0 ? '补发' : null,
  ];
}

/** Reads all rows and touches every text, as any consumer would; `tick` is called now and then. */
async function readOurs(path: string, tick: () => void): Promise<number> {
  const compiled = new URL('../dist/read/xlsx/index.js', import.meta.url);
  const source = new URL('../src/read/xlsx/index.ts', import.meta.url);
  const module: { readXlsx: typeof readXlsx } = await import((existsSync(compiled) ? compiled : source).href);
  let characters = 0;
  for (const sheet of await module.readXlsx({ path, name: 'bench.xlsx', bytes: 0, sha256: '' })) {
    for await (const { columns } of sheet.read()) {
      for (const column of columns) for (const text of column) characters += text.length;
      tick();
    }
  }
  return characters;
}

async function readExcelJs(path: string, tick: () => void): Promise<number> {
  const { default: ExcelJs } = await import('exceljs');
  const reader = new ExcelJs.stream.xlsx.WorkbookReader(path, {
    sharedStrings: 'cache',
    styles: 'cache',
  } as never);
  let characters = 0;
  for await (const sheet of reader) {
    for await (const row of sheet) {
      row.eachCell((cell) => (characters += cell.text.length));
      if (row.number % 4096 === 0) tick();
    }
  }
  return characters;
}

async function measure(reader: string, path: string): Promise<void> {
  let peak = 0;
  const tick = () => {
    // Not resourceUsage().maxRSS: a child inherits the peak of the process that it was forked from.
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const start = performance.now();
  const characters = await (reader === 'ours' ? readOurs : readExcelJs)(path, tick);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const cpu = (process.resourceUsage().userCPUTime / 1e6).toFixed(2);
  console.log(
    `${reader.padEnd(8)} ${seconds} s, CPU ${cpu} s, ${Math.round(peak / 1024 ** 2)} MB, ${characters} characters`,
  );
}

function compare(rows: number, kept: string | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-bench-'));
  const path = kept ?? join(folder, 'bench.xlsx');
  if (!existsSync(path)) writeFileSync(path, generate(rows));
  for (const reader of ['ours', 'ours', 'ours', 'exceljs']) {
    const script = fileURLToPath(import.meta.url);
    execFileSync(process.execPath, ['--import', 'tsx', script, '--read', reader, path], { stdio: 'inherit' });
  }
  rmSync(folder, { recursive: true });
}

const [first = '200000', second = '', third = ''] = process.argv.slice(2);
if (first === '--read') await measure(second, third);
else compare(Number(first), second || undefined);
