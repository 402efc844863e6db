/** Tables, addressee, 附件说明 and annexes in docx, md and txt. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Annex, Draft, Table } from '../../src/model.ts';
import { render } from '../../src/render/index.ts';
import { figure, paragraph, REPORT, STYLE, text } from './sample.ts';
import { unzip } from './unzip.ts';

const TABLE: Table = {
  type: 'table',
  title: [text('建设进展')],
  head: [[text('县（市、区）')], [text('床位（张）')]],
  rows: [
    [[text('甲县')], [figure('1,013', '养老服务.床位数@甲县')]],
    [[text('乙|县')], [figure('137', '养老服务.床位数@乙县')]],
  ],
  notes: [[text('注：截至9月底。')]],
};
const annex = (mark: string, title: string, landscape = false): Annex => ({
  mark,
  title: [text(title)],
  captions: [],
  landscape,
  blocks: [TABLE],
});
const ANNEXES = [annex('附件1', '进展情况表'), annex('附件2', '资金情况表', true), annex('附件3', '名单')];
const DRAFT: Draft = {
  title: [[text('报告')]],
  captions: [[text('——在会议上')]],
  blocks: [
    { type: 'addressee', runs: [text('主任、各位委员：')] },
    paragraph(text('正文。')),
    { type: 'enclosures', annexes: ANNEXES },
    { type: 'signature', organisation: [text('某局')], date: [text('2023年10月1日')] },
  ],
  annexes: ANNEXES,
};

describe('docx', () => {
  let xml = '';
  let styles = '';
  let footers: string[] = [];
  beforeAll(async () => {
    const parts = unzip(await render(DRAFT, 'docx', STYLE, REPORT));
    xml = parts.get('word/document.xml') ?? '';
    styles = parts.get('word/styles.xml') ?? '';
    footers = [...parts].flatMap(([name, part]) => (/^word\/footer\d+\.xml$/.test(name) ? [part] : []));
  });
  const paragraphOf = (words: string): string =>
    (xml.match(/<w:p>.*?<\/w:p>/gs) ?? []).find((each) => each.replace(/<[^>]*>/g, '') === words) ?? '';

  it('begins the addressee at the margin and the annex on a new page', () => {
    expect(paragraphOf('主任、各位委员：')).toContain('<w:pStyle w:val="MzFlush"/>');
    expect(paragraphOf('附件1')).toContain('<w:pageBreakBefore/>');
    expect(paragraphOf('附件1')).toContain('<w:pStyle w:val="MzAnnex"/>');
    // These begin sections, which begin pages themselves.
    expect(paragraphOf('附件2') + paragraphOf('附件3')).not.toContain('pageBreakBefore');
  });

  it('lists the annexes, the lines aligned below each other', () => {
    expect(paragraphOf('附件：1. 进展情况表')).toContain('w:hanging=');
    expect(paragraphOf('2. 资金情况表')).not.toBe('');
  });

  it('lays wide annexes on their side, the binding edge above', () => {
    const sizes = [...xml.matchAll(/<w:pgSz ([^/]*)\/>/g)].map(([, size]) => size);
    expect(sizes).toHaveLength(3);
    expect(sizes[1]).toContain('w:w="16838" w:h="11906" w:orient="landscape"');
    const margins = [...xml.matchAll(/<w:pgMar ([^/]*)\/>/g)].map(([, margin]) => margin);
    // 28 mm of the left edge, 37 mm of the upper one.
    expect(margins[1]).toContain('w:top="1587" w:right="2098"');
  });

  it('keeps the page number in its corner of the sheet on pages that lie on their side', () => {
    const turned = footers.filter((footer) => footer.includes('vert="vert"'));
    expect(turned).toHaveLength(2);
    for (const footer of turned) {
      expect(footer).toContain('<w:instrText>PAGE</w:instrText>');
      // 34.92 − 7 − 2.47 mm from the left, where the lower edge is; 635 EMU in a twip.
      expect(footer).toContain(`<wp:posOffset>${(1980 - 397 - 140) * 635}</wp:posOffset>`);
    }
    expect(turned.map((footer) => /<w:jc w:val="(\w+)"/.exec(footer)?.[1]).sort()).toEqual(['left', 'right']);
    expect(footers.filter((footer) => !footer.includes('vert="vert"'))).toHaveLength(4);
  });

  it('repeats the head of a table and tears no row', () => {
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(3);
    expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(9);
  });

  it('makes a table as wide as the text', () => {
    const grids = [...xml.matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/gs)].map(([, grid]) =>
      [...(grid ?? '').matchAll(/w:w="(\d+)"/g)].reduce((sum, [, width]) => sum + Number(width), 0),
    );
    // 210 − 28 − 26 mm and, across, 297 − 37 mm less what is left below 22 lines.
    expect(grids).toEqual([8845, 12760, 8845]);
  });

  it('names all four fonts of every style', () => {
    const fonts = [...styles.matchAll(/<w:rFonts ([^/]*)\/>/g)].map(([, font]) => font ?? '');
    for (const font of fonts)
      for (const kind of ['ascii', 'hAnsi', 'eastAsia', 'cs']) expect(font).toContain(`w:${kind}="`);
  });
});

describe('txt and md', () => {
  const write = async (format: 'md' | 'txt') =>
    new TextDecoder().decode(await render(DRAFT, format, STYLE, REPORT));

  it('txt parts cells by tabs and aligns the list of annexes', async () => {
    const lines = (await write('txt')).split('\r\n');
    expect(lines.slice(0, 4)).toEqual(['报告', '——在会议上', '', '主任、各位委员：']);
    expect(lines).toContain('　　附件：1. 进展情况表');
    expect(lines).toContain('　　　　　2. 资金情况表');
    expect(lines).toContain('甲县\t1,013');
    expect(lines.filter((line) => /^附件\d$/.test(line))).toEqual(['附件1', '附件2', '附件3']);
  });

  it('md writes tables whose cells cannot be broken', async () => {
    const page = await write('md');
    expect(page).toContain(
      '| 县（市、区） | 床位（张） |\n| --- | ---: |\n| 甲县 | 1,013 |\n| 乙\\|县 | 137 |',
    );
    expect(page).toContain('---\n\n附件2\n\n# 资金情况表');
  });
});
