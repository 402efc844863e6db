/**
 * Byte mutation of real files: node --import tsx bench/fuzz.ts [mutants] [first]. Every mutant goes through the whole
 * program as built, in a process that is ended when one of them takes ten seconds. Prints the numbers of those that
 * crash, hang, lose a row or name a person; the same number always makes the same mutant.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMutant, type Verdict } from '../test/support/fuzz-run.ts';
import { makeSeeds, toMutant } from '../test/support/mutants.ts';

const LIMIT_SECONDS = 10;

interface Told extends Verdict {
  number: number;
}

if (process.send) await serve();
else await direct(Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 0));

/** The process that runs mutants as their numbers come. */
async function serve(): Promise<void> {
  const { run } = (await import(
    new URL('../dist/cli.js', import.meta.url).href
  )) as typeof import('../src/cli.ts');
  const seeds = await makeSeeds();
  for (const seed of seeds) {
    const { code, fault } = await runMutant(seed, run);
    if (code !== 0) throw new Error(`${seed.name}, which nothing is wrong with, ends with ${code}: ${fault}`);
  }
  const tell = (told: Told | 'ready') => process.send?.(told);
  process.on('message', async (number: number) => {
    tell({ number, ...(await runMutant(toMutant(seeds, number), run)) });
  });
  tell('ready');
}

async function direct(count: number, first: number): Promise<void> {
  const seeds = await makeSeeds();
  const codes = new Map<number | 'hang' | 'crash', number>();
  const faults: string[] = [];
  let slowest = { number: -1, seconds: 0 };
  let child = await start();
  for (let number = first; number < first + count; number++) {
    const began = performance.now();
    const told = await ask(child, number);
    const seconds = (performance.now() - began) / 1000;
    if (seconds > slowest.seconds) slowest = { number, seconds };
    const code = typeof told === 'string' ? told : told.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    const fault = typeof told === 'string' ? told : told.fault;
    if (fault !== null) {
      faults.push(`${number} ${toMutant(seeds, number).name}: ${fault}`);
      console.log(faults.at(-1));
    }
    if (typeof told === 'string') {
      child.kill('SIGKILL');
      child = await start();
    }
    if ((number + 1 - first) % 500 === 0)
      console.log(`${number + 1 - first} mutants, ${faults.length} faults`);
  }
  child.kill();
  console.log(`mutants ${count}, exit ${[...codes].map(([code, n]) => `${code}: ${n}`).join(', ')}`);
  console.log(`slowest ${slowest.seconds.toFixed(1)} s (${slowest.number}); faults ${faults.length}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

async function start(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'], silent: true });
  await once(child, 'message');
  return child;
}

/** What became of a mutant; a process that dies or does not answer has crashed or hangs. */
async function ask(child: ChildProcess, number: number): Promise<Told | 'hang' | 'crash'> {
  const stop = new AbortController();
  const options = { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(LIMIT_SECONDS * 1000)]) };
  try {
    child.send(number);
    return await Promise.race([
      once(child, 'message', options).then(([told]) => told as Told),
      once(child, 'exit', options).then(() => 'crash' as const),
    ]);
  } catch {
    return 'hang';
  } finally {
    stop.abort();
  }
}
