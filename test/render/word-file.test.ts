/** What a Word file carries besides its text: comments, the record of what was printed, and nothing that Word would repair. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPackage, savePackage } from '../../src/audit/index.ts';
import type { Draft, Figure, Problem, Report } from '../../src/model.ts';
import { toBookmarkName } from '../../src/render/bookmark.ts';
import { createDoubts } from '../../src/render/doubts.ts';
import { render } from '../../src/render/index.ts';
import { type PrintedRecord, parseProperties, toProperties } from '../../src/render/record.ts';
import { toSurroundings } from '../../src/render/words.ts';
import { findSchemaFaults } from '../support/word-schema.ts';
import { DRAFT, figure, paragraph, REPORT, STYLE, text } from './sample.ts';
import { unzip } from './unzip.ts';

const known = (id: string, name: string, from: string[] = []): Figure => ({
  id,
  name,
  unit: '户',
  kind: '期末数',
  decimals: 0,
  period: REPORT.period,
  covered: null,
  status: 'known',
  value: '3469',
  text: '3469户',
  reason: null,
  basis: from.length > 0 ? { type: 'derived', formula: '', from } : { type: 'none' },
  lastYear: null,
  yearEnd: null,
  targets: [],
});

const problem = (kind: Problem['kind'], figures: string[], detail: Problem['detail'] = {}): Problem => ({
  kind,
  file: '低保2023.xlsx',
  sheet: '发放',
  row: 7,
  count: 1,
  detail,
  figures,
});

const TOTAL = problem('total-differs', ['低保.期末户数'], {
  label: '合计',
  column: '户数',
  theirs: '3470',
  ours: '3469',
  gap: '1',
});
const SAID = '低保2023.xlsx“发放”第7行：表中“合计”行的户数为3470，按明细相加为3469，相差1。请核对原表。';

const DOUBTFUL: Report = {
  ...REPORT,
  figures: [
    known('低保.期末户数', '低保户数'),
    known('低保.期末人数', '低保人数'),
    known('低保.期末户数#同比', '低保户数同比', ['低保.期末户数']),
  ],
  problems: [TOTAL, problem('hidden-columns', ['低保.期末人数'], { columns: 'C' })],
};

const WITH_TABLE: Draft = {
  ...DRAFT,
  blocks: [
    ...DRAFT.blocks,
    {
      type: 'table',
      title: [text('低保')],
      head: [[text('乡镇')], [text('户数')]],
      rows: ['甲镇', '乙镇'].map((town) => [[text(town)], [figure('12', `低保.期末户数@${town}`)]]),
      notes: [],
    },
  ],
};

/** Texts of the comments, and what they are set about. */
function readComments(parts: Map<string, string>): [about: string, lines: string[]][] {
  const main = parts.get('word/document.xml') ?? '';
  const comments = parts.get('word/comments.xml') ?? '';
  const strip = (xml: string) => xml.replace(/<[^>]*>/g, '');
  return [...comments.matchAll(/<w:comment w:id="(\d+)".*?<\/w:comment>/gs)].map(([xml, id]) => {
    const range = new RegExp(
      `<w:commentRangeStart w:id="${id}"/>(.*?)<w:commentRangeEnd w:id="${id}"/>`,
      's',
    );
    const lines = [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([line]) => strip(line));
    return [strip(range.exec(main)?.[1] ?? ''), lines];
  });
}

describe('comments of a Word file', () => {
  let parts: Map<string, string>;
  beforeAll(async () => {
    parts = unzip(await render(WITH_TABLE, 'docx', STYLE, DOUBTFUL));
  });

  it('stand at what is pending and at what a problem touches, and say why; hints get none', () => {
    expect(readComments(parts)).toEqual([
      ['3469户', ['存疑：低保户数', SAID]],
      [
        '〔待核：低保同比〕',
        ['待核：低保.同比', '低保同比', '补上材料以后用 mzreport refresh 填入，不要直接填数。'],
      ],
      ['3469户', ['存疑：低保户数', SAID]],
    ]);
  });

  it('stand once for all the cells of a table that have the same fault', async () => {
    const only: Draft = { ...WITH_TABLE, blocks: WITH_TABLE.blocks.slice(-1) };
    const comments = readComments(unzip(await render(only, 'docx', STYLE, DOUBTFUL)));
    expect(comments.map(([about]) => about)).toEqual(['12']);
  });

  it('tell no time', () => expect(parts.get('word/comments.xml')).not.toMatch(/w:date/));

  it('are no part of a file in which nothing is doubtful', async () => {
    const draft: Draft = { title: [], captions: [], blocks: [paragraph(figure('1户', 'a.b'))], annexes: [] };
    const plain = unzip(await render(draft, 'docx', STYLE, REPORT));
    expect([...plain.keys()]).not.toContain('word/comments.xml');
    expect(plain.get('[Content_Types].xml')).not.toContain('comments');
  });
});

describe('doubts', () => {
  const doubts = createDoubts(DOUBTFUL);

  it("reach what is computed from a doubtful figure, and an area's part of it", () => {
    expect(doubts('低保.期末户数')).toEqual([SAID]);
    expect(doubts('低保.期末户数#同比')).toEqual([SAID]);
    expect(doubts('低保.期末户数@甲镇')).toEqual([SAID]);
    expect(doubts('低保.期末户数@甲镇#完成率')).toEqual([SAID]);
    expect(doubts('低保.期末人数')).toEqual([]);
  });

  it('are cut where they are many, and say so', () => {
    const problems = Array.from({ length: 8 }, (_, i) => ({ ...TOTAL, row: i + 1 }));
    const lines = createDoubts({ ...DOUBTFUL, problems })('低保.期末户数');
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('另有3条，见运行时的显示。');
  });
});

describe('the words around a figure', () => {
  const words = (...runs: Parameters<typeof paragraph>) => {
    const draft: Draft = { title: [], captions: [], blocks: [paragraph(...runs)], annexes: [] };
    return [...toSurroundings(draft).values()].map(({ words: own }) => own);
  };
  const pending = { type: 'placeholder', kind: '待核', text: '〔待核：没有来源〕', figure: 'a.b' } as const;

  it('are the same whatever the figure is, and in whatever clause before it', () => {
    const [first] = words(text('全年新增'), figure('3户', 'a.b'), text('，其他如常。'));
    expect(words(text('总体平稳。全年新增'), pending, text('；'))).toEqual([first]);
    expect(words(text('二是全年新增'), figure('50000户', 'a.b'), text('。'))).toEqual([first]);
  });

  it('are others where its own clause says another thing', () => {
    const [more, less] = [words(text('新增'), pending), words(text('取消'), pending)];
    expect(more).not.toEqual(less);
  });
});

describe('the record of what was printed', () => {
  it('says of each bookmark what stands in it', async () => {
    const parts = unzip(await render(DRAFT, 'docx', STYLE, REPORT));
    const custom = parts.get('docProps/custom.xml') ?? '';
    const toPlain = (value: string) => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const properties = [...custom.matchAll(/name="([^"]+)"><vt:lpwstr>(.*?)<\/vt:lpwstr>/gs)].map(
      ([, name = '', value = '']) => ({ name, value: toPlain(value) }),
    );
    const record = parseProperties(properties);
    expect(record).toMatchObject({
      template: null,
      place: '某某区',
      period: { from: '2023-01', to: '2023-12' },
    });
    expect(record?.printed.map(({ figure: id, n, text: said }) => [toBookmarkName(id, n), said])).toEqual([
      [toBookmarkName('低保.期末户数', 1), '3469户'],
      [toBookmarkName('低保.期末户数', 2), '3469户'],
      [toBookmarkName('低保.期末人数', 1), '6444人'],
      [toBookmarkName('低保.同比', 1), '〔待核：低保同比〕'],
    ]);
  });

  const printed = fc.record({
    figure: fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => id !== '__proto__'),
    n: fc.nat(),
    text: fc.string({ unit: 'grapheme' }),
    words: fc.string(),
  });

  it('comes back whole from its pieces, in whatever order they are, each short enough and without blanks', () => {
    fc.assert(
      fc.property(fc.array(printed, { maxLength: 60 }), fc.string({ unit: 'binary' }), (all, place) => {
        const record: PrintedRecord = {
          template: '年度总结.hbs',
          place,
          period: REPORT.period,
          printed: all,
        };
        const properties = toProperties(record);
        for (const { value } of properties) expect(value).toMatch(/^\S{1,240}$/);
        const back = parseProperties([
          { name: 'KSOProductBuildVer', value: '2052' },
          ...properties.reverse(),
        ]);
        const sort = (items: typeof all) => items.map((each) => JSON.stringify(each)).sort();
        expect(back).toMatchObject({ place, template: '年度总结.hbs' });
        expect(sort(back?.printed ?? [])).toEqual(sort(all));
        if (properties.length > 1) expect(parseProperties(properties.slice(1))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the schema of Word', () => {
  it('is kept by a draft with tables, comments and an annex on its side', async () => {
    const annexes = [
      {
        mark: '附件',
        title: [text('明细')],
        captions: [],
        landscape: true,
        blocks: WITH_TABLE.blocks.slice(-1),
      },
    ];
    const bytes = await render({ ...WITH_TABLE, annexes }, 'docx', STYLE, DOUBTFUL);
    expect(findSchemaFaults(bytes)).toEqual([]);
  });

  it('is looked at: faults that are put in are found', async () => {
    const bytes = await render(WITH_TABLE, 'docx', STYLE, DOUBTFUL);
    const plant = async (path: string, from: string | RegExp, to: string) => {
      const opened = openPackage(bytes, '');
      const before = new TextDecoder().decode(opened.parts.get(path));
      expect(before).toMatch(from);
      opened.parts.set(path, new TextEncoder().encode(before.replace(from, to)));
      opened.trees.clear();
      return findSchemaFaults(await savePackage(opened));
    };
    const main = 'word/document.xml';
    expect(await plant(main, '<w:bookmarkEnd w:id="1"/>', '')).toContain('bookmark 1 has no end');
    expect(await plant(main, /_2" w:id="\d+"/, '_2" w:id="1"')).toContain('bookmark id 1 twice');
    expect(await plant(main, '<w:commentRangeEnd w:id="0"/>', '')).toHaveLength(1);
    expect(
      await plant(
        main,
        '<w:rPr><w:rFonts w:hint="eastAsia"/><w:highlight w:val="yellow"/>',
        '<w:rPr><w:highlight w:val="yellow"/><w:rFonts/>',
      ),
    ).toHaveLength(1);
    expect(await plant('[Content_Types].xml', /<Override[^>]*comments\+xml"[^>]*>/, '')).not.toEqual([]);
    expect(await plant('docProps/custom.xml', 'pid="2"', 'pid="1"')).toEqual(['property id 1']);
  });
});
