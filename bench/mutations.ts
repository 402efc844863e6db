/**
 * Changes every figure of the samples' drafts once, on docx, md and txt, and counts what `check` says: npx tsx bench/mutations.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStyle } from '../src/commands/style.ts';
import { countMutations } from '../test/audit/count.ts';
import { BUREAUS, compose } from '../test/audit/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-mutations-'));
for (const bureau of BUREAUS) {
  const summary = await compose(bureau, folder);
  for (const format of ['txt', 'md', 'docx'] as const) {
    const started = performance.now();
    const count = await countMutations(summary, format, readStyle(summary.catalogue.folders), 1);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      bureau,
      format,
      JSON.stringify({ ...count, missed: count.missed.length, false: count.false.length }),
      `${seconds} s`,
    );
    for (const line of [...count.missed, ...count.false].slice(0, 10)) console.log('  ', line);
  }
}
rmSync(folder, { recursive: true });
