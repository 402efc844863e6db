import { z } from 'zod';
import type { Kind } from '../model.ts';

/** The version of the format that this program writes. */
export const SCHEMA_VERSION = 2;

const KINDS = ['期末数', '当期数', '人次', '比率', '标准', '目标'] as const satisfies Kind[];

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const month = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/);
const period = z.strictObject({ from: month, to: month });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const target = z.strictObject({
  value: decimal,
  setter: z.string().nullable(),
  area: z.string().nullable(),
  period,
  where: z.string(),
});

const base = z.strictObject({
  period,
  value: decimal.nullable(),
  where: z.string(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});

const setAside = z.array(z.strictObject({ reason: z.string(), rows: z.number() }));

const county = z.strictObject({
  place: z.string(),
  file: z.string().nullable(),
  value: decimal.nullable(),
  text: z.string(),
});

const basis = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('rows'),
    formula: z.string(),
    filter: z.string(),
    sources: z.array(
      z.strictObject({
        file: z.string(),
        sheet: z.string(),
        rowsUsed: z.number(),
        firstRow: z.number(),
        lastRow: z.number(),
      }),
    ),
    setAside,
  }),
  z.strictObject({
    type: z.literal('manual'),
    file: z.string(),
    sheet: z.string(),
    row: z.number(),
    note: z.string(),
  }),
  z.strictObject({ type: z.literal('derived'), formula: z.string(), from: z.array(z.string()) }),
  z.strictObject({ type: z.literal('counties'), formula: z.string(), from: z.array(county) }),
  z.strictObject({ type: z.literal('none') }),
]);

const part = z.strictObject({
  by: z.string(),
  name: z.string().nullable(),
  within: z.string().nullable(),
  value: decimal.nullable(),
  text: z.string(),
  reason: z.string().nullable(),
  target: target.optional(),
  few: z.literal(true).optional(),
});

const figure = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  kind: z.enum(KINDS),
  decimals: z.number().int().min(0).max(20),
  period,
  covered: period.nullable(),
  status: z.enum(['known', 'pending', 'absent']),
  value: decimal.nullable(),
  range: z.strictObject({ low: decimal, high: decimal }).optional(),
  text: z.string(),
  reason: z.string().nullable(),
  explanation: z.string().optional(),
  basis,
  lastYear: base.nullable(),
  yearEnd: base.nullable(),
  targets: z.array(target),
  parts: z.array(part).optional(),
});

const sheet = z.strictObject({
  id: z.number(),
  file: z.string(),
  sheet: z.string(),
  dataset: z.string().nullable(),
  programme: z.string().nullable(),
  reason: z.string(),
  columns: z.array(z.strictObject({ column: z.string(), label: z.string(), field: z.string() })),
  read: z.number(),
  used: z.number(),
  setAside,
});

const measure = z.strictObject({
  title: z.string(),
  lead: z.string().nullable(),
  aims: z.array(
    z.strictObject({ indicator: z.string(), figure: z.string().nullable(), target: target.nullable() }),
  ),
});

const problem = z.strictObject({
  kind: z.string(),
  file: z.string(),
  sheet: z.string(),
  row: z.number(),
  count: z.number(),
  detail: z.record(z.string(), z.string()),
  figures: z.array(z.string()),
});

/** *.facts.json as docs/facts.schema.json publishes it. */
export const FactsSpec = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  generator: z.strictObject({ name: z.literal('mzreport'), version: z.string() }),
  place: z.string(),
  organisation: z.string(),
  period,
  sources: z.array(z.strictObject({ name: z.string(), bytes: z.number(), sha256: hash })),
  sheets: z.array(sheet),
  figures: z.array(figure),
  measures: z.array(measure).optional(),
  problems: z.array(problem),
  counties: z.array(z.strictObject({ place: z.string(), file: z.string().nullable() })).optional(),
  setup: z.strictObject({
    kind: z.string().nullable(),
    template: z.string(),
    date: z.string().nullable(),
    methods: z.record(z.string(), z.string()),
    files: z.array(z.strictObject({ name: z.string(), sha256: hash })),
    indicators: hash.nullable(),
    mappings: hash.nullable(),
    fingerprint: hash,
  }),
  checksum: z.string(),
});
