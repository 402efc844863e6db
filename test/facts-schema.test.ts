import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATASETS, type Facts } from '../src/model.ts';
import { PROBLEM_KINDS } from '../src/problem.ts';
import { runCli } from './support/run.ts';
import { findFaults, findUndescribed, type Schema } from './support/schema.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const schema = JSON.parse(readFileSync(join(ROOT, 'docs/facts.schema.json'), 'utf8')) as Schema;

const out = mkdtempSync(join(tmpdir(), 'mzreport-schema-'));
let report: Facts;

beforeAll(async () => {
  const samples = join(ROOT, 'samples');
  const inputs = readdirSync(samples)
    .filter((name) => /\.(xlsx|csv)$/.test(name))
    .map((name) => join(samples, name));
  const outcome = await runCli('summarize', ...inputs, '--out', out, '--format', 'txt', '--quiet');
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  const name = readdirSync(out).find((each) => each.endsWith('.facts.json')) ?? '';
  report = JSON.parse(readFileSync(join(out, name), 'utf8')) as Facts;
}, 180_000);
afterAll(() => rmSync(out, { recursive: true }));

/** A copy of the report that `change` may break. */
function broken(change: (copy: Facts) => void): string[] {
  const copy = structuredClone(report);
  change(copy);
  return findFaults(copy, schema);
}

describe('docs/facts.schema.json', () => {
  it('holds what the samples give', () => {
    expect(report.figures.length).toBeGreaterThan(90);
    // Without mzreport.yaml some stated indicators are unknown, so that problems are there to be checked too.
    expect(report.problems.length).toBeGreaterThan(0);
    const bases = new Set(report.figures.map(({ basis }) => basis.type));
    expect(bases).toContain('rows');
    expect(bases).toContain('manual');
    expect(bases).toContain('derived');
    expect(findFaults(report, schema)).toEqual([]);
  });

  it('holds figures that are pending or absent', () => {
    const [figure] = report.figures;
    if (!figure) throw new Error('no figure');
    const without = { value: null, reason: '本期没有数据', basis: { type: 'none' } } as const;
    expect(
      broken(({ figures }) => {
        figures[0] = { ...figure, ...without, status: 'pending', text: '〔待核：本期没有数据〕' };
        figures[1] = { ...figure, ...without, status: 'absent', text: '' };
      }),
    ).toEqual([]);
  });

  it("holds a city's figures: a range without a value, counties with and without a file", () => {
    const county = { place: '甲县', file: '甲.facts.json', value: '855', text: '855元' };
    const lacking = { place: '乙县', file: null, value: null, text: '〔待核：没有报送〕' };
    const basis = { type: 'counties', formula: '各县区之和', from: [county, lacking] } as const;
    const [figure] = report.figures;
    if (!figure) throw new Error('no figure');
    const range = { low: '855', high: '900' };
    const known = { value: null, reason: null, basis: { ...basis, from: [...basis.from] } };
    expect(
      broken((copy) => {
        copy.counties = [
          { place: '甲县', file: '甲.facts.json' },
          { place: '乙县', file: null },
        ];
        copy.figures[0] = { ...figure, ...known, range, status: 'known', text: '855～900元' };
      }),
    ).toEqual([]);
    expect(
      broken((copy) => {
        copy.figures[0] = { ...figure, ...known, status: 'known' };
      }),
    ).toEqual(['$.figures[0]: fits no form']);
  });

  it('knows all kinds of problems and all datasets', () => {
    expect(schema.$defs?.problem?.properties?.kind?.enum).toEqual(PROBLEM_KINDS);
    expect(schema.$defs?.sheet?.properties?.dataset?.enum).toEqual([...DATASETS, null]);
  });

  it('describes every key', () => {
    expect(findUndescribed(schema)).toEqual([]);
  });

  it('refuses a missing key', () => {
    expect(broken((copy) => Reflect.deleteProperty(copy, 'period'))).toEqual(['$.period: missing']);
    expect(broken(({ figures }) => Reflect.deleteProperty(figures[0] ?? {}, 'covered'))).toEqual([
      '$.figures[0].covered: missing',
    ]);
  });

  it('refuses a wrong type', () => {
    expect(broken(({ sheets }) => Object.assign(sheets[0] ?? {}, { used: '3371' }))).toEqual([
      '$.sheets[0].used: not integer',
    ]);
    expect(broken(({ sources }) => Object.assign(sources[0] ?? {}, { sha256: 'ABC' }))).toEqual([
      '$.sources[0].sha256: not like ^[0-9a-f]{64}$',
    ]);
    expect(broken((copy) => Object.assign(copy, { schemaVersion: 1 }))).toEqual(['$.schemaVersion: not 2']);
  });

  it('refuses an extra key', () => {
    expect(broken((copy) => Object.assign(copy, { extra: 1 }))).toEqual(['$.extra: not known']);
    expect(broken(({ figures }) => Object.assign(figures[0]?.basis ?? {}, { extra: 1 }))).toEqual([
      '$.figures[0].basis: fits not exactly one form',
    ]);
  });

  it('refuses a figure that is known without a value, or has a value without being known', () => {
    const known = report.figures.findIndex(({ status }) => status === 'known');
    expect(broken(({ figures }) => Object.assign(figures[known] ?? {}, { value: null }))).toEqual([
      `$.figures[${known}]: fits no form`,
    ]);
    expect(broken(({ figures }) => Object.assign(figures[known] ?? {}, { status: 'pending' }))).toEqual([
      `$.figures[${known}]: fits no form`,
    ]);
  });
});
