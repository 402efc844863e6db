/**
 * A city left alone: npm run bench:batch. 13 synthetic counties, of which one hands in a broken workbook, one nothing, and
 * one hangs for ever (a hook of the tests, not in the program), run unattended; then again, and again after the missing
 * one has handed in. Prints times and what the roll-up says is missing; fails when anything is not as it should be.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobResult, Manifest } from '../src/batch/index.ts';
import { toMisbehaviour } from '../test/support/batch.ts';
import { toRow } from './data.ts';

const PROGRAM = fileURLToPath(new URL('../bin/mzreport.js', import.meta.url));
const ROWS = Number(process.env.BENCH_ROWS ?? 20_000);
const LIMIT_SECONDS = 60;
const PLACES = [...'甲乙丙丁戊己庚辛壬癸子丑寅'].map((name) => `样例${name}县`);
const [BROKEN, MISSING, HANGING] = ['样例丁县', '样例庚县', '样例癸县'];
const FAULTY = [BROKEN, MISSING, HANGING];

const folder = mkdtempSync(join(tmpdir(), 'mzreport-bench-batch-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const HEAD =
  '乡镇,社区,户编号,户主姓名,身份证号,发放年月,保障人数,保障金,分类施保金,发放合计,开户银行,银行账号';
const AMOUNT = 9;

/** A county's list; gives the sum of its amounts in 分. Households differ from county to county. */
function writeCounty(place: string): bigint {
  const rows = Array.from({ length: ROWS }, (_, i) => toRow(i + PLACES.indexOf(place) * 12 * 10_000));
  const own = join(folder, '报送', place, '2022');
  mkdirSync(own, { recursive: true });
  const lines = [`${place}2022年低保发放明细`, '单位：元', HEAD, ...rows.map((row) => row.join(','))];
  writeFileSync(join(own, '低保.csv'), `${lines.join('\n')}\n`);
  return rows.reduce((sum, row) => sum + BigInt((row[AMOUNT] ?? '').replace('.', '')), 0n);
}

interface Ran {
  seconds: number;
  exitCode: number;
  stdout: string;
  manifest: Manifest;
}

async function runBatch(): Promise<Ran> {
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [PROGRAM, 'batch', '计划.yaml', '--jobs', '2'], {
    cwd: folder,
    env: { ...process.env, ...toMisbehaviour(`${HANGING}=hang`) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const manifest = JSON.parse(readFileSync(join(folder, '输出/2022/manifest.json'), 'utf8')) as Manifest;
  return { seconds, exitCode, stdout, manifest };
}

const count = ({ jobs }: Manifest, status: JobResult['status']): number =>
  jobs.filter((job) => job.status === status).length;

/** What the city paid, in 元, as its facts have it. */
function readCity(): { value: string | null; draft: string } {
  const own = join(folder, '输出/2022/样例市');
  const read = (ending: string) =>
    readFileSync(join(own, readdirSync(own).find((name) => name.endsWith(ending)) ?? ''), 'utf8');
  const { figures } = JSON.parse(read('.facts.json')) as { figures: { id: string; value: string | null }[] };
  return { value: figures.find(({ id }) => id === '低保.发放金额')?.value ?? null, draft: read('.md') };
}

const toCents = (yuan: string | null): bigint => {
  const [whole = '', part = ''] = (yuan ?? '').split('.');
  return BigInt(whole + part.padEnd(2, '0'));
};

function report(title: string, { seconds, exitCode, stdout }: Ran): void {
  process.stdout.write(`\n## ${title}\n\n${stdout}\n退出码 ${exitCode}，${seconds.toFixed(1)} 秒\n`);
}

const sums = new Map(PLACES.filter((place) => place !== MISSING).map((place) => [place, writeCounty(place)]));
rmSync(join(folder, '报送', BROKEN), { recursive: true });
mkdirSync(join(folder, '报送', BROKEN, '2022'), { recursive: true });
// The first bytes of a zip, as a copy that was cut off leaves them.
writeFileSync(
  join(folder, '报送', BROKEN, '2022/低保.csv'),
  Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]),
);
writeFileSync(
  join(folder, '计划.yaml'),
  `年度: 2022
输出目录: 输出/{年}
各任务: {材料: '报送/{地区}/{年}/*.csv', 格式: [docx, md], 附表: true, 时限: ${LIMIT_SECONDS}}
任务:
${PLACES.map((place) => `  - {地区: ${place}${place === HANGING ? ', 时限: 10' : ''}}`).join('\n')}
汇总: {地区: 样例市, 部分汇总: true, 格式: [docx, md]}
`,
);
const toSum = (faulty: string[]) =>
  [...sums].reduce((sum, [place, own]) => (faulty.includes(place) ? sum : sum + own), 0n);

const first = await runBatch();
report(`13个县，每县 ${ROWS} 行`, first);
assert.equal(first.exitCode, 2);
assert.equal(count(first.manifest, 'done'), 10);
const failed = first.manifest.jobs.filter(({ status }) => status === 'failed');
assert.deepEqual(
  failed.map(({ name, code }) => [name, code]),
  [
    [BROKEN, 'run'],
    [MISSING, 'inputs'],
    [HANGING, 'timeout'],
  ],
);
const city = readCity();
assert.equal(toCents(city.value), toSum(FAULTY));
for (const place of FAULTY) assert.ok(city.draft.includes(place), `${place} is not named`);
const named = city.draft.split('\n').find((line) => FAULTY.every((place) => line.includes(place)));
process.stdout.write(`汇总中点名：${named}\n全市低保发放金额 ${city.value} 元，与逐行相加相同\n`);

const second = await runBatch();
report('再运行一次', second);
assert.equal(count(second.manifest, 'unchanged'), 10);
assert.equal(count(second.manifest, 'done'), 0);
assert.equal(second.manifest.rollup?.status, 'unchanged');

sums.set(MISSING, writeCounty(MISSING));
const third = await runBatch();
report(`${MISSING}补报以后`, third);
assert.equal(count(third.manifest, 'unchanged'), 10);
assert.equal(count(third.manifest, 'done'), 1);
assert.equal(third.manifest.rollup?.status, 'done');
const after = readCity();
assert.equal(toCents(after.value), toSum([BROKEN, HANGING]));
assert.ok(!after.draft.split('\n').some((line) => line.includes('没有报送') && line.includes(MISSING)));
process.stdout.write(`全市低保发放金额 ${after.value} 元，与逐行相加相同\n\n一切如应当\n`);
