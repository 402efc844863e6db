/**
 * Speed as ratios to peers measured in the same run: npm run bench. Ours is the full summarize with all checks on, whole
 * process; the peers only read. Data go to a private temporary folder and are removed.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toGb18030 } from '../test/support/gb18030.ts';
import { writeCsv, writeXlsx } from './data.ts';

interface Measured {
  seconds: number;
  megabytes: number;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mzreport-bench-'));
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

/** The best of several runs: noise only ever adds. */
async function measure(work: string, ...args: string[]): Promise<Measured> {
  let best: Measured | undefined;
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(HERE, 'measure.mjs'), work, ...args],
      { cwd: folder },
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { megabytes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Measured;
    if (!best || seconds < best.seconds) best = { seconds, megabytes };
  }
  return best ?? { seconds: Number.NaN, megabytes: Number.NaN };
}

const ours = (...files: string[]): Promise<Measured> =>
  measure('ours', 'summarize', ...files, '--out', join(folder, 'out'), '--force', '--quiet');

function measurePandas(path: string): Measured | null {
  const python = ['/usr/bin/python3', 'python3'].find((name) => {
    try {
      execFileSync(name, ['-c', 'import pandas'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (python === undefined) return null;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    execFileSync(python, ['-c', 'import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str)', path]);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
  }
  return { seconds: best, megabytes: Number.NaN };
}

function say(name: string, value: number, limit: number, unit = ''): void {
  console.log(
    `${name}: ${value.toFixed(2)}${unit} (must be <= ${limit}${unit}) ${value <= limit ? 'ok' : 'MISSED'}`,
  );
}

const show = ({ seconds, megabytes }: Measured): string =>
  `${seconds.toFixed(2)} s${Number.isNaN(megabytes) ? '' : `, ${megabytes.toFixed(0)} MB`}`;

async function benchXlsx(): Promise<void> {
  const [small, large] = [join(folder, '东湖区2022a.xlsx'), join(folder, '东湖区2022b.xlsx')];
  await writeXlsx(small, 200_000);
  await writeXlsx(large, 1_000_000);
  const [mine, peer, big] = [await ours(small), await measure('exceljs', small), await ours(large)];
  console.log(
    `xlsx 200,000 rows: ours ${show(mine)}; exceljs streaming, reading only, ${show(peer)}; 1,000,000 rows: ours ${show(big)}`,
  );
  say('xlsx 200,000 time / exceljs', mine.seconds / peer.seconds, 0.4);
  say('xlsx 200,000 peak memory', mine.megabytes, 450, ' MB');
  say('xlsx 1,000,000 / 200,000 time', big.seconds / mine.seconds, 5.5);
  say('xlsx 1,000,000 peak memory', big.megabytes, 700, ' MB');
  rmSync(small);
  rmSync(large);
}

async function benchCsv(): Promise<void> {
  const [utf8, gb] = [join(folder, '东湖区2022u.csv'), join(folder, '东湖区2022g.csv')];
  await writeCsv(utf8, 2_000_000, (text) => new TextEncoder().encode(text));
  await writeCsv(gb, 2_000_000, toGb18030);
  const [mine, peer, pandas, other] = [
    await ours(utf8),
    await measure('csv-parse', utf8),
    measurePandas(utf8),
    await ours(gb),
  ];
  console.log(
    `csv 2,000,000 rows: ours ${show(mine)}; csv-parse, reading only, ${show(peer)}; pandas, reading only, ${pandas ? show(pandas) : 'absent'}; GB18030: ours ${show(other)}`,
  );
  say('csv time / csv-parse', mine.seconds / peer.seconds, 0.6);
  if (pandas) say('csv time / pandas', mine.seconds / pandas.seconds, 1.2);
  else console.log('csv time / pandas: pandas is absent');
  say('csv peak memory', mine.megabytes, 1000, ' MB');
  say('csv GB18030 / UTF-8', other.seconds / mine.seconds, 2);
}

async function benchSample(): Promise<void> {
  const samples = join(HERE, '../samples');
  const mine = await ours(join(samples, '东湖区2022.xlsx'), '--config', join(samples, 'mzreport.yaml'));
  console.log(`sample workbook: ${show(mine)}`);
  say('sample workbook, whole process', mine.seconds, 1.5, ' s');
}

try {
  if (!existsSync(join(HERE, '../dist/mzreport.cjs'))) throw new Error('run npm run build first');
  await benchSample();
  await benchXlsx();
  await benchCsv();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
