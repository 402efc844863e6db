/** A few mutants of the many that bench/fuzz.ts makes: all are read, every tenth goes through the whole program. */
import { expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { readMutant, runMutant } from '../support/fuzz-run.ts';
import { makeSeeds, toMutant } from '../support/mutants.ts';

const COUNT = 300;

it(`takes ${COUNT} damaged files without a crash, a lost row or a name in a message`, async () => {
  const seeds = await makeSeeds();
  const faults: string[] = [];
  for (let number = 0; number < COUNT; number++) {
    const mutant = toMutant(seeds, number);
    const fault = number % 10 === 0 ? (await runMutant(mutant, run)).fault : await readMutant(mutant);
    if (fault !== null) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
}, 180_000);
