import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { parseStyle } from '../../src/render/index.ts';
import { readStyleSpec, STYLE } from './sample.ts';

function messageOf(spec: unknown): string {
  try {
    parseStyle(spec, '样式.yaml');
  } catch (error) {
    if (error instanceof Failure && error.code === 'config-invalid') return error.message;
    throw error;
  }
  return 'no failure';
}

function changed(section: string, change: Record<string, unknown>) {
  const spec = readStyleSpec();
  return { ...spec, [section]: { ...spec[section], ...change } };
}

describe('parseStyle', () => {
  it('turns the style that ships into the page of GB/T 9704', () => {
    expect(STYLE.page).toEqual({
      width: 11906,
      height: 16838,
      top: 2098,
      bottom: 1980,
      left: 1587,
      right: 1474,
    });
    expect([STYLE.lines, STYLE.chars, STYLE.line, STYLE.indent]).toEqual([22, 28, 580, 2]);
  });

  it('leaves exactly as much room as the lines of a page need', () => {
    const { page, lines, line } = STYLE;
    expect(page.height - page.top - page.bottom).toBe(lines * line);
  });

  it('gives every element its font, sizes in 号 or points', () => {
    expect(STYLE.faces.title).toMatchObject({ font: '方正小标宋简体', size: 22, bold: false });
    expect(STYLE.faces.heading1).toMatchObject({ font: '黑体', latin: 'Times New Roman', size: 16 });
    expect(STYLE.faces.pageNumber).toMatchObject({ font: '宋体', latin: '宋体', size: 14 });
    const spec = changed('字体', { 正文: { 字体: '仿宋_GB2312', 字号: 15.5, 加粗: '是' } });
    expect(parseStyle(spec, '').faces.body).toMatchObject({ font: '仿宋_GB2312', size: 15.5, bold: true });
  });

  it('names every fault at once, with its place and what would be right', () => {
    const spec = { ...changed('页面', { 宽: '210', 每页行数: undefined, 行高: 3 }), 首行缩进: 1.5 };
    expect(messageOf(spec)).toBe(
      '配置文件“样式.yaml”有误：页面.宽：应为数字；页面.每页行数：没有写；页面：不认识“行高”；首行缩进：应为整数。请改正后再运行。',
    );
  });

  it.each([
    [
      'an unknown size',
      changed('字体', { 正文: { 字体: '仿宋', 字号: '3号', 加粗: '否' } }),
      '字体.正文.字号：应为磅数',
    ],
    ['a word for bold', changed('字体', { 正文: { 字体: '仿宋', 字号: 16, 加粗: '可以' } }), '应为是或否'],
    ['a missing section', { ...readStyleSpec(), 落款: undefined }, '落款：没有写'],
    ['more lines than the page holds', changed('页面', { 每页行数: 40 }), '放不下'],
    ['margins wider than the page', changed('页面', { 左边距: 200 }), '放不下'],
    ['an empty file', null, '整个文件：应为下一级的若干项'],
  ])('refuses %s', (_, spec, words) => expect(messageOf(spec)).toContain(words));
});
