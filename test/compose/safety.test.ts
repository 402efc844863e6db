/** What a template cannot do: reach the file system, the environment or a prototype, or change what a name means. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/compose/index.ts';
import { catalogue, fill, textOf, toFigure } from './fill.ts';

const FIGURES = [toFigure('低保.累计户数', '2092', '2092户')];
const linesOf = (source: string): string[] =>
  fill(source, FIGURES).draft.blocks.flatMap((block) => ('runs' in block ? [textOf(block.runs)] : []));

describe('a template is refused before the run', () => {
  it.each([
    // Prototypes and what lies behind them.
    '{{constructor}}',
    '{{低保.constructor}}',
    '{{低保.累计户数.constructor.constructor}}',
    '{{__proto__}}',
    '{{低保.__proto__.polluted}}',
    '{{[__proto__]}}',
    '{{"constructor"}}',
    '{{#有 低保.__proto__}}一{{/有}}',
    '{{数 低保.累计户数.figure}}',
    '{{低保.累计户数.toString}}',
    '{{valueOf}}',
    // The environment.
    '{{process}}',
    '{{process.env.HOME}}',
    '{{global}}',
    '{{globalThis.process}}',
    '{{require "node:fs"}}',
    '{{@root.process}}',
    '{{@root.constructor}}',
    '{{../../process}}',
    // Helpers of Handlebars.
    '{{lookup 低保 "constructor"}}',
    '{{lookup (lookup 低保 "累计户数") "figure"}}',
    '{{#with 低保}}{{累计户数}}{{/with}}',
    '{{#each 低保}}{{this}}{{/each}}',
    '{{log 低保.累计户数}}',
    '{{helperMissing}}',
    '{{blockHelperMissing}}',
    // Files.
    '{{> ../../package}}',
    '{{> /etc/passwd}}',
    '{{> [../../../package.json]}}',
    '{{> (lookup 低保 "累计户数")}}',
    '{{> __proto__}}',
    '{{> constructor}}',
    // Other ways to give a name another meaning.
    '{{#*inline "甲"}}一{{/inline}}',
    '{{* 甲}}',
    '{{#> 甲}}一{{/甲}}',
    '{{#有 低保 as |低保|}}{{低保.累计户数}}{{/有}}',
    '{{数 低保.累计户数 低保=地区}}',
    '{{> 社会救助 低保=地区}}',
    '{{> 社会救助 低保}}',
    '{{"低保.累计户数"}}',
    '{{数 "低保.累计户数"}}',
    '{{待填 低保.累计户数}}',
    '{{#表 "constructor"}}{{/表}}',
    '{{#附件 "竖排"}}{{/附件}}',
    '{{附件}}',
    '{{#数 低保.累计户数}}一{{/数}}',
  ])('%s', (source) => {
    expect(() => fill(source, FIGURES)).toThrowError(expect.objectContaining({ code: 'template-invalid' }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a template prints as it stands', () => {
  it.each([
    ['{{{低保.累计户数}}}', '2092户'],
    ['{{&低保.累计户数}}', '2092户'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['\\{{process.env.HOME}}', '{{process.env.HOME}}'],
    ['<%= process.env.HOME %>', '<%= process.env.HOME %>'],
    ['{{待填 "<b>话</b>"}}', '〔待填：<b>话</b>〕'],
  ])('%s', (source, printed) => {
    expect(linesOf(source)).toEqual([printed]);
  });
});

it('a partial that is inside itself ends in a message, not in a full stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-loop-'));
  mkdirSync(join(folder, 'partials'));
  writeFileSync(join(folder, '本区.hbs'), '{{> 甲}}');
  writeFileSync(join(folder, 'partials/甲.hbs'), '{{> 乙}}');
  writeFileSync(join(folder, 'partials/乙.hbs'), '{{> 甲}}');
  expect(() => readTemplate(join(folder, '本区.hbs'), catalogue)).toThrow('“乙.hbs”有误：“甲”把自己套在里面');
  rmSync(folder, { recursive: true });
});
