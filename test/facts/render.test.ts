/** A *.facts.json gives its documents again; one that is old or was changed is refused with a sentence. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '../../src/model.ts';
import { unzip } from '../render/unzip.ts';
import { runCli } from '../support/run.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLES = join(ROOT, 'samples');
const home = mkdtempSync(join(tmpdir(), 'mzreport-render-'));
const at = (...path: string[]) => join(home, ...path);
const NAME = '东湖区民政局2022年工作总结';

const PAYOUTS = `东湖区2022年低保发放明细
单位：元
乡镇街道,户编号,身份证号,保障人数,发放年月,发放合计
甲镇,H1,990000194912310028,2,2022-01,300
乙镇,H2,990000195001010015,3,2022-02,500
`;

beforeAll(async () => {
  const inputs = readdirSync(SAMPLES).filter((name) => /^(任务|手工|婚姻|高龄).*\.(xlsx|csv)$/.test(name));
  const paths = inputs.map((name) => join(SAMPLES, name));
  writeFileSync(at('低保2022.csv'), PAYOUTS);
  paths.push(at('低保2022.csv'));
  const config = ['--config', join(SAMPLES, 'mzreport.yaml')];
  const outcome = await runCli(
    'summarize',
    ...paths,
    ...config,
    '--out',
    at('run'),
    '--kind',
    'annual',
    '--quiet',
  );
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
}, 60_000);
afterAll(() => rmSync(home, { recursive: true }));

const facts = () => at('run', `${NAME}.facts.json`);
const read = (...path: string[]) => readFileSync(at(...path));

/** The library of charts numbers its classes on through a process. */
const toPage = (folder: string) =>
  read(folder, `${NAME}.html`)
    .toString()
    .replace(/zr\d+-[a-z]*-?\d+/g, 'zr');

/** The text part of a docx: the zip around it has the time of writing. */
const toBody = (folder: string) => unzip(read(folder, `${NAME}.docx`)).get('word/document.xml');

/** The facts as a person or another program left them. */
function change(name: string, edit: (text: string) => string): string {
  writeFileSync(at(name), edit(readFileSync(facts(), 'utf8')));
  return at(name);
}

describe('mzreport render', () => {
  it('gives the documents of the run again, to the byte', async () => {
    const { code, stdout, stderr } = await runCli(
      'render',
      facts(),
      '--config',
      join(SAMPLES, 'mzreport.yaml'),
      '--out',
      at('again'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('注意');
    for (const ending of ['md', 'txt'])
      expect(read('again', `${NAME}.${ending}`)).toEqual(read('run', `${NAME}.${ending}`));
    expect(toPage('again')).toBe(toPage('run'));
    expect(toBody('again')).toBe(toBody('run'));
    expect(read('run', `${NAME}.md`).toString()).toContain('办理结婚登记');
    expect(readdirSync(at('again')).filter((name) => name.endsWith('.facts.json'))).toEqual([]);
  });

  it('writes another kind of document from the same figures', async () => {
    const { stdout } = await runCli(
      'render',
      facts(),
      '--kind',
      'congress',
      '--format',
      'txt',
      '--out',
      at('congress'),
      '--json',
    );
    const { written, notes } = JSON.parse(stdout) as { written: { path: string }[]; notes: string[] };
    expect(written.map(({ path }) => path)).toEqual([at('congress', '东湖区民政局2022年工作情况的报告.txt')]);
    expect(notes.join()).toContain('没有分地区或分月的数');
  });

  it('keeps a document that a person edited', async () => {
    await runCli('render', facts(), '--format', 'md', '--out', at('edited'));
    writeFileSync(at('edited', `${NAME}.md`), '人改过');
    const { stdout } = await runCli('render', facts(), '--format', 'md', '--out', at('edited'));
    expect(stdout).toContain('予以保留');
    expect(read('edited', `${NAME}.md`).toString()).toBe('人改过');
    await runCli('render', facts(), '--format', 'md', '--out', at('edited'), '--force');
    expect(read('edited', `${NAME}.md`)).toEqual(read('run', `${NAME}.md`));
  });

  it('asks where a template of the bureau is, and takes it', async () => {
    cpSync(join(ROOT, 'templates/reports/annual.hbs'), at('本局.hbs'));
    const input = join(SAMPLES, '婚姻登记2022.csv');
    await runCli(
      'summarize',
      input,
      '--place',
      '甲县',
      '--template',
      at('本局.hbs'),
      '--format',
      'txt',
      '--out',
      at('own'),
    );
    const path = at('own', '甲县民政局2022年工作总结.facts.json');
    expect(readFileSync(path, 'utf8')).not.toContain(home);
    const asked = await runCli('render', path, '--out', at('own2'));
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('“本局.hbs”');
    const done = await runCli(
      'render',
      path,
      '--template',
      at('本局.hbs'),
      '--format',
      'txt',
      '--out',
      at('own2'),
    );
    expect(done.code).toBe(0);
    expect(read('own2', '甲县民政局2022年工作总结.txt')).toEqual(read('own', '甲县民政局2022年工作总结.txt'));
  });

  it('tells that templates or 口径 changed since', async () => {
    mkdirSync(at('模板'));
    cpSync(join(ROOT, 'templates'), at('模板'), { recursive: true });
    const partial = at('模板/reports/partials/社会事务.hbs');
    writeFileSync(partial, readFileSync(partial, 'utf8').replace('办理结婚登记', '共办结婚登记'));
    writeFileSync(at('本局.yaml'), '模板目录: 模板\n');
    const { stdout } = await runCli(
      'render',
      facts(),
      '--config',
      at('本局.yaml'),
      '--format',
      'txt',
      '--out',
      at('changed'),
    );
    expect(stdout).toContain('口径、模板或版式与写出时不同：reports/partials/社会事务.hbs；');
    expect(read('changed', `${NAME}.txt`).toString()).toContain('共办结婚登记');
  });
});

describe('facts', () => {
  it('keep the heads of the columns that were taken, and nothing that a title over them says', async () => {
    const table = [
      '制表人：样例甲13900001234,,,,,',
      '乡镇街道,户编号,保障人数,发放年月,发放 合计（元）,联系电话',
      '甲镇,H1,2,2022-01,300,13900001234',
      '乙镇,H2,3,2022-02,500,13900001234',
    ];
    writeFileSync(at('低保金2022.csv'), `${table.join('\n')}\n`);
    await runCli(
      'summarize',
      at('低保金2022.csv'),
      '--place',
      '甲县',
      '--format',
      'txt',
      '--out',
      at('heads'),
    );
    const text = read('heads', '甲县民政局2022年工作总结.facts.json').toString();
    expect(text).not.toMatch(/样例甲|13900001234/);
    const [sheet] = (JSON.parse(text) as Facts).sheets;
    expect(sheet?.columns).toContainEqual({ column: 'E', label: '发放 合计（元）', field: '发放金额' });
    expect(sheet?.columns.map(({ column }) => column)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });
});

describe('facts that are not as they were written', () => {
  it('are refused when a figure was changed by hand, and taken with --edited, which is said', async () => {
    const couples = (JSON.parse(readFileSync(facts(), 'utf8')) as Facts).figures.find(
      ({ id }) => id === '婚姻登记.结婚对数',
    );
    const path = change('改.facts.json', (text) => text.replaceAll(`"${couples?.text}"`, '"99999对"'));
    const refused = await runCli('render', path, '--out', at('no'));
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('“改.facts.json”写出以后被人改过'),
    });
    const taken = await runCli('render', path, '--edited', '--format', 'txt', '--out', at('taken'));
    expect(taken.code).toBe(0);
    expect(taken.stdout).toContain('注意：改.facts.json 写出以后被人改过');
    expect(read('taken', `${NAME}.txt`).toString()).toContain('结婚登记99999对');
  });

  it('are taken when they were only laid out anew', async () => {
    const path = change('排.facts.json', (text) => `\ufeff${JSON.stringify(JSON.parse(text))}`);
    expect((await runCli('render', path, '--format', 'txt', '--out', at('laid'))).code).toBe(0);
  });

  it.each([
    [
      '旧',
      (text: string) => text.replace('"schemaVersion": 2', '"schemaVersion": 1'),
      '格式版本是1，本程序用的是2',
    ],
    [
      '新',
      (text: string) => text.replace('"schemaVersion": 2', '"schemaVersion": 3'),
      '格式版本是3，本程序用的是2',
    ],
    ['断', (text: string) => text.slice(0, 5000), '不是本程序写出的 facts.json'],
    ['别的', () => '{"figures": []}', '不是本程序写出的 facts.json'],
    [
      '缺',
      (text: string) => text.replace('"status": "known"', '"status": "sure"'),
      '不是本程序写出的 facts.json',
    ],
  ])('are refused with a sentence: %s', async (name, edit, says) => {
    const path = change(`${name}.facts.json`, edit);
    const { code, stderr } = await runCli('render', path, '--edited', '--out', at('no'));
    expect(code).toBe(2);
    expect(stderr).toContain(`“${name}.facts.json”`);
    expect(stderr).toContain(says);
  });
});
