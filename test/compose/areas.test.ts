/** Figures by area: what a template lists, names and leaves open. */
import { describe, expect, it } from 'vitest';
import { findAskedFigures, readTemplates } from '../../src/compose/index.ts';
import type { FigurePart } from '../../src/model.ts';
import { catalogue, fill, textOf, toFigure, toPart } from './fill.ts';

const TOWN = '乡镇街道';
const target = (value: string): NonNullable<FigurePart['target']> => ({
  value,
  setter: '区民政局',
  where: '任务表',
  area: null,
  period: { from: '2022-01', to: '2022-12' },
});
const HOUSEHOLDS = toFigure('低保.累计户数', '60', '60户', {
  parts: [
    { ...toPart(TOWN, '甲街道', '30'), target: target('20') },
    { ...toPart(TOWN, '乙镇', '10'), target: target('40') },
    { ...toPart(TOWN, '丙乡', '20'), target: target('25') },
    toPart('村社区', '甲社区', '30'),
  ],
});
const PERSONS = toFigure('低保.累计人数', '100', '100人', {
  unit: '人',
  parts: [
    { ...toPart(TOWN, '甲街道', '55'), text: '55人' },
    { ...toPart(TOWN, '丁乡', '45'), text: '45人' },
  ],
});

const lineOf = (source: string, figures = [HOUSEHOLDS, PERSONS]): string =>
  fill(source, figures)
    .draft.blocks.flatMap((block) => ('runs' in block ? [textOf(block.runs)] : []))
    .join('\n');

describe('各地', () => {
  it('writes its text once for each area of the widest kind, with that area’s figures', () => {
    expect(lineOf('{{#各地 低保.累计户数}}{{地名}}{{低保.累计户数}}；{{/各地}}')).toBe(
      '甲街道30户；乙镇10户；丙乡20户；',
    );
  });

  it('takes the areas that it is told to take', () => {
    expect(lineOf('{{#各地 低保.累计户数 "村社区"}}{{地名}}{{低保.累计户数}}。{{/各地}}')).toBe(
      '甲社区30户。',
    );
  });

  it('lists every area that one of several figures has; what an area has not is 待核, not zero', () => {
    const text = lineOf(
      '{{#各地 低保.累计户数 低保.累计人数}}{{地名}}{{数 低保.累计户数}}户{{数 低保.累计人数}}人；{{/各地}}',
    );
    expect(text).toContain('甲街道30户55人');
    expect(text).toContain('丁乡〔待核：丁乡没有低保.累计户数〕户45人');
    expect(text).toContain('乙镇10户〔待核：乙镇没有低保.累计人数〕人');
  });

  it('gives the completion of each area’s own target', () => {
    expect(lineOf('{{#各地 低保.累计户数}}{{地名}}{{完成率 低保.累计户数}}。{{/各地}}')).toBe(
      '甲街道150%。乙镇25%。丙乡80%。',
    );
  });

  it('leaves the figures after it as they were', () => {
    expect(lineOf('{{#各地 低保.累计户数}}{{地名}}、{{/各地}}共{{低保.累计户数}}')).toBe(
      '甲街道、乙镇、丙乡、共60户',
    );
  });

  it('keeps a place out of the cells of the table', () => {
    const odd = toFigure('低保.累计户数', '1', '1户', { parts: [toPart(TOWN, '甲|乙 街道', '1')] });
    const [table] = fill(
      '{{#表}}\n| 地方 | 户数 |\n{{#各地 低保.累计户数}}\n| {{地名}} | {{低保.累计户数}} |\n{{/各地}}\n{{/表}}',
      [odd],
    ).draft.blocks;
    expect(table?.type === 'table' && table.rows.map((row) => row.map(textOf))).toEqual([
      ['甲乙街道', '1户'],
    ]);
  });
});

describe('ranks', () => {
  it('name the first, the last, the first three and those behind their target', () => {
    expect(lineOf('{{最高 低保.累计户数}}')).toBe('甲街道（30户）');
    expect(lineOf('{{最低 低保.累计户数}}')).toBe('乙镇（10户）');
    expect(lineOf('{{前三 低保.累计户数}}')).toBe('甲街道（30户）、丙乡（20户）、乙镇（10户）');
    expect(lineOf('{{未达目标 低保.累计户数}}')).toBe('乙镇（完成25%）、丙乡（完成80%）');
    expect(lineOf('{{#有未达目标 低保.累计户数}}有{{else}}无{{/有未达目标}}')).toBe('有');
  });

  it('name all that are equal', () => {
    const equal = toFigure('低保.累计户数', '3', '3户', {
      parts: ['甲', '乙', '丙'].map((name) => toPart(TOWN, name, '1')),
    });
    expect(lineOf('{{最高 低保.累计户数}}', [equal])).toBe('甲（1户）、乙（1户）、丙（1户）');
  });

  it('are 待核 while an area is, or where nothing is told apart', () => {
    const parts = [toPart(TOWN, '甲', '1'), { ...toPart(TOWN, '乙', ''), value: null, reason: '缺' }];
    const unsure = toFigure('低保.累计户数', '1', '1户', { parts });
    expect(lineOf('{{最高 低保.累计户数}}', [unsure])).toBe('〔待核：低保.累计户数有1个地区待核〕');
    expect(lineOf('{{最高 低保.累计户数}}', [toFigure('低保.累计户数', '1', '1户')])).toBe(
      '〔待核：低保.累计户数没有分地区的数〕',
    );
  });

  it('of a field that there is not are refused with the nearest names', () => {
    expect(() => lineOf('{{最高 低保.累计户数 "乡镇街"}}')).toThrow('“乡镇街”不存在，是否指“乡镇街道”');
  });
});

it('asks for the figures of a list by area before the run', () => {
  const [annual] = readTemplates({ kind: 'annual', template: null }, catalogue);
  const source =
    '{{#各地 低保.累计户数 "县区"}}{{数 低保.发放金额}}{{/各地}}{{低保.累计人数}}{{最高 特困.期末人数}}';
  if (!annual) throw new Error('no template');
  expect(findAskedFigures([{ ...annual, source, partials: {} }])).toEqual([
    { id: '低保.累计户数', by: '县区' },
    { id: '低保.发放金额', by: '县区' },
    { id: '特困.期末人数', by: null },
  ]);
});
