/** A city's report from its counties' facts. Every expectation is computed by hand from the rows below. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts, Figure } from '../../src/model.ts';
import { runCli } from '../support/run.ts';
import { readFacts, runCounty } from './counties.ts';

const home = mkdtempSync(join(tmpdir(), 'mzreport-rollup-'));
afterAll(() => rmSync(home, { recursive: true }));
let east = '';
let west = '';

beforeAll(async () => {
  // 3 payments, 1601元, 5 人次, 2 households (H1 twice); 320.2元 each.
  east = await runCounty(home, {
    place: '虚城市东湖区',
    payouts: [
      ['H1', 1, 2, '2022-01', '600.50'],
      ['H1', 1, 2, '2022-02', '600.50'],
      ['H2', 2, 1, '2022-01', '400'],
    ],
    facts: [
      ['低保.标准', '855', '元', '795'],
      ['特困.标准', '1100', '元', '1050'],
      ['高龄津贴.80至89岁标准', '50', '元', ''],
      ['人口.户籍人口', '40.5', '万人', '40'],
      ['人口.60岁以上老年人', '8.1', '万人', '8'],
      ['考核.全市排名', '3', '位', ''],
      ['婚姻登记.结婚对数', '1010', '对', ''],
    ],
    targets: [
      ['低保.累计户数', '4', '户', '虚城市民政局'],
      ['低保.累计人次', '10', '人次', '东湖区政府'],
      ['低保.发放金额', '0.2', '万元', '虚城市民政局'],
    ],
  });
  // 2 payments, 1399.49元, 4 人次, 2 households (H1 is another one, or the same that moved: nobody can tell); 349.8725元 each.
  west = await runCounty(home, {
    place: '虚城市西湖区',
    payouts: [
      ['H1', 1, 3, '2022-01', '1000'],
      ['H9', 3, 1, '2022-02', '399.49'],
    ],
    facts: [
      ['低保.标准', '900', '元', '795'],
      ['特困.标准', '1100', '元', '1050'],
      ['人口.户籍人口', '59.5', '万人', '60'],
      ['人口.60岁以上老年人', '17.9', '万人', '17'],
      ['考核.全市排名', '1', '位', ''],
      ['婚姻登记.结婚对数', '2020', '对', ''],
    ],
    targets: [
      ['低保.累计户数', '2', '户', '虚城市民政局'],
      ['低保.累计人次', '5', '人次', '西湖区政府'],
    ],
  });
}, 120_000);

interface Rolled {
  code: number;
  stdout: string;
  stderr: string;
  facts: Facts;
  figure: (id: string) => Figure;
  text: string;
  path: (ending: string) => string;
}

async function rollUp(name: string, ...args: string[]): Promise<Rolled> {
  const out = join(home, name);
  const outcome = await runCli('rollup', ...args, '--format', 'txt', '--out', out);
  const path = (ending: string) => join(out, `虚城市民政局2022年${ending}`);
  if (outcome.code === 2) throw new Error(outcome.stderr);
  const facts = readFacts(path('工作总结.facts.json'));
  const figure = (id: string) => {
    const found = facts.figures.find((each) => each.id === id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  return { ...outcome, facts, figure, text: readFileSync(path('工作总结.txt'), 'utf8'), path };
}

describe('mzreport rollup of two counties', () => {
  let city: Rolled;
  beforeAll(async () => {
    city = await rollUp('city', east, west);
  });

  it('adds flows, persontimes and stocks', () => {
    expect(city.figure('低保.发放金额')).toMatchObject({ value: '3000.49', text: '0.3万元', kind: '当期数' });
    expect(city.figure('低保.累计人次')).toMatchObject({ value: '9', text: '9人次' });
    expect(city.figure('人口.户籍人口')).toMatchObject({ value: '1000000', text: '100万人' });
  });

  it('adds distinct households and says that one in two counties counts twice', () => {
    const { value, basis } = city.figure('低保.累计户数');
    expect(value).toBe('4');
    expect(basis).toMatchObject({ formula: expect.stringContaining('同一人（户）在两个县区的各计一次') });
    const said = '“低保累计保障户数”由各县区的数相加：各县区内去重，同一人（户）在两个县区的各计一次。';
    expect(city.stdout).toContain(said);
    expect(city.text).toContain(said);
  });

  it('computes ratios from the sums and never averages', () => {
    // 3000.49 ÷ 9 = 333.387…; the mean of 320.2 and 349.8725 would be 335.04.
    expect(city.figure('低保.月人均补差').text).toBe('333.39元');
    // (8.1 + 17.9) ÷ (40.5 + 59.5) = 26%; the mean of 20% and 30.08% would be 25.04%.
    expect(city.figure('人口.老年人口占比')).toMatchObject({ value: '0.26', text: '26%' });
    expect(city.figure('低保.月人均补差').parts?.map(({ name, text }) => [name, text])).toEqual([
      ['东湖区', '320.2元'],
      ['西湖区', '349.87元'],
    ]);
  });

  it('compares with last year by the same rules', () => {
    // 100 against 40 + 60 = 100; 26% against (8 + 17) ÷ 100 = 25%.
    expect(city.figure('人口.户籍人口#同比').text).toBe('与上年持平');
    expect(city.figure('人口.老年人口占比#同比').text).toBe('同比提高1个百分点');
  });

  it('prints standards as a range where they differ, as one where they do not', () => {
    expect(city.figure('低保.标准')).toMatchObject({
      status: 'known',
      value: null,
      range: { low: '855', high: '900' },
      text: '855～900元',
    });
    expect(city.text).toContain('低保标准为每人每月855～900元');
    expect(city.text).toContain('各县区标准不同，不计同比');
    // 1100 against 1050 in both.
    expect(city.text).toContain('特困人员供养标准为每人每月1100元，同比增长4.8%');
  });

  it('adds targets that every county has, and computes their completion anew', () => {
    // 4 of 4 + 2; the mean of 50% and 100% would be 75%.
    expect(city.figure('低保.累计户数#完成率').text).toBe('66.7%');
    // 9 of 10 + 5, each set by the county's own government.
    expect(city.figure('低保.累计人次#完成率').text).toBe('60%');
    expect(city.figure('低保.累计人次').targets).toMatchObject([
      { value: '15', setter: '各县区', area: null },
    ]);
    expect(city.figure('低保.发放金额').targets).toEqual([]);
    expect(city.stdout).toContain('“低保金发放金额”的目标只有部分县区有（缺西湖区），没有汇总');
  });

  it('does not add what does not add', () => {
    expect(city.figure('考核.全市排名')).toMatchObject({
      status: 'pending',
      value: null,
      reason: '各县区的数不能相加，也不能平均',
    });
    // Two months in both counties are two months.
    expect(city.figure('低保.发放月数').value).toBe('2');
  });

  it('leaves open what one county lacks, by its name', () => {
    expect(city.figure('高龄津贴.80至89岁标准').text).toBe('〔待核：缺西湖区〕');
    expect(city.stdout).toContain('西湖区没有“80至89岁高龄津贴标准”，各县区合起来的数列为待核');
  });

  it('leads down to each county and its file', () => {
    expect(city.figure('低保.发放金额').basis).toEqual({
      type: 'counties',
      formula: expect.stringMatching(/^各县区之和（县区口径：发放金额之和.*业务=低保，款项=低保金）$/),
      from: [
        {
          place: '东湖区',
          file: '虚城市东湖区民政局2022年工作总结.facts.json',
          value: '1601',
          text: '0.16万元',
        },
        {
          place: '西湖区',
          file: '虚城市西湖区民政局2022年工作总结.facts.json',
          value: '1399.49',
          text: '0.14万元',
        },
      ],
    });
    expect(city.figure('低保.月人均补差').basis).toMatchObject({
      type: 'derived',
      from: ['低保.发放金额', '低保.累计人次'],
    });
    expect(city.facts.sources.map(({ name }) => name)).toEqual([
      '虚城市东湖区民政局2022年工作总结.facts.json',
      '虚城市西湖区民政局2022年工作总结.facts.json',
    ]);
  });

  it('writes tables with a row per county', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(city.path('附表.xlsx'));
    const texts = (name: string) => {
      const rows: string[][] = [];
      workbook.worksheets
        .find((sheet) => sheet.name.includes(name))
        ?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map((cell) => String(cell ?? ''))));
      return rows;
    };
    expect(texts('报送情况').map(([place]) => place)).toEqual(expect.arrayContaining(['东湖区', '西湖区']));
    const notes = texts('报送情况').flat().join('\n');
    expect(notes).toContain('注：2个县区都已报送。');
    expect(notes).toContain('“去重的人数、户数”由各县区的数相加');
    const places = (name: string) => texts(name).map(([place]) => place?.trim());
    expect(places('社会救助')).toEqual(expect.arrayContaining(['合计', '东湖区', '西湖区']));
    // A list of figures has a table by county of its own.
    expect(texts('社会事务分县区')).toEqual(
      expect.arrayContaining([
        [expect.stringContaining('东湖区'), '1010'],
        [expect.stringContaining('西湖区'), '2020'],
      ]),
    );
  });

  it('is explained down to the counties by explain', async () => {
    const { code, stdout } = await runCli('explain', '低保.发放金额', city.path('工作总结.facts.json'));
    expect(code).toBe(0);
    expect(stdout).toContain('东湖区0.16万元（虚城市东湖区民政局2022年工作总结.facts.json）');
    expect(stdout).toContain('各县区之和');
  });

  it('is facts like any other: render writes the draft again', async () => {
    const again = await runCli(
      'render',
      city.path('工作总结.facts.json'),
      '--format',
      'txt',
      '--out',
      join(home, 'again'),
    );
    expect(again.code).toBe(0);
    expect(readFileSync(join(home, 'again', '虚城市民政局2022年工作总结.txt'), 'utf8')).toBe(city.text);
  });
});

describe('a county that is missing', () => {
  it('is named, and leaves the sums open', async () => {
    const city = await rollUp('missing', east, west, '--expect', '南湖区,东湖区，西湖区');
    expect(city.stdout).toContain('虚城市 2022年，3个县区，已报送2个\n  南湖区：没有报送\n  东湖区：');
    expect(city.figure('低保.发放金额').text).toBe('〔待核：缺南湖区〕');
    expect(city.figure('低保.月人均补差').text).toBe('〔待核：缺南湖区〕');
    expect(city.figure('低保.标准').text).toBe('〔待核：缺南湖区〕');
    expect(city.facts.counties).toEqual([
      { place: '南湖区', file: null },
      { place: '东湖区', file: '虚城市东湖区民政局2022年工作总结.facts.json' },
      { place: '西湖区', file: '虚城市西湖区民政局2022年工作总结.facts.json' },
    ]);
    expect(city.figure('低保.发放金额').parts?.[0]).toMatchObject({ name: '南湖区', reason: '没有报送' });
  });

  it('is left out with --partial, which the draft says', async () => {
    writeFileSync(join(home, '应报.txt'), '东湖区\n西湖区\n南湖区\n');
    const city = await rollUp('partial', east, west, '--expect', join(home, '应报.txt'), '--partial');
    expect(city.figure('低保.发放金额').text).toBe('0.3万元');
    expect(city.text).toContain('南湖区没有报送，汇总的数不含南湖区。');
    expect(city.figure('高龄津贴.80至89岁标准').text).toBe('50元');
  });

  it('makes --strict end with 1', async () => {
    const { code } = await runCli(
      'rollup',
      east,
      west,
      '--expect',
      '南湖区',
      '--strict',
      '--format',
      'txt',
      '--quiet',
      '--out',
      join(home, 'strict'),
    );
    expect(code).toBe(1);
  });
});
