/** Three other bureaus with other towns, numbers and layouts: every figure equals the generator's own count. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generate } from '../samples/generate.ts';
import { summarize, toValues } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([1, 2, 3])(
  'bureau %i: figures and rows as in its ledger',
  async (seed) => {
    const out = join(folder, String(seed));
    const ledger = await generate({ seed, out });
    const files = readdirSync(out).filter((name) => /\.(xlsx|csv)$/.test(name));
    const inputs = files.map((name) => join(out, name));
    const result = await summarize(...inputs, '--out', join(out, 'out'), '--format', 'txt');
    expect(result.place).toBe(ledger.place);
    expect(result.period.from.slice(0, 4)).toBe(String(ledger.year));
    const values = toValues(result);
    expect(Object.keys(ledger.figures).length).toBeGreaterThan(60);
    expect(Object.fromEntries(Object.keys(ledger.figures).map((id) => [id, values[id]]))).toEqual(
      ledger.figures,
    );
    for (const sheet of result.sheets.filter(({ dataset }) => dataset !== null)) {
      const rows = ledger.rows[sheet.file]?.[sheet.sheet];
      expect(sheet.read, `${sheet.file} ${sheet.sheet}`).toBe(
        (rows?.data ?? 0) + (rows?.totals ?? 0) + (rows?.footer ?? 0),
      );
      expect(sheet.read).toBe(sheet.used + sheet.setAside.reduce((sum, { rows: n }) => sum + n, 0));
    }
  },
  60_000,
);
