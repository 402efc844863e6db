import { describe, expect, it } from 'vitest';
import { failureOf, openBook, readGrid, readRow } from './workbook-file.ts';

const row = (cells: string) => ({ sheet: `<sheetData><row r="1">${cells}</row></sheetData>` });

describe('cell values', () => {
  it('reads shared, inline, formula, boolean, error and number cells', async () => {
    const cells = [
      '<c r="A1" t="s"><v>1</v></c>',
      '<c r="B1" t="inlineStr"><is><t>孙家村</t></is></c>',
      '<c r="C1" t="str"><f>A1&amp;B1</f><v>李四</v></c>',
      '<c r="D1" t="b"><v>1</v></c><c r="E1" t="b"><v>0</v></c>',
      '<c r="F1" t="e"><v>#REF!</v></c>',
      '<c r="G1"><f>0.1+0.2</f><v>0.30000000000000004</v></c>',
      '<c r="H1" t="n"><v>3.5103E+17</v></c>',
    ];
    const strings = '<si><t>没用到</t></si><si><t>张三</t></si>';
    const grid = await readGrid({ ...row(cells.join('')), strings });
    expect(Object.values(grid.texts)).toEqual([
      '张三',
      '孙家村',
      '李四',
      'TRUE',
      'FALSE',
      '#REF!',
      '0.3',
      '351030000000000000',
    ]);
    expect(grid.numeric).toEqual(['1:6', '1:7']);
  });

  it('joins the runs of rich text and leaves reading aids out', async () => {
    const rich = '<r><rPr><b/></rPr><t>低保</t></r><r><t xml:space="preserve"> 对象</t></r>';
    const aid = '<t>民政</t><rPh sb="0" eb="2"><t>ミンセイ</t></rPh><phoneticPr fontId="1"/>';
    const cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>';
    const inline = `<c r="C1" t="inlineStr"><is>${rich}</is></c><c r="D1" t="inlineStr"><is>${aid}</is></c>`;
    const strings = `<si>${rich}</si><si>${aid}</si>`;
    expect(await readRow(cells + inline, { strings })).toBe('低保 对象|民政|低保 对象|民政');
  });

  it('undoes entities, CDATA, comments, line ends and _x escapes', async () => {
    const texts = [
      '&lt;A&gt; &amp; &quot;B&quot; &apos;C&apos;',
      '&#24352;&#x4E09;&#x20000;',
      'a<![CDATA[<b> & </t>]]>c',
      'a<!-- </t> -->c',
      'a_x000D_\nb',
      '_x005F_x000D_',
      '_xnope_ A_1',
      'a\r\nb\rc',
    ];
    const expected = [
      '<A> & "B" \'C\'',
      '张三𠀀',
      'a<b> & </t>c',
      'ac',
      'a\r\nb',
      '_x000D_',
      '_xnope_ A_1',
      'a\nb\nc',
    ];
    const shared = texts.map((_, i) => `<c t="s"><v>${i}</v></c>`).join('');
    const strings = texts.map((text) => `<si><t>${text}</t></si>`).join('');
    const inline = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
    const formula = texts.map((text) => `<c t="str"><v>${text.replaceAll('</t>', '</v>')}</v></c>`).join('');
    const grid = await readGrid({ ...row(shared + inline + formula), strings });
    const formulas = expected.map((text) => text.replaceAll('</t>', '</v>'));
    expect(Object.values(grid.texts)).toEqual([...expected, ...expected, ...formulas]);
  });

  it('keeps spaces and leaves empty cells empty', async () => {
    const empty =
      '<c r="B1" s="1"/><c r="C1"><v></v></c><c r="D1" t="s"><v>1</v></c><c r="E1" t="str"><v/></c>';
    const strings = '<si><t xml:space="preserve">  户 </t></si><si><t/></si>';
    const cells = `<c r="A1" t="s"><v>0</v></c>${empty}<c r="F1" t="inlineStr"><is><t>　</t></is></c>`;
    const grid = await readGrid({ ...row(cells), strings });
    expect(grid.texts).toEqual({ '1:0': '  户 ', '1:5': '　' });
  });

  it('turns numbers into dates by their style, and does not flag them as numbers', async () => {
    const styles =
      '<numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>' +
      '<numFmt numFmtId="177" formatCode="0&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="21"/></cellXfs>' +
      '<dxfs><dxf><numFmt numFmtId="177" formatCode="yyyy"/></dxf></dxfs>';
    const cells = [0, 1, 2, 3].map((style) => `<c s="${style}"><v>44927</v></c>`).join('');
    const more = '<c s="4"><v>0.25</v></c><c s="1"><v>-1</v></c><c t="d"><v>2022-03-15T00:00:00</v></c>';
    const grid = await readGrid({ ...row(cells + more), styles });
    const texts = ['44927', '2023-01-01', '2023-01-01', '44927', '06:00:00', '-1', '2022-03-15'];
    expect(Object.values(grid.texts)).toEqual(texts);
    expect(grid.numeric).toEqual(['1:0', '1:3', '1:5']);
    const later = await readGrid({ ...row(cells), styles, properties: '<workbookPr date1904="1"/>' });
    // 1904 counts from four years and a day later.
    expect(later.texts['1:1']).toBe('2027-01-02');
  });

  it('keeps what a number cell holds that is no number, unflagged', async () => {
    const grid = await readGrid(
      row('<c r="A1"><v>1,234</v></c><c r="B1"><v>NaN</v></c><c r="C1" t="x"><v>5</v></c>'),
    );
    expect(grid.texts).toEqual({ '1:0': '1,234', '1:1': 'NaN', '1:2': '5' });
    expect(grid.numeric).toEqual([]);
  });

  it('takes an absent or broken shared string for damage', async () => {
    for (const index of ['7', '-1', 'x', '1.5'])
      expect(
        (await failureOf(readRow(`<c t="s"><v>${index}</v></c>`, { strings: '<si><t>a</t></si>' }))).code,
      ).toBe('file-damaged');
  });

  it('refuses a DOCTYPE and entities of its own', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY e "eeee">]>';
    const sheet = `${doctype}<worksheet><sheetData/></worksheet>`;
    const parts = { 'xl/worksheets/sheet1.xml': sheet };
    expect((await failureOf(openBook({ sheet: '', parts }))).code).toBe('file-damaged');
    expect((await failureOf(readRow('<c t="str"><v>&e;</v></c>'))).code).toBe('file-damaged');
    expect((await failureOf(readRow('<c t="str"><v>a & b</v></c>'))).code).toBe('file-damaged');
  });
});
