import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBatch } from '../../../src/read/xlsx/batch.ts';
import { endScan, feedScan, newScan } from '../../../src/read/xlsx/scan.ts';
import { loadSharedString, openSharedStrings } from '../../../src/read/xlsx/shared-strings.ts';
import { readZip } from '../../../src/read/xlsx/zip.ts';
import { checkPacked, sourceOf } from './workbook-file.ts';
import { partsOf, zipOf } from './zip-file.ts';

const XML =
  '<?xml version="1.0" encoding="UTF-8"?><worksheet><!-- 民政 --><cols><col min="1" max="1"/></cols><sheetData>' +
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2" t="inlineStr"><is><r><t>张</t></r><r><t>三&#x20000;</t></r></is></c></row>' +
  '<row r="2" hidden="1"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><v>低保<![CDATA[<对象>]]>𠀀</v></c><c/></row>' +
  '<row r="3"><c r="A3"><v>12345.678</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c></row>' +
  '</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells></worksheet>';

async function scan(chunks: Buffer[]) {
  const source = sourceOf(
    zipOf(partsOf({ sheet: '', strings: '<si><t>东湖区</t></si><si><t>西湖区</t></si>' })),
  );
  const zip = await readZip(source.path, source.name);
  const strings = openSharedStrings(zip, zip.parts.get('xl/sharedstrings.xml'));
  const state = newScan({ where: source.name, strings, styles: new Uint8Array(), date1904: false }, 100);
  for (const chunk of chunks) {
    let wanted = feedScan(state, chunk);
    while (wanted >= 0) {
      await loadSharedString(strings, wanted);
      wanted = feedScan(state, Buffer.alloc(0));
    }
  }
  endScan(state);
  const batches = state.builder.full.map((raw) => toBatch(raw, source.name));
  batches.forEach(checkPacked);
  return {
    batches: batches.map(({ numbers, columns, numeric, packed }) => ({
      numbers,
      columns,
      numeric,
      packed: packed !== null,
    })),
    merges: state.merges,
  };
}

describe('the scan in chunks', () => {
  const bytes = Buffer.from(XML);

  it('reads the same wherever the bytes are cut', async () => {
    const whole = await scan([bytes]);
    expect(whole.batches[0]?.columns).toEqual([
      ['东湖区', '2', '12345.678'],
      ['张三𠀀', '低保<对象>𠀀', '西湖区'],
      ['', '', '#N/A'],
    ]);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 30 });
    const check = async (places: number[]) => {
      const ends = [...places].sort((a, b) => a - b);
      const chunks = [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
      expect(await scan(chunks)).toEqual(whole);
    };
    await fc.assert(fc.asyncProperty(cuts, check), { numRuns: 60 });
    expect(await scan(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(whole);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const cut = Buffer.from(XML.replace('低保', '@@'));
    cut[cut.indexOf('@@')] = 0xe4;
    await expect(scan([cut])).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('refuses XML that stops early', async () => {
    for (const end of [40, 300, bytes.length - 5])
      await expect(scan([bytes.subarray(0, end)])).rejects.toMatchObject({ code: 'file-damaged' });
  });
});
