import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../src/model.ts';
import { createFigureFinder, toBookmarkName } from '../../src/render/bookmark.ts';
import { render } from '../../src/render/index.ts';
import { DRAFT, figure, paragraph, REPORT, STYLE, text } from './sample.ts';
import { unzip } from './unzip.ts';

let parts: Map<string, string>;
beforeAll(async () => {
  parts = unzip(await render(DRAFT, 'docx', STYLE, REPORT));
});

const part = (name: string) => parts.get(name) ?? '';
const all = (pattern: RegExp, xml: string) => [...xml.matchAll(pattern)].map((match) => match[1] ?? match[0]);
const textOf = (xml: string) =>
  all(/<w:t[ >][^<]*/g, xml)
    .join('')
    .replace(/<w:t[^>]*>/g, '');
const paragraphs = (xml: string) => all(/<w:p>.*?<\/w:p>|<w:p\/>/gs, xml);
const styleOf = (id: string) =>
  all(/<w:style .*?<\/w:style>/gs, part('word/styles.xml')).find((style) =>
    style.includes(`w:styleId="${id}"`),
  ) ?? '';

describe('docx text', () => {
  it('has one paragraph per block, numbered, with an empty line below the title and above the signature', () => {
    expect(paragraphs(part('word/document.xml')).map(textOf)).toEqual([
      '某某区民政局2023年工作总结和2024年工作计划',
      '',
      '一、主要工作情况',
      '（一）社会救助',
      '落实“应保尽保”，低保对象3469户6444人，比上年〔待核：低保同比〕；年末仍为3469户。',
      '1.规范审核',
      '（1）入户抽查',
      '（二）养老服务',
      '二、下一步打算',
      '〔待填：下一步打算〕',
      '',
      '某某区民政局',
      '2024年1月5日',
    ]);
  });

  it('breaks the title into its lines', () =>
    expect(part('word/document.xml').match(/<w:br\/>/g)).toHaveLength(1));

  it('sets every run as Chinese, so that “” is not set in the Latin font', () => {
    const runs = all(/<w:r>.*?<\/w:r>/gs, part('word/document.xml')).filter((run) => run.includes('<w:t '));
    for (const run of runs) expect(run).toContain('<w:rFonts w:hint="eastAsia"/>');
  });

  it('names the Chinese font for quotes after digits, which LibreOffice would take for Latin ones', async () => {
    const quoted = paragraph(text('“甲”纳入“141”体系'), figure('24.5%', '低保.比'), text('——全部'));
    const draft: Draft = { title: [], captions: [], blocks: [quoted], annexes: [] };
    const xml = unzip(await render(draft, 'docx', STYLE, REPORT)).get('word/document.xml') ?? '';
    const forced = all(/<w:r>.*?<\/w:r>/gs, xml).filter((run) => run.includes('w:ascii="仿宋"'));
    expect(forced.map(textOf)).toEqual(['”', '——']);
    for (const run of forced)
      expect(run).toMatch(
        /w:ascii="仿宋" w:(?:hAnsi|cs|eastAsia)="仿宋" w:\w+="仿宋" w:\w+="仿宋" w:hint="eastAsia"/,
      );
    expect(textOf(xml)).toBe('“甲”纳入“141”体系24.5%——全部');
  });

  it('highlights placeholders and nothing else', () => {
    const runs = all(/<w:r>.*?<\/w:r>/gs, part('word/document.xml'));
    const marked = runs.filter((run) => run.includes('<w:highlight w:val="yellow"/>')).map(textOf);
    expect(marked).toEqual(['〔待核：低保同比〕', '〔待填：下一步打算〕']);
  });

  it('survives characters that XML has no place for', async () => {
    const draft: Draft = {
      title: [[text('甲&乙<丙>')]],
      blocks: [paragraph(text('a\u0001\u000b\ufffe<&>\ud800'))],
      captions: [],
      annexes: [],
    };
    const odd = unzip(await render(draft, 'docx', STYLE, REPORT));
    expect(odd.get('word/document.xml')).toContain('>a&lt;&amp;&gt;\ufffd</w:t>');
    expect(odd.get('docProps/core.xml')).toContain('<dc:title>甲&amp;乙&lt;丙&gt;</dc:title>');
  });
});

describe('docx bookmarks', () => {
  it('wrap each figure whole, once each, also a 待核 one', () => {
    const wrapped =
      /<w:bookmarkStart w:name="(\w+)" w:id="(\d+)"\/>(<w:r>.*?<\/w:r>)<w:bookmarkEnd w:id="\2"\/>/gs;
    const found = [...part('word/document.xml').matchAll(wrapped)].map(([, name, , run]) => [
      name,
      textOf(run ?? ''),
    ]);
    expect(found).toEqual([
      [toBookmarkName('低保.期末户数', 1), '3469户'],
      [toBookmarkName('低保.期末人数', 1), '6444人'],
      [toBookmarkName('低保.同比', 1), '〔待核：低保同比〕'],
      [toBookmarkName('低保.期末户数', 2), '3469户'],
    ]);
    expect(part('word/document.xml').match(/<w:bookmark(Start|End)/g)).toHaveLength(found.length * 2);
  });

  it('lead back to their figures, whatever the appearance, and nothing else does', () => {
    const find = createFigureFinder(['低保.期末户数', '低保.期末户数@东湖街道', '低保.期末户数#同比']);
    expect(find(toBookmarkName('低保.期末户数', 1))).toBe('低保.期末户数');
    expect(find(toBookmarkName('低保.期末户数@东湖街道', 312))).toBe('低保.期末户数@东湖街道');
    expect(find(toBookmarkName('低保.期末人数', 1))).toBeNull();
    expect(find('_GoBack')).toBeNull();
  });

  it('have names that Word accepts', () => {
    expect(toBookmarkName('低保.期末户数'.repeat(20), 12345)).toMatch(/^[A-Za-z]\w{0,39}$/);
  });
});

describe('docx page', () => {
  it('has the page of GB/T 9704', () => {
    const section = all(/<w:sectPr>.*?<\/w:sectPr>/gs, part('word/document.xml')).join('');
    expect(section).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(section).toContain('w:top="2098" w:right="1474" w:bottom="1980" w:left="1587"');
    expect(section).toContain('w:footer="1443"');
  });

  it('has lines of exactly 29 pt and no widow control', () => {
    expect(styleOf('Normal')).toContain('w:line="580" w:lineRule="exact"');
    expect(styleOf('Normal')).toContain('<w:widowControl w:val="false"/>');
  });

  it('fits 28 characters on a line, but not 29', () => {
    const spacing = Number(/<w:spacing w:val="(-?\d+)"\/>/.exec(styleOf('MzBody'))?.[1]);
    const width = 11906 - 1587 - 1474;
    expect(Math.floor(width / (320 + spacing))).toBe(28);
    expect(styleOf('MzBody')).toContain('w:firstLine="630" w:firstLineChars="200"');
  });

  it.each([
    ['Normal', '仿宋', 32],
    ['Title', '方正小标宋简体', 44],
    ['Heading1', '黑体', 32],
    ['Heading2', '楷体', 32],
    ['Heading3', '仿宋', 32],
    ['Heading4', '仿宋', 32],
  ])('sets %s in %s, with all four fonts named', (id, font, halfPoints) => {
    const latin = 'Times New Roman';
    const fonts = /<w:rFonts ([^/]*)\/>/
      .exec(styleOf(id))?.[1]
      ?.split(/(?<=") /)
      .sort();
    expect(fonts).toEqual([
      `w:ascii="${latin}"`,
      `w:cs="${latin}"`,
      `w:eastAsia="${font}"`,
      `w:hAnsi="${latin}"`,
    ]);
    expect(styleOf(id)).toContain(`<w:sz w:val="${halfPoints}"/>`);
    expect(styleOf(id)).toContain('<w:b w:val="false"/>');
  });

  it('puts headings into the outline and keeps them with what follows', () => {
    const headings = paragraphs(part('word/document.xml')).flatMap((xml) => all(/"(Heading\d)"/g, xml));
    expect(headings).toEqual(['Heading1', 'Heading2', 'Heading3', 'Heading4', 'Heading2', 'Heading1']);
    for (const level of [1, 2, 3, 4]) {
      expect(styleOf(`Heading${level}`)).toContain(`<w:outlineLvl w:val="${level - 1}"/>`);
      expect(styleOf(`Heading${level}`)).toContain('<w:keepNext/>');
    }
  });

  it('lists the fonts to take instead', () => {
    expect(part('word/fontTable.xml')).toContain(
      '<w:font w:name="仿宋"><w:altName w:val="FangSong,仿宋_GB2312,',
    );
  });
});

describe('docx page number', () => {
  it.each([
    ['default', '<w:ind w:right="280"/><w:jc w:val="right"/>'],
    ['even', '<w:ind w:left="280"/><w:jc w:val="left"/>'],
  ])('stands one 字 from the edge on %s pages, as a whole field', (type, place) => {
    const id = new RegExp(`<w:footerReference w:type="${type}" r:id="(\\w+)"`).exec(
      part('word/document.xml'),
    )?.[1];
    const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(
      part('word/_rels/document.xml.rels'),
    )?.[1];
    const footer = part(`word/${target}`);
    expect(footer).toContain(place);
    const field = all(/fldCharType="\w+"|<w:instrText>\w+|<w:t [^>]*>[^<]*/g, footer);
    expect(field.map((piece) => piece.replace(/.*[">](?=.)|"$/g, ''))).toEqual([
      '— ',
      'begin',
      'PAGE',
      'separate',
      '1',
      'end',
      ' —',
    ]);
    expect(styleOf('Footer')).toContain('w:ascii="宋体" w:cs="宋体" w:eastAsia="宋体" w:hAnsi="宋体"');
    expect(styleOf('Footer')).toContain('<w:sz w:val="28"/>');
  });

  it('differs between odd and even pages', () =>
    expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>'));
});

describe('docx bytes', () => {
  it('are the same for the same draft, whatever the clock says', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-01-01T00:00:00Z') });
    const first = await render(DRAFT, 'docx', STYLE, REPORT);
    vi.setSystemTime(new Date('2031-12-31T23:59:59Z'));
    const second = await render(DRAFT, 'docx', STYLE, REPORT);
    vi.useRealTimers();
    expect(unzip(second)).toEqual(unzip(first));
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  });

  it('name the title and the program, and no time', () => {
    const core = part('docProps/core.xml');
    expect(core).toContain('<dc:title>某某区民政局2023年工作总结和2024年工作计划</dc:title>');
    expect(core).toContain('<dc:creator>mzreport</dc:creator>');
    expect(core).not.toContain('dcterms');
  });
});
