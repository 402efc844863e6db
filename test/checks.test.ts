/** Parts of the checks that need no file, and what their messages may show. Whole situations are in golden/检查-…. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Big from 'big.js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';
import { toMissing } from '../src/checks/overview.ts';
import { findExpected, type Segment } from '../src/checks/segments.ts';
import { runCli, summarize } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const segment = (rows: number, sum: number): Segment => ({ rows, sum: new Big(sum) });
const judge = (theirs: (number | null)[], segments: Segment[]) =>
  findExpected(
    theirs.map((value) => (value === null ? null : new Big(value))),
    segments,
  ).map(({ index, sum, grand }) => [index, Number(sum), grand]);

describe('totals of a sheet', () => {
  it('below their rows', () => {
    expect(judge([7, 3, 10], [segment(2, 7), segment(1, 3), segment(0, 0), segment(0, 0)])).toEqual([]);
    expect(judge([7, 4, 10], [segment(2, 7), segment(1, 3), segment(0, 0), segment(0, 0)])).toEqual([
      [1, 3, false],
    ]);
  });

  it('above their rows', () => {
    expect(judge([10, 7, 3], [segment(0, 0), segment(0, 0), segment(2, 7), segment(1, 3)])).toEqual([]);
    expect(judge([10, 7, 4], [segment(0, 0), segment(0, 0), segment(2, 7), segment(1, 3)])).toEqual([
      [2, 3, false],
    ]);
  });

  it('at both ends', () => {
    expect(judge([10, 11], [segment(0, 0), segment(3, 10), segment(0, 0)])).toEqual([[1, 10, true]]);
    expect(judge([9, 10], [segment(0, 0), segment(3, 10), segment(0, 0)])).toEqual([[0, 10, true]]);
  });

  it('are left alone where it is not clear what they mean', () => {
    // 其中 beside a right 合计; a list of areas at the end; an empty cell.
    expect(judge([10, 4], [segment(3, 10), segment(0, 0), segment(0, 0)])).toEqual([]);
    expect(judge([6, 4, 10], [segment(3, 10), segment(0, 0), segment(0, 0), segment(0, 0)])).toEqual([]);
    expect(judge([null, 10], [segment(2, 7), segment(1, 3), segment(0, 0)])).toEqual([]);
  });

  it('that are right are never reported, on any number of levels', () => {
    const towns = fc.array(
      fc.array(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1 }), { minLength: 1 }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(towns, fc.boolean(), (lists, above) => {
        const theirs: number[] = [];
        const segments = [segment(0, 0)];
        const add = (rows: number[]) => {
          const sum = rows.reduce((a, b) => a + b, 0);
          const last = segments.at(-1);
          if (last) segments[segments.length - 1] = segment(last.rows + rows.length, Number(last.sum) + sum);
        };
        const total = (rows: number[]) => {
          theirs.push(rows.reduce((a, b) => a + b, 0));
          segments.push(segment(0, 0));
        };
        if (above) total(lists.flat(2));
        for (const villages of lists) {
          if (above) total(villages.flat());
          for (const rows of villages) {
            if (above) total(rows);
            add(rows);
            if (!above) total(rows);
          }
          if (!above) total(villages.flat());
        }
        if (!above) total(lists.flat(2));
        expect(judge(theirs, segments)).toEqual([]);
      }),
    );
  });
});

describe('months without rows', () => {
  it.each([
    ['none', [0, 1, 2, 3], []],
    ['in the middle and at the beginning', [1, 2, 4], [0, 3]],
    ['after the last one are no gap', [0, 1], []],
    ['between two far ones', [0, 5], [1, 2, 3, 4]],
    ['of a list by quarters', [2, 5, 8, 11], []],
    ['of the first two quarters', [2, 5], []],
    ['between two that are no quarters', [0, 3], [1, 2]],
    ['of a list by quarters that lacks one', [2, 8, 11], [0, 1, 3, 4, 5, 6, 7, 9, 10]],
    ['of a list of the whole second half', [6, 7, 8], [0, 1, 2, 3, 4, 5]],
    ['of an empty list', [], []],
  ])('%s', (_, present, missing) => {
    expect(toMissing(0, present)).toEqual(missing);
  });
});

/** A bureau that has made every mistake at once; all IDs and names must stay inside. */
const PEOPLE = ['990102196101010019', '990102196201010024', '99010219630101003X'];
function writeMistakes(): string[] {
  const [a, b, c] = PEOPLE;
  const ordinary = Array.from({ length: 40 }, (_, i) => `样例丁${i},,202201,正常,100`).join('\n');
  const files: Record<string, string> = {
    '甲县残疾人两项补贴2022.csv': `甲县2022年困难残疾人生活补贴发放明细\n姓名,身份证号,发放年月,发放类型,发放金额（元）
样例甲,${a},202201,正常,100\n样例甲,${a},202201,正常,100\n样例乙,${b},202204,正常,9999\n样例丙,${c},202204,正常,-5\n样例丙,${c},202112,正常,5\n${ordinary}\n`,
    '甲县特困名册2022.csv': `甲县2022年特困人员名册\n姓名,身份证号,认定日期,停止日期,死亡日期\n样例甲,${a},2020-01-01,,\n样例乙,${b},2020-01-01,2022-01-31,2022-01-31\n`,
  };
  return Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

describe('messages of the checks', () => {
  it('name rows, never a person, and say which figures they touch', async () => {
    const files = writeMistakes();
    const result = await summarize(...files, '--out', join(folder, 'out'));
    const kinds = result.problems.map(({ kind }) => kind);
    for (const kind of [
      'paid-twice',
      'rows-identical',
      'paid-after-end',
      'programmes-exclusive',
      'months-missing',
      'amount-negative',
      'amount-outlier',
      'other-period',
    ])
      expect(kinds).toContain(kind);
    const text = JSON.stringify(result.problems);
    for (const person of [...PEOPLE, '样例甲', '样例乙', '样例丙', '样例丁'])
      expect(text).not.toContain(person);
    expect(text).not.toMatch(/\d{7,}|undefined|NaN/);
    const twice = result.problems.find(({ kind }) => kind === 'paid-twice');
    expect(twice).toMatchObject({ row: 3, count: 1 });
    expect(twice?.figures).toContain('残疾人两项补贴.生活补贴金额');
    expect(twice?.figures).not.toContain('特困.期末人数');
  });

  it('that are hints leave a strict run alone', async () => {
    const file = join(folder, '甲县婚姻登记2022.csv');
    writeFileSync(
      file,
      '甲县2022年婚姻登记办件明细\n登记字号,登记日期,业务类型\nJ1,2022-01-05,结婚登记\nJ1,2022-01-05,结婚登记\nL1,2022-12-05,离婚登记\nB1,2022-12-05,补领结婚证\nB2,2022-12-05,补领离婚证\n',
    );
    const outcome = await runCli('summarize', file, '--out', join(folder, 'strict'), '--json');
    const { problems, doubtful } = JSON.parse(outcome.stdout) as {
      problems: { kind: string; figures: string[] }[];
      doubtful: boolean;
    };
    expect(problems.map(({ kind }) => kind)).toEqual(['rows-identical']);
    expect(problems[0]?.figures.length).toBeGreaterThan(0);
    // The draft's one open figure is the stated one of 档案查询, not these rows.
    expect(doubtful).toBe(outcome.stdout.includes('待核'));
  });
});

describe('checks.yaml', () => {
  it('names only programmes and indicators that exist', () => {
    const { checks, programmes, indicators } = loadCatalogue();
    for (const name of Object.keys(checks.按月发放)) expect(programmes.has(name), name).toBe(true);
    for (const { 指标 } of Object.values(checks.标准)) expect(indicators.get(指标)?.类别).toBe('标准');
  });

  it('is refused when it names another', () => {
    const overlay = join(folder, 'overlay');
    mkdirSync(join(overlay, 'dictionary'), { recursive: true });
    const own = readFileSync(new URL('../templates/dictionary/checks.yaml', import.meta.url), 'utf8');
    writeFileSync(join(overlay, 'dictionary', 'checks.yaml'), own.replace('{业务: 特困}', '{业务: 特因}'));
    expect(() => loadCatalogue({ templates: overlay, indicators: {}, from: null })).toThrow('特因');
  });
});
