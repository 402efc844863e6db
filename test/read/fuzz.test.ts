/** A few mutants of the many that bench/fuzz.ts makes. */
import { expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { runMutant } from '../support/fuzz-run.ts';
import { makeSeeds, toMutant } from '../support/mutants.ts';

const COUNT = 150;

it(`takes ${COUNT} damaged files without a crash, a lost row or a name in a message`, async () => {
  const seeds = await makeSeeds();
  const faults: string[] = [];
  for (let number = 0; number < COUNT; number++) {
    const { fault } = await runMutant(toMutant(seeds, number), run);
    if (fault !== null) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
});
