/** What the HTML draft says about its figures, beside the page: in the words of mzreport explain, escaped, not printed. */
import { describe, expect, it } from 'vitest';
import type { Draft, Figure, Report } from '../../../src/model.ts';
import { splitTyped } from '../../../src/render/html/typed.ts';
import { render } from '../../../src/render/index.ts';
import { figure, heading, paragraph, REPORT, STYLE, text } from '../sample.ts';

const PAID: Figure = {
  id: '低保.发放金额',
  name: '低保金发放金额',
  unit: '万元',
  kind: '当期数',
  decimals: 2,
  period: { from: '2023-01', to: '2023-12' },
  covered: null,
  status: 'known',
  value: '4300.35',
  text: '0.43万元',
  reason: null,
  basis: {
    type: 'rows',
    formula: '发放金额之和',
    filter: '取自发放，业务=低保',
    sources: [
      {
        file: '低保.xlsx',
        sheet: '</script><script>alert(1)</script>',
        rowsUsed: 4,
        firstRow: 3,
        lastRow: 7,
      },
    ],
    setAside: [{ reason: '合计行', rows: 1 }],
  },
  lastYear: null,
  yearEnd: null,
  targets: [],
  parts: [
    { by: '乡镇街道', name: '东镇', within: null, value: '2000.3', text: '0.2万元', reason: null },
    { by: '乡镇街道', name: '西镇', within: null, value: '300', text: '0.03万元', reason: null, few: true },
  ],
};
const SHARE: Figure = {
  ...PAID,
  id: '低保.人均',
  name: '低保人均发放',
  unit: '元',
  kind: '比率',
  value: '2150.175',
  text: '2150.18元',
  basis: { type: 'derived', formula: '低保.发放金额 ÷ 低保.人数', from: ['低保.发放金额'] },
};
const PENDING: Figure = {
  ...PAID,
  id: '低保.期末人数',
  name: '低保期末人数',
  unit: '人',
  status: 'pending',
  value: null,
  text: '〔待核：未填报低保期末人数〕',
  reason: '未填报低保期末人数',
  basis: { type: 'none' },
};
const KNOWN: Report = {
  ...REPORT,
  figures: [PAID, SHARE, PENDING],
  problems: [
    {
      kind: 'amount-outlier',
      file: '低保.xlsx',
      sheet: '',
      row: 4,
      count: 1,
      detail: { programme: '低保', amount: '9', basis: '8' },
      figures: ['低保.发放金额'],
    },
    {
      kind: 'unit-unknown',
      file: '低保.xlsx',
      sheet: '<b>',
      row: 2,
      count: 1,
      detail: { column: '金额' },
      figures: ['低保.发放金额'],
    },
    {
      kind: 'unit-unknown',
      file: '别的.xlsx',
      sheet: '',
      row: 2,
      count: 1,
      detail: { column: '费' },
      figures: [],
    },
  ],
};
const DRAFT: Draft = {
  title: [[text('2023年总结')]],
  captions: [],
  blocks: [
    heading(1, '做好3件事'),
    paragraph(
      text('发放'),
      figure('0.43万元', '低保.发放金额'),
      text('，人均'),
      figure('2150.18元', '低保.人均'),
    ),
    paragraph(text('东镇'), figure('0.2万元', '低保.发放金额@东镇'), text('，走访1,200户。')),
    paragraph({ type: 'placeholder', kind: '待核', text: PENDING.text, figure: PENDING.id }),
    paragraph({ type: 'placeholder', kind: '待填', text: '〔待填：打算〕', figure: null }),
  ],
  annexes: [],
};
const page = new TextDecoder().decode(await render(DRAFT, 'html', STYLE, KNOWN));
const cut = (from: string, to: string): string =>
  page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
const main = cut('<main>', '</main>');
const todo = cut('<nav', '</nav>');
const panel = cut('<aside', '</aside>');
/** The basis to which the figure with this text leads. */
const basisOf = (words: string): string => {
  const [, id = ''] = new RegExp(`data-basis="(\\w+)"[^>]*>${words}<`).exec(main) ?? [];
  return panel.slice(panel.indexOf(`id="${id}"`), panel.indexOf('</section>', panel.indexOf(`id="${id}"`)));
};
const term = (label: string, ...lines: string[]): string =>
  `<dt>${label}</dt>${lines.map((line) => `<dd>${line}</dd>`).join('')}`;

describe('a figure in the HTML draft', () => {
  it('is a button that a keyboard reaches, and leads to its basis', () => {
    expect(main).toMatch(
      /<span class="figure" id="mz_\w+" data-figure="低保\.发放金额" data-basis="basis1" role="button" tabindex="0" aria-haspopup="dialog" aria-expanded="false">0\.43万元<\/span>/,
    );
    const basis = basisOf('0.43万元');
    expect(basis).toContain(term('精确值', '0.430035万元，即4300.35元'));
    expect(basis).toContain(term('算法', '发放金额之和'));
    expect(basis).toContain(term('搁置', '合计行1行'));
  });

  it('names the sheet in which nothing of a file can run', () => {
    expect(basisOf('0.43万元')).toContain(
      '低保.xlsx“&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;”第3—7行，用4行',
    );
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('says what is doubtful about it', () => {
    expect(basisOf('0.43万元')).toContain('<dt>存疑</dt><dd>低保.xlsx“&lt;b&gt;”第2行：“金额”列没有注明单位');
    expect(basisOf('0.43万元')).toContain('<dt>提示</dt>');
  });

  it('shows what it is made of, unfolded where that is doubtful', () => {
    expect(basisOf('2150.18元')).toMatch(/<details open><summary>低保金发放金额：0\.43万元<\/summary>\n<dl>/);
  });

  it('of an area says its own value; the values of other areas, which may be of one person, are not in the file', () => {
    expect(basisOf('0.2万元')).toContain(term('精确值', '0.20003万元，即2000.3元'));
    expect(page).not.toContain('西镇');
    expect(page).not.toContain('0.03万元');
  });

  it('does not tell what the tables of the document withhold', async () => {
    const [ratio] = DRAFT.blocks.filter((block) => block.type === 'paragraph');
    const blocks = ratio?.type === 'paragraph' ? [{ ...ratio, runs: ratio.runs.slice(2) }] : [];
    const draft = { ...DRAFT, blocks, withheld: ['低保.发放金额'] };
    const open = new TextDecoder().decode(await render(draft, 'html', STYLE, KNOWN));
    expect(open).toContain('2150.18元');
    expect(open).toContain('<details><summary>低保金发放金额：*</summary>');
    expect(open).not.toMatch(/4300\.35|0\.43|2150\.175/);
  });

  it('without a value says why and what to do', () => {
    expect(main).toMatch(
      /<mark data-kind="待核"[^>]* data-basis="\w+" role="button"[^>]*>〔待核：未填报低保期末人数〕<\/mark>/,
    );
    expect(panel).toContain(term('原因', '未填报低保期末人数'));
    expect(panel).toContain('<dt>怎么办</dt><dd>在手工填报表里加一行');
  });
});

describe('the list beside the HTML draft', () => {
  const links = [...todo.matchAll(/<a href="#(\w+)">([^<]*)<\/a>/g)].map(([, id, words]) => ({ id, words }));

  it('leads to what is open, to problems that touch the text, and to typed numbers', () => {
    expect(links.map(({ words }) => words)).toEqual([
      '未填报低保期末人数',
      '打算',
      '低保.xlsx“&lt;b&gt;”第2行：“金额”列没有注明单位，按元计算。请在表头注明（元）或（万元）。',
      '，走访1,200户。',
    ]);
    for (const { id } of links) expect(main).toContain(` id="${id}"`);
  });

  it('tells problems that touch nothing in the text, and no hints', () => {
    expect(todo).toContain('<h2>其他数据问题 <b>1</b></h2>');
    expect(todo).toContain('<li>别的.xlsx第2行');
    expect(todo).not.toContain('金额明显偏高');
  });

  it('is not printed, nor is the panel, nor are the lines under numbers', () => {
    const sheet = cut('<style>', '</style>');
    expect(sheet).toContain('@media print { nav, .panel { display: none; } }');
    // Whatever underlines stands in rules for the screen.
    const screen = sheet.slice(sheet.indexOf('@media screen {\n  .figure'));
    expect(sheet.replace(screen, '')).not.toContain('underline');
  });
});

describe('numbers that a person typed', () => {
  it.each([
    ['走访1,200户、3.5万人次', ['1,200', '3.5万']],
    ['占12％，全角１２３户', ['12％', '１２３']],
    ['2022年1—11月，截至2022年9月30日，2022-09，1990年代', []],
    ['第14届第3次会议，〔2022〕5号，附件1、附表2', []],
    ['1.规范审核。2.入户抽查（3）回访', []],
    ['60岁以上、0—6岁、80周岁', []],
    ['12345热线、A4纸、GB/T 9704', []],
    ['上午9:30，15时', []],
    ['全年3次，每月2次', ['3', '2']],
    ['月均5人、日均6人', ['5', '6']],
  ])('%s', (words, typed) => {
    const pieces = splitTyped(words);
    expect(pieces.filter((piece) => piece.typed !== null).map((piece) => piece.text)).toEqual(typed);
    expect(pieces.map((piece) => piece.text).join('')).toBe(words);
  });

  it('are marked in the text and not in headings', () => {
    expect(main).toMatch(/走访<span class="typed" id="\w+" tabindex="-1">1,200<\/span>户/);
    expect(main).toContain('<h2>一、做好3件事</h2>');
  });
});
