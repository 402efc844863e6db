/** A system that lets no file grow beyond some bytes, as a disk that is full: the program runs as its own process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../bin/mzreport.js', import.meta.url));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-full-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function summarize(amount: number, blocks: number | null) {
  const input = join(folder, '东湖区2022年高龄津贴.csv');
  writeFileSync(
    input,
    `东湖区2022年高龄津贴发放表\n乡镇街道,发放月份,人次,发放金额（元）\n东湖街道,2022年1月,4,${amount}\n`,
  );
  const limit = blocks === null ? '' : `ulimit -f ${blocks};`;
  const script = `${limit} exec "$0" "$@"`;
  const args = [process.execPath, PROGRAM, 'summarize', input, '--out', join(folder, 'out'), '--quiet'];
  return spawnSync('/bin/sh', ['-c', script, ...args], { encoding: 'utf8' });
}

const readOut = (): string[][] =>
  readdirSync(join(folder, 'out')).map((name) => [name, readFileSync(join(folder, 'out', name), 'hex')]);

it.skipIf(process.platform === 'win32')('is a clear failure that leaves the last good output', () => {
  expect(summarize(400, null).status).toBe(0);
  const before = readOut();
  expect(before.length).toBeGreaterThan(3);
  // Some files of the set fit, others do not.
  for (const blocks of [0, 20]) {
    const { status, stderr } = summarize(500, blocks);
    expect(stderr).toMatch(/^错误：无法写入“.*”（文件大小超过系统的限额）。[^\n]*\n$/);
    expect(status).toBe(2);
    expect(readOut()).toEqual(before);
  }
  expect(summarize(500, null).status).toBe(0);
  expect(readOut().map(([name]) => name)).toEqual(before.map(([name]) => name));
});
