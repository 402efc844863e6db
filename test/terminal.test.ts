/** Nothing of a file, its name or a cell may do anything on the terminal but be seen; our own colours still do. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createColor } from '../src/cli/color.ts';
import { toDebugText } from '../src/cli/debug.ts';
import { makeSafe, toVisible } from '../src/cli/safe.ts';
import { run } from '../src/cli.ts';
import { Failure } from '../src/failure.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Seen {
  code: number;
  stdout: string;
  stderr: string;
}

async function runOn(isTTY: boolean, ...args: string[]): Promise<Seen> {
  const seen = { code: -1, stdout: '', stderr: '' };
  seen.code = await run({
    argv: ['node', 'mzreport', ...args],
    stdout: { write: (text) => (seen.stdout += text), isTTY },
    stderr: { write: (text) => (seen.stderr += text), isTTY },
  });
  return seen;
}

/** Clears the screen, sets the title, hides text, rings, goes back; the same in one byte; turns text round. */
const ATTACK = '\x1b[2J\x1b]0;甲\x07\x1b[8m\b\r\x7f\x9b31m\u202e';
const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const OWN_COLOURS = /\x1b\[(?:1|2|22|31|32|33|36|39)m/g;

/** Attacks in title, head, township, a number that is none, and the name of the file. */
function writeHostile(): string {
  const path = join(folder, `东湖区2022年高龄津贴${ATTACK}.csv`);
  writeFileSync(
    path,
    `东湖区2022年高龄津贴发放表${ATTACK}\n乡镇街道,发放月份,人次,发放金额（元）,${ATTACK}备用\n` +
      `东湖街道${ATTACK},2022年1月,3,300,\n${ATTACK},2022年2月,${ATTACK}4,4${ATTACK}00,x\n东湖街道,2022年${ATTACK}3月,5,500,\n`,
  );
  return path;
}

describe('a hostile file', () => {
  it.each([
    ['summarize', ['--force']],
    ['summarize', ['--json']],
    ['summarize', ['--year', '2010', '--debug']],
    ['inspect', []],
    ['inspect', ['--json']],
    ['export', ['--format', 'csv']],
  ])('shows no control character of its own: %s %s', async (command, args) => {
    const path = writeHostile();
    const out = command === 'inspect' ? [] : ['--out', join(folder, '总结')];
    for (const isTTY of [true, false]) {
      const { code, stdout, stderr } = await runOn(isTTY, command, path, ...out, ...args);
      expect(code).toBe(args.includes('2010') ? 2 : 0);
      const text = stdout + stderr;
      expect(text).toContain('高龄津贴');
      expect(isTTY ? text.replace(OWN_COLOURS, '') : text).not.toMatch(RAW);
    }
  });

  it('writes no control character into a text file', async () => {
    const path = writeHostile();
    const out = join(folder, '总结');
    await runOn(false, 'summarize', path, '--out', out, '--kind', 'congress', '--format', 'txt,md,html');
    await runOn(false, 'export', path, '--out', out, '--format', 'csv');
    const files = readdirSync(out).filter((name) => /\.(?:txt|md|html|csv|json)$/.test(name));
    expect(files.length).toBeGreaterThan(4);
    for (const name of files) {
      const text = readFileSync(join(out, name), 'utf8');
      expect(text.replace(/\r\n/g, '\n'), name).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
    }
  });

  it.each([
    ['an argument', ['summarize', `没有${ATTACK}.xlsx`]],
    ['an option', ['summarize', 'a.xlsx', `--x${ATTACK}`]],
    ['a command', [`甲${ATTACK}`]],
    ['a year', ['summarize', 'a.xlsx', '--year', ATTACK]],
    ['an indicator', ['indicators', '--explain', ATTACK]],
  ])('is no worse than %s', async (_, args) => {
    const { code, stdout, stderr } = await runOn(true, ...args);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toMatch(RAW);
    expect(stderr).toMatch(/^错误：[^\n]+\n$/);
  });

  it.skipIf(process.platform === 'win32')('cannot forge a line by its name', async () => {
    const path = join(folder, '东湖区\n已写出\n低保.csv');
    writeFileSync(path, '');
    const { stderr } = await runOn(true, 'summarize', path);
    expect(stderr).toMatch(/^错误：[^\n]+\n$/);
  });
});

describe('what a terminal is given', () => {
  it('shows each control character as a picture of it', () => {
    expect(toVisible('甲\x00\x1b[31m\r\x7f\x9b\u202e乙\t丙\n')).toBe('甲␀␛[31m␍␡��乙\t丙\n');
  });

  it('has our colours on a terminal alone, and those only from our own hand', () => {
    const written: string[] = [];
    const stdout = { write: (text: string) => written.push(text), isTTY: true };
    const terminal = makeSafe({ argv: [], stdout, stderr: stdout });
    const { green, bold } = createColor(terminal);
    terminal.stdout.write(`${green('已写出\x1b[31m')}${bold(green('粗'))}\x1b[32m`);
    expect(written).toEqual(['\x1b[32m已写出␛[31m\x1b[39m\x1b[1m\x1b[32m粗\x1b[39m\x1b[22m␛[32m']);
    const plain = createColor(makeSafe({ argv: [], stdout: { write: () => {} }, stderr: stdout }));
    expect(plain.green('已写出')).toBe('已写出');
  });
});

describe('--debug', () => {
  it('says where it happened, and nothing that a cell may have held', () => {
    const cause = new Error(
      `Conversion Error: Could not convert string '户主甲' to DECIMAL 110105194912310021\nOriginal Line: 户主甲,110105194912310021\n    at 户主甲`,
    );
    const text = toDebugText(new Failure('file-damaged', { where: '名册.csv' }, cause));
    expect(text).toContain('Conversion Error: Could not convert string … to DECIMAL …');
    expect(text).toContain('terminal.test.ts');
    expect(text).not.toMatch(/户主甲|1101051949|Original/);
    expect(toDebugText('户主甲')).toBe('string');
  });
});
