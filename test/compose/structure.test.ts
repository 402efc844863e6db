/** What is more than a line of text: addressee, caption, tables, annexes. */
import { describe, expect, it } from 'vitest';
import { fill, textOf, toFigure } from './fill.ts';

const FIGURES = [
  toFigure('低保.累计户数', '12092', '12092户'),
  toFigure('低保.发放金额', '28504600', '2850.46万元', { unit: '万元', decimals: 2 }),
  toFigure('临时救助.人次', '', '', { status: 'absent', value: null }),
];
const TABLE = `{{#表}}
各项情况
| 项目 | 数 |
| 户数 | {{低保.累计户数}} |
| 金额（万元） | {{数 低保.发放金额}} |
注：数据截至年底。
{{/表}}`;

describe('the head of a document', () => {
  it('has captions under the title, and the addressee before the text', () => {
    const { draft } = fill(
      '# 关于{{地区}}工作情况的报告\n\n{{#题注}}——在会议上{{/题注}}\n\n{{#主送}}主任、各位委员：{{/主送}}\n\n正文。',
      FIGURES,
    );
    expect(draft.captions.map(textOf)).toEqual(['——在会议上']);
    expect(draft.blocks.map(({ type }) => type)).toEqual(['addressee', 'paragraph']);
  });
});

describe('a table', () => {
  const table = (source: string) => {
    const block = fill(source, FIGURES).draft.blocks.find(({ type }) => type === 'table');
    return block?.type === 'table' ? block : null;
  };

  it('has a title, a head, rows and notes, and its figures know which ones they are', () => {
    const found = table(TABLE);
    expect(textOf(found?.title ?? [])).toBe('各项情况');
    expect(found?.head.map(textOf)).toEqual(['项目', '数']);
    expect(found?.rows.map((row) => row.map(textOf))).toEqual([
      ['户数', '12,092户'],
      ['金额（万元）', '2,850.46'],
    ]);
    expect(found?.rows[0]?.[1]).toEqual([{ type: 'figure', text: '12,092户', figure: '低保.累计户数' }]);
    expect(found?.notes.map(textOf)).toEqual(['注：数据截至年底。']);
  });

  it('of which only the head is left falls away, and the heading above it', () => {
    const source =
      '## 救助\n\n{{#表}}\n| 项目 | 数 |\n{{#有 临时救助}}\n| 人次 | {{临时救助.人次}} |\n{{/有}}\n{{/表}}';
    expect(fill(source, FIGURES).draft.blocks).toEqual([]);
  });

  it('with a row of another length is no table', () => {
    expect(() => fill('{{#表}}\n情况表\n| 甲 | 乙 |\n| 一 |\n{{/表}}', FIGURES)).toThrow(
      '表“情况表”的一行有1格；应与表头一样有2格',
    );
  });
});

describe('annexes', () => {
  const SOURCE = `# 总结

正文。

{{#附件}}
# {{地区}}情况表
${TABLE}
{{/附件}}

{{#附件 "横排"}}
# 另一张表
${TABLE}
{{/附件}}

{{#附表}}
# 附表

一段话。
{{/附表}}

{{#附件}}
# 没有内容的附件
{{#有 临时救助}}{{临时救助.人次}}{{/有}}
{{/附件}}

{{落款}}`;

  it('are numbered by sort, without those that have nothing in them', () => {
    const { annexes } = fill(SOURCE, FIGURES).draft;
    expect(annexes.map(({ mark, title, landscape }) => [mark, textOf(title), landscape])).toEqual([
      ['附件1', '东湖区情况表', false],
      ['附件2', '另一张表', true],
      ['附表', '附表', false],
    ]);
  });

  it('are listed between the text and the signature', () => {
    const { blocks } = fill(SOURCE, FIGURES).draft;
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'enclosures', 'signature']);
  });

  it('are listed at the end where nobody signs', () => {
    const { blocks } = fill('一。\n\n{{#附件}}\n# 表\n\n二。\n{{/附件}}', FIGURES).draft;
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'enclosures']);
  });
});
