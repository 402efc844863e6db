/** A draft that a person worked on in the real LibreOffice is refreshed: all edits stay, and the file opens again everywhere. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { toBookmarkName } from '../src/render/index.ts';
import { findSchemaFaults } from '../test/support/word-schema.ts';
import { convert, runPython } from './programs.ts';

export const name = '更新: LibreOffice edits a draft and saves it; refresh keeps every edit; LibreOffice accepts, rejects, python-docx opens';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const INPUTS = ['手工填报2022.xlsx', '任务指标2022.xlsx', '婚姻登记2022.csv', '申诉工单2022.csv'];
const MARRIAGES = '婚姻登记2022.csv';

interface Reading {
  paragraphs: string[];
  bold: string;
  bookmarks: string[];
}

interface Result {
  fate: string;
  figure: string;
  was: string;
  found: string | null;
  now: string | null;
}

export async function check(folder: string): Promise<string[]> {
  const home = join(folder, 'edited');
  const inputs = join(home, 'inputs');
  mkdirSync(inputs, { recursive: true });
  for (const file of INPUTS) cpSync(join(ROOT, 'samples', file), join(inputs, file));
  const paths = INPUTS.map((file) => join(inputs, file));
  mzreport('summarize', ...paths, '--format', 'docx', '--out', home, '--quiet');
  const draft = join(home, readdirSync(home).find((file) => file.endsWith('.docx')) ?? '');
  const edited = join(home, 'edited.docx');
  const before = writer([
    { open: draft, read: 'draft' },
    { open: draft, edit: EDIT, save: edited },
    { open: edited, read: 'edited' },
  ]);
  const removed = await correct(inputs);
  const { results, path } = refresh(edited, paths);
  const accepted = join(home, 'accepted.docx');
  const after = writer([
    { open: path, settle: 'AcceptAllTrackedChanges', read: 'accepted', save: accepted },
    { open: path, settle: 'RejectAllTrackedChanges', read: 'rejected' },
  ]);
  const again = refresh(accepted, paths);
  for (const file of [edited, path, accepted]) runPython('import sys, docx; docx.Document(sys.argv[1])', file);
  convert(path, 'pdf', home);
  console.log(`     ${results.map(({ figure, fate, was, found, now }) => `${figure} ${fate}: ${was}${found === was ? '' : ` (now ${found})`} → ${now}`).join('\n     ')}`);
  return [
    ...findEditFaults(before.draft, before.edited),
    ...findResultFaults(results, removed),
    ...findTextFaults(before.edited, after.accepted, after.rejected),
    ...[edited, path, accepted].flatMap((file) => findSchemaFaults(readFileSync(file)).map((fault) => `${file}: ${fault}`)),
    ...again.results
      .filter(({ fate }) => !['overwritten', 'lost'].includes(fate))
      .map(({ figure, fate }) => `accepted in LibreOffice, and again ${fate}: ${figure}`),
  ];
}

const PARAGRAPH = '这一段是人在软件里加的。';
const EDIT = {
  before: '低保标准为',
  paragraph: PARAGRAPH,
  words: ['低保标准为', '低保的标准是'],
  bold: toBookmarkName('低保.标准', 1),
  typed: toBookmarkName('婚姻登记.结婚对数', 1),
  over: toBookmarkName('婚姻登记.离婚对数', 1),
  with: '1000对',
};

const mzreport = (...args: string[]): void => {
  execFileSync(process.execPath, ['bin/mzreport.js', ...args, '--config', 'samples/mzreport.yaml'], { cwd: ROOT });
};

/** Ends with 1 because something is left to a person. */
function refresh(draft: string, paths: string[]): { results: Result[]; path: string } {
  const args = ['bin/mzreport.js', 'refresh', draft, ...paths, '--config', 'samples/mzreport.yaml', '--json'];
  try {
    execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    throw new Error('refresh ended with 0 though a person overwrote figures');
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status !== 1) throw error;
    const { results, written } = JSON.parse(stdout ?? '') as { results: Result[]; written: { path: string } | null };
    return { results, path: written?.path ?? '' };
  }
}

const writer = (job: object[]): Record<string, Reading> =>
  JSON.parse(execFileSync('/usr/bin/python3', [join(ROOT, 'verify/writer.py'), JSON.stringify(job)], { encoding: 'utf8' }));

/** Corrected exports: 860 yuan instead of 855, and the last marriages are gone; says how many 结婚 and 离婚 there were among them. */
async function correct(inputs: string): Promise<{ 结婚: number }> {
  const workbook = new ExcelJS.Workbook();
  const path = join(inputs, '手工填报2022.xlsx');
  await workbook.xlsx.readFile(path);
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.value === 855) cell.value = 860;
      });
    });
  await workbook.xlsx.writeFile(path);
  const lines = readFileSync(join(inputs, MARRIAGES)).toString('latin1').trimEnd().split('\n');
  const gone = lines.splice(-200).map((line) => new TextDecoder('gb18030').decode(Buffer.from(line, 'latin1')));
  writeFileSync(join(inputs, MARRIAGES), Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
  return { 结婚: gone.filter((line) => line.includes('结婚登记') && !line.includes('补领')).length };
}

function findEditFaults(draft: Reading | undefined, edited: Reading | undefined): string[] {
  const text = edited?.paragraphs.join('\n') ?? '';
  const lost = (draft?.bookmarks ?? []).filter((each) => !edited?.bookmarks.includes(each));
  console.log(`     ${draft?.bookmarks.length} bookmarks; LibreOffice lost ${lost.length} (the figure that was selected and typed over)`);
  return [
    ...(text.includes(PARAGRAPH) && text.includes('低保的标准是') ? [] : ['LibreOffice did not make the edits']),
    ...(edited?.bold.includes('855') ? [] : ['LibreOffice did not make the figure bold']),
    ...(lost.length <= 1 ? [] : [`LibreOffice lost bookmarks: ${lost.join()}`]),
  ];
}

function findResultFaults(results: Result[], removed: { 结婚: number }): string[] {
  const find = (figure: string) => results.find((each) => each.figure === figure);
  const [standard, marriages, divorces] = ['低保.标准', '婚姻登记.结婚对数', '婚姻登记.离婚对数'].map(find);
  const fewer = Number.parseInt(marriages?.was ?? '', 10) - Number.parseInt(marriages?.now ?? '', 10);
  return [
    ...(standard?.fate === 'changed' && standard.was === '855' && standard.now === '860' ? [] : ['低保.标准 is not 860']),
    ...(marriages?.fate === 'overwritten' ? [] : ['the figure that was typed into is not left alone']),
    ...(fewer === removed.结婚 ? [] : [`${removed.结婚} marriages are gone from the export, ${fewer} from the figure`]),
    ...(divorces && ['overwritten', 'lost'].includes(divorces.fate) ? [] : ['the figure that was typed over is not told of']),
  ];
}

/** Rejected, the text is as the person left it; accepted, it differs in the figures alone. */
function findTextFaults(edited: Reading | undefined, accepted: Reading | undefined, rejected: Reading | undefined): string[] {
  const [own, taken, refused] = [edited, accepted, rejected].map((each) => each?.paragraphs.join('\n') ?? '');
  const blank = (text = '') => text.replace(/[\d.]+/g, '0');
  return [
    ...(own === refused ? [] : ['rejected in LibreOffice, the text is not as the person left it']),
    ...(own !== taken && blank(own) === blank(taken) ? [] : ['accepted in LibreOffice, more than figures differ']),
    ...(taken?.includes(PARAGRAPH) && taken.includes('1000对') && taken.includes('低保的标准是') ? [] : ['an edit is gone']),
    ...(accepted?.bold.includes('860') ? [] : ['the figure is no longer bold']),
  ];
}
