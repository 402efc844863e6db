import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sheet } from '../../src/model.ts';
import type * as Ahead from '../../src/read/ahead/index.ts';
import type * as Read from '../../src/read/index.ts';
import { failureOf, gridOf, sourceOf } from './xlsx/workbook-file.ts';
import { partsOf, zipOf } from './xlsx/zip-file.ts';

/** A thread loads compiled code only: these tests need dist/, as `npm test` builds it. */
const compiled = new URL('../../dist/read/', import.meta.url);
const load = async () => ({
  ahead: (await import(new URL('ahead/index.js', compiled).href)) as typeof Ahead,
  read: (await import(new URL('index.js', compiled).href)) as typeof Read,
});

const ROWS = 12_000;
const toRow = (i: number) => {
  const cells = [`<c r="A${i}" t="s"><v>${i % 3000}</v></c>`, `<c r="B${i}"><v>${i}</v></c>`];
  // Every tenth row has a hole, and the last column of every hundredth only white space.
  const last = i % 10 === 0 ? '' : `<c t="inlineStr"><is><t>${i % 100 === 1 ? ' ' : `第${i}户`}</t></is></c>`;
  return `<row r="${i}">${cells.join('')}${last}</row>`;
};
const sheet =
  `<sheetData>${Array.from({ length: ROWS }, (_, i) => toRow(i + 1)).join('')}</sheetData>` +
  '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>';
const strings = Array.from({ length: 3000 }, (_, i) => `<si><t>张${i}</t></si>`).join('');
/** Stored, so that it is large enough for a thread. */
const whole = zipOf(partsOf({ sheet, strings }), { stored: true });

/** The sheets of a workbook that a thread reads. */
async function openAhead(bytes: Buffer): Promise<Sheet[]> {
  const { ahead, read } = await load();
  const { path } = sourceOf(bytes);
  ahead.readAhead([path]);
  expect(ahead.aheadOf(path)).not.toBeNull();
  return read.read(await read.readSource(path));
}

async function openHere(bytes: Buffer): Promise<Sheet[]> {
  const { read } = await load();
  return read.read(await read.readSource(sourceOf(bytes).path));
}

describe.skipIf(!existsSync(compiled))('a workbook read in a thread', () => {
  afterEach(async () => (await load()).ahead.endAhead());

  it('gives the same rows and merged ranges as without one, also when it is read again', async () => {
    const [there] = await openAhead(whole);
    const [here] = await openHere(whole);
    if (!there || !here) throw new Error('No sheet.');
    const expected = await gridOf(here);
    expect(expected.rows).toHaveLength(ROWS);
    expect(expected.texts['11:2']).toBe('第11户');
    expect(await gridOf(there)).toEqual(expected);
    expect(there.merges()).toEqual([{ top: 1, left: 0, bottom: 2, right: 0 }]);
    expect(await gridOf(there)).toEqual(expected);
  });

  it('can be left early', async () => {
    const [first] = await openAhead(whole);
    if (!first) throw new Error('No sheet.');
    for await (const batch of first.read()) {
      expect(batch.numbers[0]).toBe(1);
      break;
    }
  });

  it('ends in the same failure as without a thread', async () => {
    const bytes = Buffer.from(whole);
    // The checksum of the sheet, in the last directory entry.
    bytes.writeUInt32LE(1, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16);
    for (const [first] of [await openAhead(bytes), await openHere(bytes)]) {
      if (!first) throw new Error('No sheet.');
      const failure = await failureOf(gridOf(first));
      expect(failure.code).toBe('file-damaged');
      expect(failure.message).toContain('校验码');
    }
  });

  it('is refused as without a thread where it cannot be opened', async () => {
    const cut = whole.subarray(0, whole.length - 40);
    expect(await failureOf(openAhead(cut))).toMatchObject({ code: 'file-damaged' });
  });

  it('does not wait for ever on rows that nobody asks for', async () => {
    const row = (i: number) => `<row r="${i}"><c t="inlineStr"><is><t>${'福'.repeat(900)}</t></is></c></row>`;
    const large = `<sheetData>${Array.from({ length: 15_000 }, (_, i) => row(i + 1)).join('')}</sheetData>`;
    const small = `<sheetData>${row(1)}</sheetData>`;
    const book = zipOf(partsOf({ sheet: { 大: large, 小: small } }), { stored: true });
    const [first, second] = await openAhead(book);
    if (!first || !second) throw new Error('Two sheets were written.');
    expect((await gridOf(second)).rows).toEqual([1]);
    // Dropped by the thread, so it is read here.
    expect((await gridOf(first)).rows).toHaveLength(15_000);
  }, 60_000);
});
