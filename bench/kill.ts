/**
 * Runs that are killed: node --import tsx bench/kill.ts [kills] [seed]. Each run renews the documents of another, and its
 * process gets SIGKILL at a random moment: one third while it lays its files out, one third while they are renamed. Afterwards a run that fails goes over the
 * folder, as the next night's may: the folder must then hold the whole old set or the whole new one, and nothing else.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { run as Run } from '../src/cli.ts';

const PROGRAM = fileURLToPath(new URL('../bin/mzreport.js', import.meta.url));
const RECORD = '.mzreport-outputs.json';
/** Milliseconds within which a run is killed after the file appears; null for any time of the run. */
const MOMENTS = [null, { file: '-0.tmp', within: 60 }, { file: '-done.tmp', within: 20 }];
const kills = Number(process.argv[2] ?? 200);
const random = toRandom(Number(process.argv[3] ?? 1));

const { run } = (await import(new URL('../dist/cli.js', import.meta.url).href)) as { run: typeof Run };
const folder = mkdtempSync(join(tmpdir(), 'mzreport-kill-'));
const out = join(folder, 'out');
const temporary = join(folder, 'tmp');
mkdirSync(temporary);

function toRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The same documents with other figures; 票 makes the bytes differ. */
function writeInput(which: string, amount: number): string {
  const path = join(folder, which, '东湖区2022年高龄津贴.csv');
  mkdirSync(join(folder, which));
  const rows = Array.from({ length: 12 }, (_, month) => `东湖街道,2022年${month + 1}月,4,${amount}`);
  writeFileSync(
    path,
    `东湖区2022年高龄津贴发放表\n乡镇街道,发放月份,人次,发放金额（元）\n${rows.join('\n')}\n`,
  );
  return path;
}

const argsOf = (input: string, target: string): string[] => ['summarize', input, '--out', target, '--quiet'];

async function runHere(...args: string[]): Promise<number> {
  const silent = { write: () => true };
  return run({ argv: ['node', 'mzreport', ...args], stdout: silent, stderr: silent });
}

/** Every file of a folder with its content, but for the record. */
function toSet(target: string): string {
  const names = readdirSync(target).filter((name) => name !== RECORD);
  return names
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(target, name)))
          .digest('hex')}`,
    )
    .join('\n');
}

const inputs = [writeInput('a', 400), writeInput('b', 500)];
const sets: string[] = [];
for (const [index, input] of inputs.entries()) {
  const own = join(folder, `set${index}`);
  if ((await runHere(...argsOf(input, own))) !== 0) throw new Error('a run that nothing disturbs fails');
  sets.push(toSet(own));
}
if (sets[0] === sets[1]) throw new Error('the two sets are the same');
await runHere(...argsOf(inputs[0] ?? '', out));

const counts = { before: 0, writing: 0, after: 0, pending: 0, forward: 0, back: 0, faults: 0 };
let stands = 0;
for (let number = 0; number < kills; number++) {
  const next = 1 - stands;
  const child = spawn(process.execPath, [PROGRAM, ...argsOf(inputs[next] ?? '', out)], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary },
  });
  await strike(child, MOMENTS[number % 3] ?? null);
  look(next);
  await runHere('summarize', join(folder, 'nothing.csv'), '--out', out, '--quiet');
  const found = sets.indexOf(toSet(out));
  if (found < 0) {
    counts.faults++;
    console.log(`kill ${number}: neither set\n${toSet(out)}`);
    break;
  }
  if (found === next) counts.forward++;
  else counts.back++;
  stands = found;
}

/** Kills at any time in the run, or soon after a file appears that only a run in that moment has. */
async function strike(child: ChildProcess, moment: { file: string; within: number } | null): Promise<void> {
  const ended = once(child, 'exit');
  if (moment === null) await Promise.race([setTimeout(random() * 2000), ended]);
  else {
    while (child.exitCode === null && !readdirSync(out).some((name) => name.endsWith(moment.file)))
      await setImmediate();
    const until = performance.now() + random() * moment.within;
    while (performance.now() < until) await setImmediate();
  }
  child.kill('SIGKILL');
  await ended;
}

/** What the kill left. */
function look(next: number): void {
  const names = readdirSync(out);
  const record = JSON.parse(readFileSync(join(out, RECORD), 'utf8')) as { pending?: unknown[] };
  if (record.pending) counts.pending++;
  if (names.some((name) => name.startsWith('.mzreport-') && name !== RECORD)) counts.writing++;
  else if (toSet(out) === sets[next]) counts.after++;
  else counts.before++;
}

if (counts.faults === 0) {
  const code = await runHere(...argsOf(inputs[1 - stands] ?? '', out));
  if (code !== 0 || toSet(out) !== sets[1 - stands]) counts.faults++;
}
const left = existsSync(temporary) ? readdirSync(temporary, { recursive: true, encoding: 'utf8' }) : [];
console.log(
  `kills ${kills}: before the write ${counts.before}, in it ${counts.writing} (${counts.pending} with a set half in place), after it ${counts.after}`,
);
console.log(
  `after the next run: old set ${counts.back}, new set ${counts.forward}, faults ${counts.faults}; in the temp folder: ${left.length === 0 ? 'nothing' : left.join(' ')}`,
);
rmSync(folder, { recursive: true });
process.exitCode = counts.faults > 0 ? 1 : 0;
