import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Block, Draft, Report, Run } from '../../src/model.ts';
import { parseStyle, type Style } from '../../src/render/index.ts';

const FILE = new URL('../../templates/style/gongwen.yaml', import.meta.url);

/** The style that ships, as the YAML has it; a test may change it. */
export function readStyleSpec(): Record<string, Record<string, unknown>> {
  return parse(readFileSync(FILE, 'utf8'));
}

export const STYLE: Style = parseStyle(readStyleSpec(), 'gongwen.yaml');

export const text = (words: string): Run => ({ type: 'text', text: words });
export const figure = (words: string, id: string): Run => ({ type: 'figure', text: words, figure: id });
export const paragraph = (...runs: Run[]): Block => ({ type: 'paragraph', runs });
export const heading = (level: 1 | 2 | 3 | 4, words: string): Block => ({
  type: 'heading',
  level,
  runs: [text(words)],
});

/** A small draft with one of everything. */
export const DRAFT: Draft = {
  title: [[text('某某区民政局2023年工作总结')], [text('和2024年工作计划')]],
  blocks: [
    heading(1, '主要工作情况'),
    heading(2, '社会救助'),
    paragraph(
      text('落实“应保尽保”，低保对象'),
      figure('3469户', '低保.期末户数'),
      figure('6444人', '低保.期末人数'),
      text('，比上年'),
      { type: 'placeholder', kind: '待核', text: '〔待核：低保同比〕', figure: '低保.同比' },
      text('；年末仍为'),
      figure('3469户', '低保.期末户数'),
      text('。'),
    ),
    heading(3, '规范审核'),
    heading(4, '入户抽查'),
    heading(2, '养老服务'),
    heading(1, '下一步打算'),
    paragraph({ type: 'placeholder', kind: '待填', text: '〔待填：下一步打算〕', figure: null }),
    { type: 'signature', organisation: [text('某某区民政局')], date: [text('2024年1月5日')] },
  ],
  captions: [],
  annexes: [],
};

/** A report that knows no figure: what a draft looks like alone. */
export const REPORT: Report = {
  schemaVersion: 2,
  generator: { name: 'mzreport', version: '0.0.0' },
  place: '某某区',
  organisation: '某某区民政局',
  period: { from: '2023-01', to: '2023-12' },
  sources: [],
  sheets: [],
  figures: [],
  problems: [],
};
