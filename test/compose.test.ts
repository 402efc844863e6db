/** The language of templates: what it prints, what falls away, and what it refuses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';
import { type Composed, compose, readTemplate } from '../src/compose/index.ts';
import type { Block, Figure, Report, Run } from '../src/model.ts';

const catalogue = loadCatalogue();
const PERIOD = { from: '2022-01', to: '2022-12' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-compose-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A figure as aggregation would hand it over; known unless told otherwise. */
function toFigure(id: string, value: string, text: string, change: Partial<Figure> = {}): Figure {
  return {
    id,
    name: id,
    unit: '户',
    kind: '当期数',
    decimals: 0,
    period: PERIOD,
    covered: null,
    status: 'known',
    value,
    text,
    reason: null,
    basis: { type: 'none' },
    lastYear: null,
    yearEnd: null,
    targets: [],
    ...change,
  };
}

const toPending = (id: string, reason: string): Figure =>
  toFigure(id, '', `〔待核：${reason}〕`, { status: 'pending', value: null, reason });
const toAbsent = (id: string): Figure =>
  toFigure(id, '', '', { status: 'absent', value: null, reason: '无来源' });

const HOUSEHOLDS = toFigure('低保.累计户数', '2092', '2092户');
const PAID = toFigure('低保.发放金额', '28504600', '2850.46万元', { unit: '万元', decimals: 2 });
const STANDARD = toFigure('低保.标准', '855', '855元', { unit: '元/人·月', decimals: 2 });
const NO_GRANTS = toAbsent('临时救助.人次');
const NO_DESTITUTE = toAbsent('特困.期末人数');
const NO_WEDDINGS = toAbsent('婚姻登记.结婚对数');
const DEFAULT = [HOUSEHOLDS, PAID, STANDARD, NO_GRANTS, NO_DESTITUTE, NO_WEDDINGS];

function toReport(figures: Figure[], change: Partial<Report> = {}): Report {
  return {
    schemaVersion: 2,
    generator: { name: 'mzreport', version: '0.0.0' },
    place: '东湖区',
    organisation: '东湖区民政局',
    period: PERIOD,
    sources: [],
    sheets: [],
    figures,
    problems: [],
    ...change,
  };
}

function write(source: string): string {
  const path = join(folder, '本区.hbs');
  writeFileSync(path, source);
  return path;
}

const fill = (source: string, figures: Figure[] = DEFAULT, change: Partial<Report> = {}): Composed =>
  compose(readTemplate(write(source), catalogue), toReport(figures, change), catalogue, { date: null });

const textOf = (runs: Run[]): string => runs.map(({ text }) => text).join('');
const toLine = (block: Block): string => {
  if (block.type === 'heading') return `${'#'.repeat(block.level + 1)} ${textOf(block.runs)}`;
  if (block.type === 'signature') return `落款 ${textOf([...block.organisation, ...block.date])}`;
  return 'runs' in block ? textOf(block.runs) : block.type;
};
const linesOf = ({ draft }: Composed): string[] => draft.blocks.map(toLine);
const linesFrom = (source: string, figures?: Figure[]): string[] => linesOf(fill(source, figures));
const runsFrom = (source: string, figures?: Figure[]): Run[] =>
  fill(source, figures).draft.blocks.flatMap((block) => ('runs' in block ? block.runs : []));

describe('a figure', () => {
  it('is printed with its unit and remembers which one it is', () => {
    expect(runsFrom('共{{低保.累计户数}}。')).toEqual([
      { type: 'text', text: '共' },
      { type: 'figure', text: '2092户', figure: '低保.累计户数' },
      { type: 'text', text: '。' },
    ]);
  });

  it('that the data cannot give is a placeholder with its reason', () => {
    expect(runsFrom('{{低保.累计户数}}', [toPending('低保.累计户数', '两表重叠')])).toEqual([
      { type: 'placeholder', kind: '待核', text: '〔待核：两表重叠〕', figure: '低保.累计户数' },
    ]);
  });

  it('is printed without its unit by 数, and as a floor by 约', () => {
    const times = toFigure('高龄津贴.人次', '203456', '203456人次', { unit: '人次' });
    expect(linesFrom('每月{{数 低保.标准}}元，惠及{{约 高龄津贴.人次}}。', [STANDARD, times])).toEqual([
      '每月855元，惠及20.34万余人次。',
    ]);
  });

  it('is compared with last year by 同比, in words where there is nothing to compare with', () => {
    const growth = toFigure('低保.标准#同比', '0.0754', '同比增长7.5%');
    expect(linesFrom('{{同比 低保.标准}}', [STANDARD, growth])).toEqual(['同比增长7.5%']);
    expect(linesFrom('{{同比 低保.标准}}', [STANDARD])).toEqual(['上年无数据']);
  });

  it('that runs short of the period carries its own range, from the data and not from the template', () => {
    const short = { ...PAID, covered: { from: '2022-01', to: '2022-11' } };
    expect(linesFrom('{{期间 低保.发放金额}}发放', [short])).toEqual(['1—11月发放']);
    expect(linesFrom('{{期间 低保.发放金额}}发放', [PAID])).toEqual(['全年发放']);
  });

  it('without a target is no completion of 0 or 100%', () => {
    const [run] = runsFrom('{{完成率 低保.累计户数}}');
    expect(run).toMatchObject({ type: 'placeholder', kind: '待核', figure: '低保.累计户数' });
    expect(run?.text).toContain('没有任务目标');
  });
});

describe('有', () => {
  it('drops the clause of a business of which nothing was given, and tells', () => {
    const composed = fill('发放低保金{{低保.发放金额}}{{#有 临时救助}}，临时救助{{临时救助.人次}}{{/有}}。');
    expect(linesOf(composed)).toEqual(['发放低保金2850.46万元。']);
    expect(composed.leftOut).toEqual(['临时救助']);
  });

  it('keeps the clause of a business that was given, with 〔待核〕 for what it cannot say', () => {
    const figures = [toPending('临时救助.人次', '没有日期'), toFigure('临时救助.金额', '100', '0.01万元')];
    const composed = fill('{{#有 临时救助}}救助{{临时救助.人次}}，{{临时救助.金额}}。{{/有}}', figures);
    expect(linesOf(composed)).toEqual(['救助〔待核：没有日期〕，0.01万元。']);
    expect(composed.leftOut).toEqual([]);
  });

  it('keeps the clause when one of several businesses was given', () => {
    const composed = fill('{{#有 低保 特困}}保障标准落实。{{/有}}');
    expect(linesOf(composed)).toEqual(['保障标准落实。']);
    expect(composed.leftOut).toEqual([]);
  });

  it('has another text for when nothing was given', () => {
    expect(linesFrom('{{#有 特困}}有特困。{{else}}本年无特困。{{/有}}')).toEqual(['本年无特困。']);
  });

  it('takes the whole paragraph along, and headings that have nothing left under them', () => {
    const source = [
      '# 总结',
      '## 救助',
      '### 特困',
      '{{#有 特困}}在册{{特困.期末人数}}。{{/有}}',
      '### 低保',
      '保障{{低保.累计户数}}。',
      '## 婚姻',
      '### 登记',
      '{{#有 婚姻登记}}办理{{婚姻登记.结婚对数}}。{{/有}}',
      '{{落款}}',
    ].join('\n\n');
    const composed = fill(source);
    expect(linesOf(composed)).toEqual([
      '## 救助',
      '### 低保',
      '保障2092户。',
      '落款 东湖区民政局〔待填：成文日期〕',
    ]);
    expect(composed.leftOut).toEqual(['特困', '婚姻登记']);
    expect(composed.draft.title.map(textOf)).toEqual(['总结']);
  });
});

describe('并列', () => {
  const toItems = (...items: string[]) =>
    `{{#并列}}\n${items.map((item) => `{{#项}}${item}{{/项}}`).join('\n')}\n{{/并列}}`;
  const low = '{{#有 低保}}保障{{低保.累计户数}}。{{/有}}';
  const destitute = '{{#有 特困}}供养{{特困.期末人数}}。{{/有}}';
  const plain = '加强核对。';

  it('numbers what is left, so that an item that falls away leaves no gap', () => {
    expect(linesFrom(toItems(low, destitute, plain))).toEqual(['一是保障2092户。二是加强核对。']);
    expect(linesFrom(toItems(destitute, low, plain))).toEqual(['一是保障2092户。二是加强核对。']);
  });

  it('does not number a single item', () => {
    expect(linesFrom(toItems(destitute, low))).toEqual(['保障2092户。']);
  });

  it('is no paragraph when nothing is left, and its heading goes too', () => {
    expect(linesFrom(`## 特困\n\n${toItems(destitute)}\n\n## 低保\n\n有。`)).toEqual(['## 低保', '有。']);
  });

  it('keeps the figures of its items', () => {
    expect(runsFrom(toItems(low, plain))).toContainEqual({
      type: 'figure',
      text: '2092户',
      figure: '低保.累计户数',
    });
  });

  it('counts beyond ten', () => {
    const items = Array.from({ length: 11 }, (_, i) => `做事${i + 1}。`);
    expect(linesFrom(toItems(...items))[0]).toContain('十是做事10。十一是做事11。');
  });
});

describe('punctuation that clauses leave behind', () => {
  const none = '{{#有 特困}}特困{{/有}}';
  it.each([
    [`低保，${none}。`, '低保。'],
    [`低保；${none}；核对。`, '低保；核对。'],
    [`低保，${none}，${none}，核对。`, '低保，核对。'],
    [`${none}，低保。`, '低保。'],
    [`低保：${none}。`, '低保。'],
    [`低保。${none}。核对。`, '低保。核对。'],
    [`低保、${none}；核对。`, '低保；核对。'],
    [`其中：${none}，低保。`, '其中：低保。'],
  ])('%s', (source, text) => {
    expect(linesFrom(source)).toEqual([text]);
  });

  it('leaves no paragraph of punctuation alone', () => {
    expect(linesFrom(`${none}。\n\n低保。`)).toEqual(['低保。']);
  });

  it('is not touched inside a figure or where the writer meant it', () => {
    const odd = toFigure('低保.累计户数', '1', '1，2户');
    expect(linesFrom('共{{低保.累计户数}}（一，二；三：四）。', [odd])).toEqual([
      '共1，2户（一，二；三：四）。',
    ]);
  });
});

describe('what a person must still write', () => {
  it('stands as 〔待填〕', () => {
    expect(runsFrom('{{待填 "下一年重点工作"}}')).toEqual([
      { type: 'placeholder', kind: '待填', text: '〔待填：下一年重点工作〕', figure: null },
    ]);
  });

  it('is the date too, until the configuration gives one', () => {
    const template = readTemplate(write('一。\n\n{{落款}}'), catalogue);
    const dated = compose(template, toReport(DEFAULT), catalogue, { date: '2023年1月10日' });
    expect(linesOf(dated)).toEqual(['一。', '落款 东湖区民政局2023年1月10日']);
  });
});

describe('a name that does not exist', () => {
  const messageOf = (source: string): string => {
    try {
      readTemplate(write(source), catalogue);
    } catch (error) {
      expect(error).toMatchObject({ code: 'template-invalid' });
      return String(error);
    }
    return '';
  };

  it.each([
    ['{{低保.发放金}}', '“低保.发放金”', '“低保.发放金额”'],
    ['{{临时救助.金额数}}', '“临时救助.金额数”', '“临时救助.金额”'],
    ['{{同比增长 低保.标准}}', '“同比增长”', '“同比”'],
    ['{{#有 临时救助金}}一{{/有}}', '“临时救助金”', '“临时救助”'],
    ['{{完成 低保.累计户数}}', '“完成”', '“完成率”'],
  ])('is refused before the run, with the nearest names: %s', (source, name, near) => {
    const message = messageOf(`# 总结\n\n${source}`);
    expect(message).toContain('“本区.hbs”');
    expect(message).toContain(`第3行的${name}不存在，是否指`);
    expect(message).toContain(near);
  });

  it('is reported with all others at once', () => {
    const message = messageOf('{{低保.甲}}\n\n{{低保.乙}}');
    expect(message).toContain('第1行的“低保.甲”');
    expect(message).toContain('第3行的“低保.乙”');
  });

  it.each([
    '{{#if 低保}}一{{/if}}',
    '{{#unless 低保}}一{{/unless}}',
    '{{#each 低保}}一{{/each}}',
    '{{#with 低保}}一{{/with}}',
    '{{lookup 低保 "累计户数"}}',
    '{{log 低保}}',
    '{{__proto__}}',
    '{{constructor}}',
    '{{低保.__proto__}}',
    '{{低保.constructor}}',
    '{{低保.累计户数.constructor}}',
    '{{低保.累计户数.figure.value}}',
    '{{toString}}',
    '{{this}}',
    '{{this.地区}}',
    '{{@root.地区}}',
    '{{../地区}}',
    '{{> 没有的部分}}',
  ])('also where Handlebars would know it: %s', (source) => {
    expect(messageOf(source)).toContain('不存在');
  });

  it.each(['{{#低保}}一{{/低保}}', '{{低保}}', '{{数 "855"}}', '{{数}}', '{{待填}}', '{{#有}}一{{/有}}'])(
    'is not the only misuse that ends in a failure of the template, not in a crash or in silence: %s',
    (source) => {
      expect(() => fill(source)).toThrowError(expect.objectContaining({ code: 'template-invalid' }));
    },
  );

  it('is none when a part of the catalogue is meant', () => {
    const own = join(folder, '模板');
    mkdirSync(join(own, 'reports/partials'), { recursive: true });
    writeFileSync(join(own, 'reports/partials/低保段.hbs'), '保障{{低保.累计户数}}。');
    writeFileSync(join(own, 'reports/本区.hbs'), '# 总结\n\n{{> 低保段}}');
    const changed = loadCatalogue({ templates: own, indicators: {}, from: null });
    const composed = compose(
      readTemplate(join(own, 'reports/本区.hbs'), changed),
      toReport(DEFAULT),
      changed,
      { date: null },
    );
    expect(linesOf(composed)).toEqual(['保障2092户。']);
  });
});

describe('texts from outside', () => {
  const mark = '\uE0000\uE001';

  it('cannot become a figure by private-use characters in a place name', () => {
    const composed = fill('{{地区}}保障{{低保.累计户数}}。', DEFAULT, { place: `东湖${mark}区` });
    expect(linesOf(composed)).toEqual(['东湖0区保障2092户。']);
  });

  it('cannot become a figure by private-use characters in the template', () => {
    expect(linesFrom(`甲${mark}乙{{低保.累计户数}}`)).toEqual(['甲0乙2092户']);
  });

  it('cannot become a figure, a heading or a signature by what somebody wrote as 下达单位', () => {
    const setter = `市${mark}局\n\n## 假标题\n\n\uE002\n\n`;
    const target = { value: '40', setter, area: null, period: PERIOD, where: '任务指标.xlsx第2行' };
    const figure = { ...HOUSEHOLDS, targets: [target] };
    const composed = fill('{{低保.累计户数}}，{{下达单位 低保.累计户数}}要求。', [figure]);
    expect(composed.draft.blocks.map(({ type }) => type)).toEqual(['paragraph']);
    expect(linesOf(composed)[0]?.match(/2092户/g)).toHaveLength(1);
  });

  it('are printed as they are, without escapes of HTML', () => {
    expect(linesOf(fill('{{单位}}', DEFAULT, { organisation: '甲<乙>&"丙"局' }))).toEqual(['甲<乙>&"丙"局']);
  });
});

describe('the annual template', () => {
  it('names only what the catalogue has, and stands without a single figure', () => {
    const template = readTemplate(join('templates/reports/annual.hbs'), catalogue);
    const absent = [...catalogue.indicators.keys()].map(toAbsent);
    const composed = compose(template, toReport(absent), catalogue, { date: null });
    const lines = linesOf(composed);
    expect(composed.draft.title.map(textOf)).toEqual(['东湖区民政局', '2022年工作总结和2023年工作计划']);
    expect(lines.join('\n')).not.toContain('待核');
    expect(lines.filter((line) => line.startsWith('### '))).toEqual([]);
    expect(lines.at(-1)).toContain('落款');
    expect(composed.leftOut).toContain('低保');
  });
});

describe('helpers of targets and comparison', () => {
  it.each([
    ['{{目标 低保.累计户数 低保.标准}}', '只能写引号括起的下达单位或时期'],
    ['{{目标 "民政部"}}', '不存在'],
    ['{{各目标 低保.累计户数}}', '{{#各目标}}'],
    ['{{#有上年 低保}}甲{{/有上年}}', '不存在'],
  ])('%s is refused before the run', (source, reason) => {
    expect(() => fill(source)).toThrow(reason);
  });

  it('say what is lacking: no target of that setter, no base', () => {
    const target = {
      value: '2000',
      setter: '民政部',
      area: null,
      period: PERIOD,
      where: '任务指标.xlsx第2行',
    };
    const figure = { ...HOUSEHOLDS, targets: [target] };
    expect(linesFrom('{{目标 低保.累计户数 "市局"}}', [figure])).toEqual([
      '〔待核：低保.累计户数没有市局任务目标〕',
    ]);
    expect(
      linesFrom('{{目标 低保.累计户数 "民政"}}{{#有上年 低保.累计户数}}甲{{else}}，无上年{{/有上年}}', [
        figure,
      ]),
    ).toEqual(['2000户，无上年']);
  });

  it("print the doubt of last year's data as such", () => {
    const growth = toFigure('低保.标准#同比', '', '〔待核：上年数两表重叠〕', {
      status: 'pending',
      value: null,
      reason: '上年数两表重叠',
    });
    expect(runsFrom('{{同比 低保.标准}}', [STANDARD, growth])).toEqual([
      { type: 'placeholder', kind: '待核', text: '〔待核：上年数两表重叠〕', figure: '低保.标准#同比' },
    ]);
  });
});
