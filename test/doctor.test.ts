import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findFamilies } from '../src/machine/families.ts';
import { examineFolder, toSpaceFinding } from '../src/machine/folders.ts';
import { readFontNames } from '../src/machine/font-names.ts';
import { examineDatabase, examineMemory, examineNode } from '../src/machine/program.ts';
import { runCli } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));

/** A copy of templates/ and a mzreport.yaml that names it. */
function toBureau(name: string, change: (templates: string) => void): string {
  const templates = join(folder, name);
  cpSync(TEMPLATES, templates, { recursive: true });
  change(templates);
  const config = join(folder, `${name}.yaml`);
  writeFileSync(config, `地区: 东湖区\n模板目录: ${name}\n`);
  return config;
}

describe('mzreport doctor', () => {
  it('says of each thing that it is fit, and ends with 0', async () => {
    const { code, stdout, stderr } = await runCli('doctor', '--out', join(folder, 'neu', 'tief'));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const line of [
      `ok    Node.js：${process.versions.node}`,
      'ok    数据库组件：DuckDB v1.',
      'ok    文种 congress：',
      'ok    附表版式：8张',
      'ok    公文样式：每页22行，每行28字',
    ])
      expect(stdout).toContain(line);
    expect(stdout).toMatch(/(?:ok {4}|注意 {2})字体 方正小标宋简体：/);
    expect(stdout).not.toContain('错误');
    expect(stdout).toMatch(/\n(?:一切正常|可以运行；有\d+处要注意)\n$/);
    // It looked at a folder that is not there, and did not make it.
    expect(readdirSync(folder)).not.toContain('neu');
  });

  it('goes on after each fault and ends with 2', async () => {
    const config = toBureau('坏模板', (templates) => {
      writeFileSync(join(templates, 'reports', 'annual.hbs'), '本年{{低保.没有这个数}}。');
      writeFileSync(join(templates, 'tables', '9坏表.yaml'), '名称: 坏表\n方式: 没有\n');
      writeFileSync(join(templates, 'style', 'gongwen.yaml'), '页面: {}\n');
    });
    const { code, stdout } = await runCli('doctor', '--config', config);
    expect(code).toBe(2);
    expect(stdout).toMatch(/错误 {2}文种 annual：模板“annual\.hbs”有误.*低保\.没有这个数/);
    expect(stdout).toMatch(/ok {4}文种 congress：/);
    expect(stdout).toMatch(/错误 {2}附表版式：.*9坏表\.yaml/);
    expect(stdout).toMatch(/错误 {2}公文样式：.*gongwen\.yaml/);
    expect(stdout).toMatch(/ok {4}配置：/);
    expect(stdout.trimEnd()).toMatch(/有3处错误，改正以前不能正常运行$/);
  });

  it('tells of a bad mzreport.yaml and still looks at the templates that come with it', async () => {
    const config = join(folder, '写错.yaml');
    writeFileSync(config, '地点: 东湖区\n');
    const { code, stdout } = await runCli('doctor', '--config', config);
    expect(code).toBe(2);
    expect(stdout).toMatch(/错误 {2}配置：.*地点/);
    expect(stdout).toMatch(/ok {4}字典和口径：\d+个指标/);
  });

  it('tells of a template of the bureau that is not there', async () => {
    const config = join(folder, '自己的.yaml');
    writeFileSync(config, '模板: 没有.hbs\n');
    const { code, stdout } = await runCli('doctor', '--config', config);
    expect(code).toBe(2);
    expect(stdout).toMatch(/错误 {2}本单位的模板：.*没有\.hbs/);
  });

  it('gives the same to a machine', async () => {
    const { code, stdout } = await runCli('doctor', '--json');
    const { healthy, findings } = JSON.parse(stdout) as {
      healthy: boolean;
      findings: { name: string; state: string }[];
    };
    expect([code, healthy]).toEqual([0, true]);
    expect(findings.find(({ name }) => name === 'Node.js')?.state).toBe('ok');
  });
});

describe('what is in the way of a run', () => {
  it('is an old Node.js, and a new one is not', () => {
    expect(examineNode('18.20.8')).toMatchObject({ state: '错误', found: '18.20.8，版本太旧' });
    expect(examineNode('20.0.0').state).toBe('ok');
    expect(examineNode('100.0.0').state).toBe('ok');
  });

  it('is a database that does not load', async () => {
    const open = () => Promise.reject(new Error('duckdb.node: 找不到指定的模块\n    at 别处'));
    const { state, found, advice } = await examineDatabase(open);
    expect(state).toBe('错误');
    expect(found).toBe('不能装载（duckdb.node: 找不到指定的模块）');
    expect(advice).toContain('重新解压');
  });

  it('is little memory or room, but only as a hint', () => {
    expect(examineMemory(8 * 2 ** 30, 2 ** 29)).toMatchObject({
      state: '注意',
      found: '共 8.0 GB，可用 0.5 GB',
    });
    expect(examineMemory(8 * 2 ** 30, 2 ** 31).state).toBe('ok');
    expect(toSpaceFinding('输出文件夹', '总结', 5 * 2 ** 20)).toMatchObject({
      state: '注意',
      found: '“总结”可以写入，剩余 5 MB',
    });
  });

  it('is a file where a folder should be', async () => {
    const file = join(folder, '是文件');
    writeFileSync(file, '');
    const { state, found, advice } = await examineFolder('输出文件夹', join(file, '总结'));
    expect(state).toBe('错误');
    expect(found).toContain('路径中有一段是文件');
    expect(advice).toContain('--out');
  });

  it('is a folder that may only be read', async () => {
    chmodSync(folder, 0o755);
    const locked = join(folder, '只读');
    mkdirSync(locked, { mode: 0o500 });
    // Root may write everywhere: for the time of the look it is nobody.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await examineFolder('输出文件夹', locked)).toMatchObject({ state: '错误' });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    chmodSync(locked, 0o700);
  });
});

/** A font file with nothing but its name table, by the letter of OpenType: families by language. */
function toFont(names: [platform: number, language: number, id: number, text: string][]): Buffer {
  const texts = names.map(([, , , text]) => Buffer.from(text, 'utf16le').swap16());
  const records = Buffer.alloc(6 + names.length * 12);
  records.writeUInt16BE(names.length, 2);
  records.writeUInt16BE(records.length, 4);
  let offset = 0;
  names.forEach(([platform, language, id], index) => {
    const length = texts[index]?.length ?? 0;
    [platform, 1, language, id, length, offset].forEach((value, field) => {
      records.writeUInt16BE(value, 6 + index * 12 + field * 2);
    });
    offset += length;
  });
  const table = Buffer.concat([records, ...texts]);
  const head = Buffer.alloc(28);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(1, 4);
  head.write('name', 12, 'latin1');
  head.writeUInt32BE(28, 20);
  head.writeUInt32BE(table.length, 24);
  return Buffer.concat([head, table]);
}

describe('fonts', () => {
  const shelf = join(folder, '字库');
  mkdirSync(join(shelf, '内层'), { recursive: true });
  const path = join(shelf, '内层', 'simfang.ttf');
  writeFileSync(
    path,
    toFont([
      [3, 0x0409, 1, 'FangSong'],
      [3, 0x0804, 1, '仿宋'],
      [3, 0x0409, 5, 'Version 5'],
    ]),
  );
  writeFileSync(join(shelf, '坏.ttf'), 'no font at all');
  writeFileSync(join(shelf, '空.otf'), '');

  it('tell their names in all languages', () => {
    expect(readFontNames(path)).toEqual(['FangSong', '仿宋']);
    expect(readFontNames(join(shelf, '坏.ttf'))).toEqual([]);
    expect(readFontNames(join(shelf, '没有.ttf'))).toEqual([]);
  });

  it('are found in the folders where there is no fc-list', async () => {
    const list = () => Promise.resolve(null);
    for (const platform of ['linux', 'win32', 'darwin'] as const)
      expect(await findFamilies({ platform, folders: [shelf, join(folder, '没有')], list })).toEqual(
        new Set(['fangsong', '仿宋']),
      );
  });

  it('are those that fc-list names, where there is one', async () => {
    const list = () => Promise.resolve('KaiTi,楷体\nNoto Serif CJK SC\n');
    expect(await findFamilies({ platform: 'linux', folders: [shelf], list })).toEqual(
      new Set(['kaiti', '楷体', 'noto serif cjk sc']),
    );
  });
});
