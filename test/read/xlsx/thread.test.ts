import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { readXlsx } from '../../../src/read/xlsx/index.ts';
import { failureOf, sourceOf } from './workbook-file.ts';
import { partsOf, zipOf } from './zip-file.ts';

/**
 * Large sheets are read in a thread, which loads compiled code only: these tests need dist/, as `npm test` builds it.
 */
const compiled = new URL('../../../dist/read/xlsx/index.js', import.meta.url);

/** With the padding below more than the 48 MB from which a thread is used. */
const ROWS = 12_000;
const PADDING = ' '.repeat(4300);

const toRow = (i: number) => {
  const cells = [`<c r="A${i}" t="s"><v>${i % 3000}</v></c>`, `<c r="B${i}"><v>${i}</v></c>`];
  return `<row r="${i}">${cells.join('')}${PADDING}<c t="inlineStr"><is><t>第${i}户</t></is></c></row>`;
};
const sheet =
  `<sheetData>${Array.from({ length: ROWS }, (_, i) => toRow(i + 1)).join('')}</sheetData>` +
  '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>';
const strings = Array.from({ length: 3000 }, (_, i) => `<si><t>张${i}</t></si>`).join('');
const whole = zipOf(partsOf({ sheet, strings }));

async function open(bytes: Buffer) {
  const module: { readXlsx: typeof readXlsx } = await import(compiled.href);
  const [first] = await module.readXlsx(sourceOf(bytes));
  if (!first) throw new Error('No sheet.');
  return first;
}

describe.skipIf(!existsSync(compiled))('a sheet read in a thread', () => {
  it('gives all rows, in order, and the merged ranges', async () => {
    const first = await open(whole);
    let rows = 0;
    for await (const { numbers, columns, numeric } of first.read()) {
      for (const [i, number] of numbers.entries()) {
        rows++;
        if (number !== rows || columns[0]?.[i] !== `张${rows % 3000}` || columns[1]?.[i] !== String(rows))
          throw new Error(`Row ${rows} differs.`);
        if (columns[2]?.[i] !== `第${rows}户`) throw new Error(`Row ${rows} differs.`);
      }
      expect(numeric[0]).toBeUndefined();
      expect(numeric[1]?.every((flag) => flag === 1)).toBe(true);
    }
    expect(rows).toBe(ROWS);
    expect(first.merges()).toEqual([{ top: 1, left: 0, bottom: 2, right: 0 }]);
  });

  it('can be left early', async () => {
    for await (const batch of (await open(whole)).read()) {
      expect(batch.numbers[0]).toBe(1);
      break;
    }
  });

  it('ends in the same failure as without a thread', async () => {
    const bytes = Buffer.from(whole);
    // The checksum of the sheet, in the last directory entry.
    bytes.writeUInt32LE(1, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16);
    const first = await open(bytes);
    const readAll = async () => {
      for await (const batch of first.read()) expect(batch.numbers.length).toBeGreaterThan(0);
    };
    const failure = await failureOf(readAll());
    expect(failure.code).toBe('file-damaged');
    expect(failure.message).toContain('名册.xlsx');
    expect(failure.message).toContain('校验码');
  });
});
