import { describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../src/model.ts';
import { FORMATS, render } from '../../src/render/index.ts';
import { DRAFT, paragraph, REPORT, STYLE, text } from './sample.ts';

// md and txt must not pay for loading a library of a megabyte.
vi.mock('docx', () => {
  throw new Error('docx was loaded');
});

async function write(draft: Draft, format: 'md' | 'txt'): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await render(draft, format, STYLE, REPORT));
}

const one = (words: string): Draft => ({
  title: [],
  blocks: [paragraph(text(words))],
  captions: [],
  annexes: [],
});

describe('render', () => {
  it('knows its formats', () => expect(FORMATS).toEqual(['docx', 'html', 'md', 'txt']));
});

describe('txt', () => {
  it('is written as Notepad shows it', async () => {
    const lines = [
      '某某区民政局2023年工作总结',
      '和2024年工作计划',
      '',
      '　　一、主要工作情况',
      '　　（一）社会救助',
      '　　落实“应保尽保”，低保对象3469户6444人，比上年〔待核：低保同比〕；年末仍为3469户。',
      '　　1.规范审核',
      '　　（1）入户抽查',
      '　　（二）养老服务',
      '　　二、下一步打算',
      '　　〔待填：下一步打算〕',
      '',
      '　　　　　　　　　　　　　　　　　　某某区民政局',
      '　　　　　　　　　　　　　　　　　　　　2024年1月5日',
    ];
    expect(await write(DRAFT, 'txt')).toBe(lines.map((line) => `${line}\r\n`).join(''));
  });
});

describe('md', () => {
  it('is written as CommonMark', async () => {
    const blocks = [
      '# 某某区民政局2023年工作总结和2024年工作计划',
      '## 一、主要工作情况',
      '### （一）社会救助',
      '落实“应保尽保”，低保对象3469户6444人，比上年〔**待核：低保同比**〕；年末仍为3469户。',
      '#### 1.规范审核',
      '##### （1）入户抽查',
      '### （二）养老服务',
      '## 二、下一步打算',
      '〔**待填：下一步打算**〕',
      '　　　　　　　　　　　　　　　　　　某某区民政局',
      '　　　　　　　　　　　　　　　　　　　　2024年1月5日',
    ];
    expect(await write(DRAFT, 'md')).toBe(`${blocks.join('\n\n')}\n`);
  });

  it.each([
    ['a*b_c`d', 'a\\*b\\_c\\`d'],
    ['<br>[x](y)', '\\<br\\>\\[x\\](y)'],
    ['1~3 A&amp;B \\', '1\\~3 A\\&amp;B \\\\'],
    ['# 不是标题', '\\# 不是标题'],
    ['- 不是列表', '\\- 不是列表'],
    ['    不是代码', '不是代码'],
    ['1. 不是列表', '1\\. 不是列表'],
    ['2385.5万元', '2385.5万元'],
    ['两\n行', '两 行'],
  ])('keeps %j literal', async (words, escaped) =>
    expect(await write(one(words), 'md')).toBe(`${escaped}\n`),
  );
});
