/** More rows than the memory holds: the same figures, a private folder with nobody's number in it, and nothing left behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { toConfig } from '../src/config.ts';
import { openStore } from '../src/store/index.ts';

const root = mkdtempSync(join(tmpdir(), 'mzreport-spill-test-'));
beforeAll(() => {
  vi.stubEnv('TMPDIR', root);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});
afterEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
});

/** A folder of a run that is no longer there. */
async function leaveBehind(): Promise<string> {
  const ended = spawn(process.execPath, ['-e', '']);
  await once(ended, 'exit');
  const folder = join(root, `mzreport-spill-${ended.pid}-abcdef`);
  mkdirSync(folder);
  return folder;
}

describe('rows that do not fit into memory', () => {
  it('go to a folder that only this user may enter, hashed, and leave with the run', async () => {
    const store = await openStore('0f'.repeat(16), 60);
    const [folder = ''] = readdirSync(root);
    expect(statSync(join(root, folder)).mode & 0o777).toBe(0o700);
    // 1,500,000 rows of 56 bytes are more than 60 MB.
    await store.run(
      `create table s as select i, to_person('99010219700101' || lpad((i % 9000)::varchar, 4, '0')) as p, md5_number(i::varchar) as q, md5_number((i + 1)::varchar) as r from range(1500000) t(i)`,
    );
    const spilled = readdirSync(join(root, folder)).map((name) => join(root, folder, name));
    expect(spilled.length).toBeGreaterThan(0);
    for (const path of spilled) expect(readFileSync(path).includes('9901021970')).toBe(false);
    const [row] = await store.rows(
      'select count(*) as n, count(distinct p) as persons, sum(i) as sum from s',
    );
    expect(row).toEqual({ n: '1500000', persons: '9000', sum: String((1_499_999 * 1_500_000) / 2) });
    store.close();
    expect(readdirSync(root)).toEqual([]);
  });

  it('of a run that was killed are removed by the next one, those of a running one are not', async () => {
    const dead = await leaveBehind();
    const alive = join(root, `mzreport-spill-${process.ppid}-abcdef`);
    mkdirSync(alive);
    (await openStore('0f'.repeat(16))).close();
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(alive)).toBe(true);
  });

  it('that no folder can take end the run with what to do', async () => {
    const store = await openStore('0f'.repeat(16), 60);
    await store.run("set max_temp_directory_size = '10MB'");
    await expect(
      store.run(
        'create table s as select md5_number(i::varchar) as p, md5_number((i + 1)::varchar) as q from range(3000000) t(i)',
      ),
    ).rejects.toThrow(/不够用，数据没有算完.*请/);
    store.close();
  });
});

describe('the limit', () => {
  it('is a size, at least what a query needs', () => {
    expect(toConfig([], { memory: '1.5GB' }).megabytes).toBe(1536);
    expect(toConfig([], { memory: '800 mb' }).megabytes).toBe(800);
    expect(toConfig([], {}).megabytes).toBe(null);
    for (const memory of ['1', '50MB', '2TB', '很多'])
      expect(() => toConfig([], { memory })).toThrow(`“${memory}”不是可用的内存大小`);
  });
});
