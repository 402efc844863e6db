import { describe, expect, it } from 'vitest';
import { failureOf, gridOf, openBook, readGrid } from './workbook-file.ts';

const cell = (text: string, at = '') => `<c${at} t="str"><v>${text}</v></c>`;

async function firstSheet(sheet: string) {
  const [first] = await openBook({ sheet });
  if (!first) throw new Error('No sheet.');
  return first;
}

describe('rows and columns', () => {
  it('counts rows and cells that carry no r', async () => {
    const rows = `<row>${cell('a')}${cell('b')}</row><row r="5">${cell('c', ' r="C5"')}${cell('d')}</row><row>${cell('e')}</row>`;
    const grid = await readGrid({ sheet: `<sheetData>${rows}</sheetData>` });
    expect(grid.texts).toEqual({ '1:0': 'a', '1:1': 'b', '5:2': 'c', '5:3': 'd', '6:0': 'e' });
  });

  it('believes the cells where only they know the row', async () => {
    const grid = await readGrid({
      sheet: `<sheetData><row>${cell('a', ' r="B7"')}</row><row>${cell('b')}</row></sheetData>`,
    });
    expect(grid.texts).toEqual({ '7:1': 'a', '8:0': 'b' });
  });

  it('reads elements with a prefix, other quotes, spaces and attributes', async () => {
    const xml =
      '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>\n' +
      '<x:row r = \'2\' spans="1:2" x14ac:dyDescent="0.25" xmlns:x14ac="a>b">\n <x:c  t="str"\n r="B2" cm="1" >' +
      '<x:f>"</x:v>"</x:f><x:v>甲</x:v ></x:c >\n</x:row>\n</x:sheetData>' +
      '<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>';
    const broken = xml.replace('"</x:v>"', '"x"');
    const [sheet] = await openBook({ sheet: '', parts: { 'xl/worksheets/sheet1.xml': broken } });
    expect(sheet && (await gridOf(sheet)).texts).toEqual({ '2:1': '甲' });
    expect(sheet?.merges()).toEqual([{ top: 1, left: 0, bottom: 1, right: 1 }]);
  });

  it('takes the last of two cells with one address, and keeps rows in the order of the file', async () => {
    const rows = `<row r="9">${cell('a', ' r="A9"')}${cell('bb', ' r="A9"')}${cell('c', ' r="B9"')}</row><row r="3">${cell('d')}</row>`;
    const grid = await readGrid({ sheet: `<sheetData>${rows}</sheetData>` });
    expect(grid.texts).toEqual({ '9:0': 'bb', '9:1': 'c', '3:0': 'd' });
    expect(grid.rows).toEqual([9, 3]);
  });

  it('pays no heed to <dimension>, extensions and foreign elements', async () => {
    const sheet =
      `<dimension ref="A1:A1"/><sheetData><row r="1">${cell('a')}<c r="C1"><v>2</v><extLst><ext><v>9</v></ext></extLst></c></row>` +
      '<row r="2" spans="1:3"/></sheetData><extLst><ext><row><c><v>8</v></c></row></ext></extLst>';
    const grid = await readGrid({ sheet });
    expect(grid.texts).toEqual({ '1:0': 'a', '1:2': '2' });
    expect(grid.rows).toEqual([1, 2]);
  });

  it('reports hidden rows and columns', async () => {
    const cols =
      '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4"/><col min="6" max="6" hidden="true"/></cols>';
    const rows = `<row r="1">${cell('a')}</row><row r="2" hidden="1">${cell('b')}</row>`;
    const sheet = await firstSheet(`${cols}<sheetData>${rows}</sheetData>`);
    expect(sheet.hiddenColumns).toEqual([1, 2, 5]);
    expect((await gridOf(sheet)).hidden).toEqual([2]);
  });

  it('knows the merged ranges after reading, 50,000 of them quickly', async () => {
    const merges = Array.from({ length: 50_000 }, (_, i) => `<mergeCell ref="A${2 * i + 1}:B${2 * i + 2}"/>`);
    const sheet = await firstSheet(
      `<sheetData/><mergeCells>${merges.join('')}<mergeCell ref="C1"/></mergeCells>`,
    );
    const start = performance.now();
    await gridOf(sheet);
    expect(performance.now() - start).toBeLessThan(3000);
    expect(sheet.merges()).toHaveLength(50_000);
    expect(sheet.merges()[1]).toEqual({ top: 3, left: 0, bottom: 4, right: 1 });
  });

  it('gives up to 60 rows with text as the head, without trailing blanks', async () => {
    const blank = '<row r="1"><c r="A1" s="1"/></row><row r="2"><c r="A2" t="str"><v> </v></c></row>';
    const rows = Array.from(
      { length: 100 },
      (_, i) => `<row r="${i + 3}">${cell('甲', ` r="B${i + 3}"`)}<c s="3"/></row>`,
    );
    const { head } = await firstSheet(`<sheetData>${blank}${rows.join('')}</sheetData>`);
    expect(head).toHaveLength(60);
    expect(head[0]).toEqual({ number: 3, cells: ['', '甲'] });
  });

  it('does not look for the head beyond 2,000 rows', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `<row r="${i + 1}"/>`);
    const { head } = await firstSheet(
      `<sheetData>${rows.join('')}<row r="2001">${cell('a')}</row></sheetData>`,
    );
    expect(head).toEqual([]);
  });

  it('streams batches of some thousand rows, again and again', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `<row r="${i + 1}">${cell(`户${i}`)}</row>`);
    const sheet = await firstSheet(`<sheetData>${rows.join('')}</sheetData>`);
    for (let time = 0; time < 2; time++) {
      const sizes: number[] = [];
      let last = '';
      for await (const { numbers, columns } of sheet.read()) {
        sizes.push(numbers.length);
        last = columns[0]?.at(-1) ?? '';
      }
      expect(sizes).toEqual([4096, 4096, 1808]);
      expect(last).toBe('户9999');
    }
    for await (const batch of sheet.read()) {
      expect(batch.numbers[0]).toBe(1);
      break;
    }
  });

  it('makes no grid for a cell at XFD1048576', async () => {
    const sheet = await firstSheet(
      `<dimension ref="A1:XFD1048576"/><sheetData><row r="1">${cell('a')}</row><row r="1048576">${cell('z', ' r="XFD1048576"')}</row></sheetData>`,
    );
    const distinct = new Set<string[]>();
    for await (const { columns } of sheet.read()) {
      expect(columns).toHaveLength(16_384);
      for (const column of columns) distinct.add(column);
    }
    expect(distinct.size).toBe(3);
  });

  it('keeps batches of wide rows short', async () => {
    const wide = '<c><v>1</v></c>'.repeat(2000);
    const sheet = await firstSheet(`<sheetData>${`<row>${wide}</row>`.repeat(270)}</sheetData>`);
    let rows = 0;
    for await (const { numbers } of sheet.read()) {
      expect(numbers.length).toBeLessThanOrEqual(263);
      rows += numbers.length;
    }
    expect(rows).toBe(270);
  });

  it.each([
    ['<row r="0"/>', 'file-damaged'],
    ['<row r="x"/>', 'file-damaged'],
    ['<row r="1048577"/>', 'file-limit'],
    ['<row r="1"><c r="XFE1"><v>1</v></c></row>', 'file-damaged'],
    ['<row r="1"><c r="12"><v>1</v></c></row>', 'file-damaged'],
    [`<row r="1">${'<c/>'.repeat(16_385)}</row>`, 'file-damaged'],
    ['<row r="1"><c><v>1</v></c>', 'file-damaged'],
    ['<row r="1"><c r=A1><v>1</v></c></row>', 'file-damaged'],
    ['<row r="1"><c><v>1<b/></v></c></row>', 'file-damaged'],
  ])('names what is wrong with %.60s', async (rows, code) => {
    const failure = await failureOf(readGrid({ sheet: `<sheetData>${rows}</sheetData>` }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain('名册.xlsx');
  });

  it('keeps a text beyond Excel’s 32,767 characters, and refuses one beyond a million', async () => {
    const long = (length: number) =>
      readGrid({ sheet: `<sheetData><row>${cell('户'.repeat(length))}</row></sheetData>` });
    expect((await long(40_000)).texts['1:0']).toHaveLength(40_000);
    expect((await failureOf(long(1_100_000))).code).toBe('file-limit');
  });
});
