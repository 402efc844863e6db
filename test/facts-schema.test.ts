import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATASETS, type Facts } from '../src/model.ts';
import { PROBLEM_KINDS } from '../src/problem.ts';
import { runCli } from './support/run.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const schema = JSON.parse(readFileSync(join(ROOT, 'docs/facts.schema.json'), 'utf8')) as Schema;

/** The keywords that the schema uses; `findFaults` throws on any other. */
interface Schema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

type Check = (value: unknown, node: Schema, at: string) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'string':
      return typeof value === 'string';
    default:
      throw new Error(`type ${type} is not known here`);
  }
}

const countFitting = (value: unknown, nodes: Schema[], at: string): number =>
  nodes.filter((node) => findFaults(value, node, at).length === 0).length;

/** Keyword → what it refuses. As in the standard, a keyword says nothing about values of another type. */
const CHECKS: Partial<Record<keyof Schema, Check>> = {
  $ref: (value, { $ref = '' }, at) => {
    const target = schema.$defs?.[$ref.replace('#/$defs/', '')];
    if (!target) throw new Error(`${$ref} leads nowhere`);
    return findFaults(value, target, at);
  },
  type: (value, { type = [] }, at) =>
    [type].flat().some((each) => isType(value, each)) ? [] : [`${at}: not ${[type].flat().join(' or ')}`],
  const: (value, node, at) => (value === node.const ? [] : [`${at}: not ${String(node.const)}`]),
  enum: (value, node, at) => (node.enum?.includes(value) ? [] : [`${at}: not one of the values`]),
  pattern: (value, { pattern = '' }, at) =>
    typeof value !== 'string' || new RegExp(pattern, 'u').test(value) ? [] : [`${at}: not like ${pattern}`],
  minimum: (value, { minimum = 0 }, at) =>
    typeof value !== 'number' || value >= minimum ? [] : [`${at}: below ${minimum}`],
  required: (value, { required = [] }, at) =>
    isObject(value) ? required.filter((key) => !(key in value)).map((key) => `${at}.${key}: missing`) : [],
  properties: (value, { properties = {} }, at) =>
    isObject(value)
      ? Object.entries(properties).flatMap(([key, node]) =>
          key in value ? findFaults(value[key], node, `${at}.${key}`) : [],
        )
      : [],
  additionalProperties: (value, { properties = {}, additionalProperties: others }, at) =>
    isObject(value)
      ? Object.keys(value)
          .filter((key) => !(key in properties))
          .flatMap((key) =>
            typeof others === 'object'
              ? findFaults(value[key], others, `${at}.${key}`)
              : others === false
                ? [`${at}.${key}: not known`]
                : [],
          )
      : [],
  items: (value, { items = {} }, at) =>
    Array.isArray(value) ? value.flatMap((each, index) => findFaults(each, items, `${at}[${index}]`)) : [],
  oneOf: (value, { oneOf = [] }, at) =>
    countFitting(value, oneOf, at) === 1 ? [] : [`${at}: fits not exactly one form`],
  anyOf: (value, { anyOf = [] }, at) => (countFitting(value, anyOf, at) > 0 ? [] : [`${at}: fits no form`]),
};

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'title', 'description']);

/** Every place where a value breaks the schema; [] when it is valid. */
function findFaults(value: unknown, node: Schema, at = '$'): string[] {
  return (Object.keys(node) as (keyof Schema)[]).flatMap((keyword) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const check = CHECKS[keyword];
    if (!check) throw new Error(`keyword ${keyword} is not known here`);
    return check(value, node, at);
  });
}

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

  it('knows all kinds of problems and all datasets', () => {
    expect(schema.$defs?.problem?.properties?.kind?.enum).toEqual(PROBLEM_KINDS);
    expect(schema.$defs?.sheet?.properties?.dataset?.enum).toEqual([...DATASETS, null]);
  });

  it('describes every key', () => {
    const undescribed = Object.entries({ $: schema, ...schema.$defs }).flatMap(([name, node]) =>
      [node, ...(node.oneOf ?? [])].flatMap(({ properties = {} }) =>
        Object.entries(properties)
          .filter(([, { description, $ref, const: fixed }]) => !description && !$ref && fixed === undefined)
          .map(([key]) => `${name}.${key}`),
      ),
    );
    expect(undescribed).toEqual([]);
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
