/** Zips and folders of township files are read as the files in them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Source } from '../../src/model.ts';
import { read, readSources } from '../../src/read/index.ts';
import { findInputs, type Inputs } from '../../src/read/inputs.ts';
import { writeCaseFile } from '../support/case-file.ts';
import { toPack } from '../support/pack.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-members-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const BOOK = { 工作表: [{ 名称: '表', 行: [['样例甲某', 1]] }] };

async function inputsOf(files: Parameters<typeof toPack>[0]): Promise<Inputs> {
  writeFileSync(join(folder, '包.zip'), toPack(files));
  return { files: [join(folder, '包.zip')], lastYear: [], skipped: [] };
}

it('names each member by the zip and says which were passed over', async () => {
  const inputs = await inputsOf({
    'b.csv': 'x,y\n1,2\n',
    '东/a.xlsx': await writeCaseFile(BOOK),
    '../c.csv': 'x,y\n',
    '/d.csv': 'x,y\n',
    'C:/e.csv': 'x,y\n',
    '说明.docx': 'x',
    '__MACOSX/._b.csv': 'x',
    '~$a.xlsx': 'x',
  });
  const seen: string[] = [];
  for await (const source of readSources(inputs)) {
    const [sheet] = await read(source);
    seen.push(`${source.name} ${sheet?.head[0]?.cells.join(' ')}`);
  }
  expect(seen).toEqual(['包.zip/b.csv x y', '包.zip/东/a.xlsx 样例甲某 1']);
  expect(inputs.skipped).toEqual([
    { name: '包.zip/../c.csv', reason: '路径不安全' },
    { name: '包.zip//d.csv', reason: '路径不安全' },
    { name: '包.zip/C:/e.csv', reason: '路径不安全' },
    { name: '包.zip/~$a.xlsx', reason: '正在编辑的临时文件' },
    { name: '包.zip/说明.docx', reason: '不是表格文件' },
  ]);
});

const temporary = (): string[] => readdirSync(tmpdir()).filter((name) => /^mzreport-[^-]{6}$/.test(name));

it.runIf(process.platform === 'linux')(
  'leaves no name of a member file in the temporary folder, even while it is read',
  async () => {
    const inputs = await inputsOf({ 'a.xlsx': await writeCaseFile(BOOK) });
    const before = temporary();
    for await (const source of readSources(inputs)) {
      for (const sheet of await read(source)) for await (const _ of sheet.read());
      expect(temporary().filter((name) => !before.includes(name))).toEqual([]);
    }
  },
);

it('keeps no cell in the sources of a report', async () => {
  const sources: Source[] = [];
  for await (const source of readSources(await inputsOf({ 'a.csv': '样例甲某,y\n' }))) {
    expect(JSON.stringify(source)).not.toContain('样例');
    sources.push(source);
  }
  expect(sources.map(({ name, bytes }) => [name, bytes])).toEqual([['包.zip/a.csv', 15]]);
  await expect(read(sources[0] as Source)).rejects.toThrow();
});

it('refuses a member that inflates beyond what any table does', async () => {
  const inputs = await inputsOf({ 'a.csv': Buffer.alloc(64 * 1024 * 1024) });
  await expect(readSources(inputs).next()).rejects.toMatchObject({ code: 'file-limit' });
});

it('looks into folders two levels deep, in order', async () => {
  for (const path of ['', '东街道', '东街道/一月', '东街道/一月/草稿'].map((part) => join(folder, part))) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'a.csv'), 'x');
    writeFileSync(join(path, 'a.docx'), 'x');
  }
  const { files } = await findInputs([folder], () => false);
  expect(files.map((path) => path.slice(folder.length + 1))).toEqual([
    'a.csv',
    '东街道/a.csv',
    '东街道/一月/a.csv',
  ]);
});
