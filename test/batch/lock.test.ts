/** One batch per folder: a lock of the living is respected, one of the dead is taken over. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lockFolder } from '../../src/batch/lock.ts';

const root = mkdtempSync(join(tmpdir(), 'mzreport-lock-'));
afterAll(() => rmSync(root, { recursive: true }));

const LOCK = '.mzreport-batch-lock';
let count = 0;
async function toLocked(text: string): Promise<string> {
  const folder = join(root, String(++count));
  await (await lockFolder(folder)).release();
  writeFileSync(join(folder, LOCK), text);
  return folder;
}

async function findDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('is held until it is released, and leaves nothing', async () => {
  const folder = join(root, 'deep/er');
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'folder-busy',
    message: expect.stringContaining(`进程 ${process.pid}`),
  });
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await lockFolder(folder)).release();
});

it('of a dead process is taken over', async () => {
  const folder = await toLocked(`${await findDead()}@${hostname()}#123`);
  const lock = await lockFolder(folder);
  expect(readFileSync(join(folder, LOCK), 'utf8')).toContain(`${process.pid}@`);
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

it.skipIf(!existsSync('/proc/self/stat'))(
  'of a dead process whose number was given away again too',
  async () => {
    const folder = await toLocked(`${process.pid}@${hostname()}#1`);
    await (await lockFolder(folder)).release();
  },
);

it('of a dead run whose child still writes is respected', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    const folder = await toLocked(`${await findDead()}@${hostname()}#123\n${child.pid}@${hostname()}#`);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      message: expect.stringContaining(`进程 ${child.pid}`),
    });
  } finally {
    child.kill('SIGKILL');
  }
});

it('of another computer is respected, and the computer named', async () => {
  const folder = await toLocked('1@市局服务器#5');
  await expect(lockFolder(folder)).rejects.toMatchObject({
    message: expect.stringMatching(/进程 1，在计算机“市局服务器”上.*删去其中的 \.mzreport-batch-lock/),
  });
});

it.each(['', '{', '\n'])('that was not written to its end (%j) is taken over', async (text) => {
  await (await lockFolder(await toLocked(text))).release();
});

it('goes to one of many that ask at once', async () => {
  const folder = await toLocked(`${await findDead()}@${hostname()}#123`);
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  const got = asked.filter(({ status }) => status === 'fulfilled');
  expect(got).toHaveLength(1);
});
