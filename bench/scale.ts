/**
 * Cost per row from 200,000 to 20,000,000 rows of payouts, out of core: npm run bench:scale [-- rows …]. Prints
 * for each size the whole run's time and peak memory, and at the end what the largest must keep to. Data are streamed to a
 * private temporary folder and removed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeCsv } from './data.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MEMORY = process.env.SCALE_MEMORY ?? '1GB';
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [200_000, 2_000_000, 6_000_000, 20_000_000];
const LIMIT = { rows: 20_000_000, seconds: 240, megabytes: 2048 };

const folder = mkdtempSync(join(tmpdir(), 'mzreport-scale-'));
try {
  for (const rows of sizes) {
    const path = join(folder, '东湖区2022s.csv');
    await writeCsv(path, rows, (text) => new TextEncoder().encode(text));
    const start = process.hrtime.bigint();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join(HERE, 'measure.mjs'),
        'ours',
        'summarize',
        path,
        '--out',
        join(folder, 'out'),
        '--force',
        '--quiet',
        '--memory',
        MEMORY,
      ],
      { cwd: folder },
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { megabytes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { megabytes: number };
    const each = ((seconds / rows) * 1e6).toFixed(2);
    console.log(`${rows} rows: ${seconds.toFixed(1)} s, ${each} µs a row, peak ${megabytes.toFixed(0)} MB`);
    if (rows === LIMIT.rows) {
      say('time', seconds, LIMIT.seconds, 's');
      say('peak memory', megabytes, LIMIT.megabytes, 'MB');
    }
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function say(name: string, value: number, limit: number, unit: string): void {
  console.log(
    `${name}: ${value.toFixed(0)} ${unit} (must be <= ${limit} ${unit}) ${value <= limit ? 'ok' : 'MISSED'}`,
  );
}
