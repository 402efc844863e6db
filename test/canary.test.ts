/**
 * 个人信息: persons are planted in every dataset and in odd places, every command there is runs over them, some runs fail,
 * some crash, some are killed; afterwards no output, no message and no file in the temp folder holds any of them. Names of
 * files and sheets are printed as they are, and so are areas, heads and titles: those are what a message points at.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../src/cli.ts';
import { unzip } from './render/unzip.ts';
import { plant, toTraces } from './support/canaries.ts';
import { toGb18030 } from './support/gb18030.ts';

const SOURCES = fileURLToPath(new URL('../src/cli/', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../bin/mzreport.js', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'mzreport-canary-'));
const temporary = join(root, 'tmp');
const inputs = join(root, '导出');
const out = join(root, 'out');
const gb18030 = new TextDecoder('gb18030');
let traces: string[] = [];
/** Any of them. */
let pattern = /$/;

beforeAll(async () => {
  for (const folder of [temporary, inputs, out]) mkdirSync(folder);
  vi.stubEnv('TMPDIR', temporary);
  const { files, persons } = await plant();
  traces = toTraces(persons);
  pattern = new RegExp(traces.join('|'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(inputs, name), bytes);
  writeFileSync(
    join(root, '计划.yaml'),
    '年度: 2022\n输出目录: 成批\n任务:\n  - {地区: 东湖区, 材料: 导出, 输出: 批量}\n  - {地区: 西湖区, 材料: 没有的, 输出: 批量2}\n',
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

interface Outcome {
  code: number;
  text: string;
}

/** Runs on a terminal, looking into the temp folder all the time; `crash` ends the run where it prints. */
async function runOn(args: string[], crash = false): Promise<Outcome> {
  const outcome: Outcome = { code: -1, text: '' };
  const stream = (dies: boolean) => ({
    isTTY: true,
    write: (text: string) => {
      if (dies) throw new Error(`a fault of ours, with ${traces.join(' ')}\n${traces.join('\n')}`);
      outcome.text += text;
    },
  });
  let done = false;
  const watch = (async () => {
    while (!done) {
      expect(findTraces(readAll(temporary))).toEqual([]);
      await setTimeout(20);
    }
  })();
  try {
    outcome.code = await run({
      argv: ['node', 'mzreport', ...args],
      stdout: stream(crash),
      stderr: stream(false),
      stdin: Readable.from(['\n', '2022\n', '\n']),
    });
  } finally {
    done = true;
  }
  await watch;
  return outcome;
}

/** Files below a folder with their bytes, the parts of zips among them; pipes and files that are gone again are nothing. */
function readAll(folder: string): [name: string, bytes: Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name): [string, Buffer][] => {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
    const bytes = readFileSync(path);
    const isZip = bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
    // The packed bytes mean nothing; each part is looked at unpacked.
    if (!isZip) return [[name, bytes]];
    const parts = [...unzip(bytes)];
    return [...parts.map(([part, text]): [string, Buffer] => [`${name}/${part}`, Buffer.from(text)])];
  });
}

/** "file: trace" for the first that is found in each, in any encoding, with or without spaces and dashes in numbers. */
function findTraces(files: [name: string, bytes: Buffer][]): string[] {
  return files.flatMap(([name, bytes]) => {
    const texts = [bytes.toString('utf8'), bytes.toString('utf16le'), gb18030.decode(bytes)];
    const dense = texts[0]?.replace(/[\s\-_,]/g, '') ?? '';
    const found = [...texts, dense].flatMap((text) => pattern.exec(text)?.[0] ?? []);
    return found.slice(0, 1).map((trace) => `${name}: ${trace}`);
  });
}

/** Names of commands and of commands in commands, from where they are added. */
const COMMANDS = readdirSync(SOURCES)
  .flatMap((name) => [...readFileSync(join(SOURCES, name), 'utf8').matchAll(/\.command\('([\w-]+)/g)])
  .map(([, name = '']) => name)
  .sort();

const find = (suffix: string): string =>
  join(out, readdirSync(out).find((name) => name.endsWith(suffix)) ?? suffix);

/** Command → runs of it, in order: later ones read what earlier ones wrote. */
const CASES: Record<string, (() => string[])[]> = {
  summarize: [
    () => ['summarize', inputs, '--last-year', join(inputs, '残疾人两项补贴2021.csv'), '--out', out],
    () => ['summarize', inputs, '--out', out, '--json', '--kind', 'congress', '--memory', '200MB'],
  ],
  export: [() => ['export', inputs, '--out', out, '--format', 'xlsx,csv,docx', '--no-suppress']],
  inspect: [
    () => ['inspect', inputs],
    () => ['inspect', inputs, '--json', '--write', join(out, 'mzreport.yaml')],
  ],
  init: [() => ['init', inputs, '--out', join(out, '配置')]],
  explain: [
    () => ['explain', '低保.发放金额', inputs, '--sql', '--rows', join(out, '行.csv')],
    () => ['explain', '临时救助.金额', inputs, '--json'],
    () => ['explain', '低保.发放金额', find('总结.facts.json')],
  ],
  check: [
    () => ['check', find('总结.docx'), inputs],
    () => ['check', find('总结.md'), find('总结.facts.json'), '--json'],
  ],
  render: [() => ['render', find('总结.facts.json'), '--out', join(out, '重写')]],
  rollup: [
    () => ['rollup', find('总结.facts.json'), '--place', '样例市', '--out', join(out, '市'), '--partial'],
  ],
  diff: [
    () => [
      'diff',
      find('总结.facts.json'),
      join(out, '市', '样例市民政局2022年工作总结.facts.json'),
      '--all',
    ],
  ],
  refresh: [() => ['refresh', find('总结.docx'), inputs, '--out', join(out, '更新.docx')]],
  batch: [() => ['batch', join(root, '计划.yaml'), '--log-format', 'json']],
  indicators: [() => ['indicators'], () => ['indicators', '--explain', '低保.发放金额']],
  templates: [() => ['templates']],
  eject: [() => ['templates', 'eject', 'annual', join(out, '模板')]],
  doctor: [() => ['doctor', '--out', out]],
};

describe('no person leaves', () => {
  it('the inputs, where the search finds them in each file', () => {
    const names = readAll(inputs).flatMap((file) =>
      findTraces([file]).length > 0 ? [file[0].split('/')[0]] : [],
    );
    expect([...new Set(names)].sort()).toEqual(readdirSync(inputs).sort());
    expect(traces.length).toBeGreaterThan(150);
  });

  it('any command, and every command is tried', () => {
    expect(Object.keys(CASES).sort()).toEqual([...new Set(COMMANDS)].sort());
  });

  it.each(Object.entries(CASES))('%s', async (_, runs) => {
    for (const each of runs) {
      const args = each();
      const { code, text } = await runOn(args);
      // A job of the batch has no inputs, and this machine may lack fonts.
      const worst = ['batch', 'doctor'].includes(args[0] ?? '') ? 2 : 1;
      expect({ args, code, text: text.slice(0, 300) }).toMatchObject({
        code: expect.toSatisfy((n) => n <= worst),
      });
      expect(findTraces([[args.join(' '), Buffer.from(text)]])).toEqual([]);
    }
    expect(findTraces([...readAll(out), ...readAll(temporary)])).toEqual([]);
  });

  it('a run that fails, with --debug', async () => {
    const read = (name: string) => readFileSync(join(inputs, name));
    const broken = join(root, '坏');
    mkdirSync(broken);
    const book = read('东湖区2022.xlsx');
    const files: Record<string, Uint8Array> = {
      '截断.xlsx': book.subarray(0, book.length - 3000),
      '改坏.xlsx': Buffer.concat([book.subarray(0, 2000), Buffer.alloc(500, 7), book.subarray(2500)]),
      '引号.csv': Buffer.concat([toGb18030('东湖区2022年低保,"'), read('临时救助2022.csv')]),
      '编码.csv': Buffer.concat([read('临时救助2022.csv'), Buffer.from([0xff, 0x2c, 0xff])]),
      '无表头.csv': read('手工填报2022.csv').subarray(60),
      '东湖区.facts.json': Buffer.from(`{"persons": "${traces.join(' ')}"}`),
      '坏.facts.json': Buffer.from(`{"persons": "${traces.join(' ')}`),
      'mzreport.yaml': Buffer.from(`地区: 东湖区\n${traces.map((trace) => `- ${trace}`).join('\n')}\n`),
      '本区.hbs': Buffer.from('{{低保.没有}}'),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(broken, name), bytes);
    const good = join(inputs, '临时救助2022.csv');
    const runs = [
      ...Object.keys(files).map((name) => ['summarize', join(broken, name), '--out', out]),
      ['summarize', good, '--year', '2010', '--out', out],
      ['summarize', good, '--config', join(broken, 'mzreport.yaml'), '--out', out],
      ['summarize', good, '--template', join(broken, '本区.hbs'), '--out', out],
      ['summarize', good, '--out', join(broken, '本区.hbs')],
      ['export', good, '--layout', '任务指标', '--out', out],
      ['render', join(broken, '东湖区.facts.json'), '--out', out],
      ['rollup', join(broken, '坏.facts.json'), '--out', out],
      ['batch', join(broken, 'mzreport.yaml')],
      ['check', join(broken, '截断.xlsx'), inputs],
      ['explain', '低保.没有', inputs],
    ];
    for (const args of runs) {
      const { code, text } = await runOn([...args, '--debug']);
      expect({ args, code, text: text.slice(0, 300) }).toMatchObject({
        code: expect.toSatisfy((n) => n <= 2),
      });
      expect(findTraces([[args.join(' '), Buffer.from(text)], ...readAll(temporary)])).toEqual([]);
    }
    expect(findTraces(readAll(out))).toEqual([]);
  });

  it('a run that crashes, with --debug', async () => {
    for (const command of ['summarize', 'inspect']) {
      const args = command === 'inspect' ? [] : ['--out', join(out, '崩溃')];
      const { code, text } = await runOn([command, inputs, ...args, '--debug'], true);
      expect(code).toBe(70);
      expect(text).toContain('Error: a fault of ours');
      expect(findTraces([[command, Buffer.from(text)], ...readAll(out), ...readAll(temporary)])).toEqual([]);
    }
  });

  it('a run that is killed', async () => {
    for (const delay of [500, 1000]) {
      const child = spawn(process.execPath, [PROGRAM, 'summarize', inputs, '--out', join(out, '杀')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
      const ended = once(child, 'exit');
      await Promise.race([setTimeout(delay), ended]);
      child.kill('SIGKILL');
      await ended;
      expect(findTraces([['', Buffer.from(text)], ...readAll(out), ...readAll(temporary)])).toEqual([]);
    }
    // What a killed run leaves there, a pipe or an empty folder, goes with the next one.
    await runOn(['summarize', inputs, '--out', out]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('a batch, into its folders, its manifest or its log', () => {
    const files = ['成批'].flatMap((name) =>
      readAll(join(root, name)).map(([file, bytes]) => [`${name}/${file}`, bytes] as [string, Buffer]),
    );
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining([expect.stringMatching(/批量/)]));
    expect(findTraces(files)).toEqual([]);
  });
});
