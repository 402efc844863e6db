/**
 * Disks that are full or read-only: node --import tsx bench/full-disk.ts, as root (it mounts a small file system in a
 * mount namespace of its own). The documents of one run stand on a disk that is then filled until fewer and fewer bytes
 * are left; each further run must say so in a sentence, leave those documents as they are, and nothing beside them.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { run as Run } from '../src/cli.ts';

const { run } = (await import(new URL('../dist/cli.js', import.meta.url).href)) as { run: typeof Run };
const PAGE = 4096;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-disk-'));
  const out = join(folder, 'out');
  execFileSync('mkdir', [out]);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', out]);
  const faults: string[] = [];
  try {
    await fill(folder, out, faults);
    await readOnly(folder, out, faults);
  } finally {
    execFileSync('umount', [out]);
    rmSync(folder, { recursive: true });
  }
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

async function fill(folder: string, out: string, faults: string[]): Promise<void> {
  const first = await summarize(writeInput(folder, 400), out);
  if (first.status !== 0) throw new Error(first.stderr);
  const set = toSet(out);
  const again = writeInput(folder, 500);
  let refused = 0;
  let left = 0;
  for (; ; left += left < 8 ? 1 : Math.ceil(left / 3)) {
    fillBut(out, left);
    const { status, stderr } = await summarize(again, out);
    rmSync(join(out, 'filler'));
    if (status === 0) break;
    refused++;
    if (status !== 2 || !/^错误：无法写入“.*”（磁盘已满）。[^\n]*\n$/.test(stderr))
      faults.push(`${left} pages left: exit ${status}, ${stderr}`);
    if (toSet(out) !== set) faults.push(`${left} pages left: the folder holds\n${toSet(out)}`);
  }
  if (toSet(out) === set) faults.push('nothing was written where there was room');
  console.log(
    `full disk: ${refused} runs refused with less than ${left} pages of ${PAGE} bytes left, then written`,
  );
}

async function readOnly(folder: string, out: string, faults: string[]): Promise<void> {
  const set = toSet(out);
  execFileSync('mount', ['-o', 'remount,ro', out]);
  const { status, stderr } = await summarize(writeInput(folder, 600), out);
  execFileSync('mount', ['-o', 'remount,rw', out]);
  if (status !== 2 || !/^错误：无法写入“.*”（磁盘是只读的）。[^\n]*\n$/.test(stderr))
    faults.push(`read-only: exit ${status}, ${stderr}`);
  if (toSet(out) !== set) faults.push('read-only: the folder was changed');
  console.log(`read-only disk: exit ${status}, ${stderr.trim()}`);
}

/** Writes until the disk is full, then gives that many pages back. */
function fillBut(out: string, pages: number): void {
  const file = openSync(join(out, 'filler'), 'w');
  const { bavail } = statfsSync(out);
  for (let page = 0; page < bavail - pages; page++) writeSync(file, Buffer.alloc(PAGE));
  fsyncSync(file);
  closeSync(file);
}

function writeInput(folder: string, amount: number): string {
  const path = join(folder, '东湖区2022年高龄津贴.csv');
  writeFileSync(
    path,
    `东湖区2022年高龄津贴发放表\n乡镇街道,发放月份,人次,发放金额（元）\n东湖街道,2022年1月,4,${amount}\n`,
  );
  return path;
}

async function summarize(input: string, out: string): Promise<{ status: number; stderr: string }> {
  let stderr = '';
  const status = await run({
    argv: ['node', 'mzreport', 'summarize', input, '--out', out, '--quiet', '--format', 'docx,md,txt'],
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
  });
  return { status, stderr };
}

const toSet = (out: string): string =>
  readdirSync(out)
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(out, name)))
          .digest('hex')}`,
    )
    .join('\n');

if (process.env.MZREPORT_OWN_MOUNTS) await main();
else {
  const again = ['--mount', process.execPath, ...process.execArgv, fileURLToPath(import.meta.url)];
  const { status } = spawnSync('unshare', again, {
    stdio: 'inherit',
    env: { ...process.env, MZREPORT_OWN_MOUNTS: 'yes' },
  });
  process.exitCode = status ?? 1;
}
