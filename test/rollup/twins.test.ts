/**
 * A city of two counties that are alike in everything: what adds is twice a county's, whatever is a ratio, a standard or a
 * growth stays as it is. The sample has formulas of every sort, by institution too.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFactsText } from '../../src/facts/index.ts';
import type { Facts, Figure } from '../../src/model.ts';
import { runCli } from '../support/run.ts';
import { readFacts } from './counties.ts';

const SAMPLE = fileURLToPath(new URL('../../samples/荣昌区特困/', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'mzreport-twins-'));
afterAll(() => rmSync(home, { recursive: true }));

let county: Facts;
let city: Map<string, Figure>;

beforeAll(async () => {
  const inputs = readdirSync(SAMPLE).filter((name) => /\.(xlsx|csv)$/.test(name));
  const config = ['--config', join(SAMPLE, 'mzreport.yaml')];
  const out = ['--format', 'txt', '--quiet', '--out'];
  const paths = inputs.map((name) => join(SAMPLE, name));
  await runCli('summarize', ...paths, ...config, '--place', '甲县', ...out, join(home, '甲'));
  const name = readdirSync(join(home, '甲')).find((each) => each.endsWith('.facts.json')) ?? '';
  county = readFacts(join(home, '甲', name));
  const { setup, checksum: _, ...report } = county;
  writeFileSync(join(home, '乙.facts.json'), toFactsText({ ...report, place: '乙县' }, setup));
  const both = [join(home, '甲', name), join(home, '乙.facts.json')];
  const outcome = await runCli('rollup', ...both, ...config, '--place', '虚城市', ...out, join(home, '市'));
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  const own = readdirSync(join(home, '市')).find((each) => each.endsWith('.facts.json')) ?? '';
  city = new Map(readFacts(join(home, '市', own)).figures.map((figure) => [figure.id, figure]));
}, 120_000);

const ADDED = ['当期数', '人次', '期末数'];

describe('two counties that are alike', () => {
  it('make a city in which what adds is double and the rest the same', () => {
    const known = county.figures.filter(({ value }) => value !== null);
    expect(known.length).toBeGreaterThan(150);
    const wrong = known.flatMap(({ id, kind, value, text }) => {
      const wanted = new Big(value ?? 0).times(ADDED.includes(kind) ? 2 : 1);
      const found = city.get(id);
      // A county cuts an endless decimal off at one place, the city at another.
      const same = found?.value != null && new Big(found.value).minus(wanted).abs().lt('1e-30');
      return same ? [] : [`${id}（${kind}）${text} → ${found?.text}`];
    });
    expect(wrong).toEqual([]);
  });

  it('make a city that knows nothing more', () => {
    const known = new Set(county.figures.flatMap(({ id, status }) => (status === 'known' ? [id] : [])));
    expect([...city.values()].filter(({ id, status }) => status === 'known' && !known.has(id))).toEqual([]);
  });
});
