/** Facts that must not be put together, and what is said of counties that differ. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFactsText } from '../../src/facts/index.ts';
import type { Facts } from '../../src/model.ts';
import { runCli } from '../support/run.ts';
import { readFacts, runCounty } from './counties.ts';

const home = mkdtempSync(join(tmpdir(), 'mzreport-refused-'));
afterAll(() => rmSync(home, { recursive: true }));
let facts: Facts;

beforeAll(async () => {
  const path = await runCounty(home, {
    place: '虚城市东湖区',
    payouts: [
      ['H1', 1, 2, '2022-01', '600.50'],
      ['H2', 2, 1, '2022-02', '400'],
    ],
  });
  facts = readFacts(path);
}, 60_000);

/** Another county's facts: the same with changes. */
function put(name: string, change: (copy: Facts) => void): string {
  const copy = structuredClone(facts);
  change(copy);
  const { setup, checksum: _, ...report } = copy;
  const path = join(home, `${name}.facts.json`);
  writeFileSync(path, toFactsText(report, setup));
  return path;
}

const named = (place: string) => put(place, (copy) => Object.assign(copy, { place }));

async function refuse(...args: string[]): Promise<string> {
  const out = ['--out', join(home, 'out'), '--format', 'txt'];
  const { code, stdout, stderr } = await runCli('rollup', ...args, ...out);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('mzreport rollup refuses', () => {
  it('two files of one county, however it is called', async () => {
    const said = await refuse(named('虚城市东湖区'), named('东湖区'), '--place', '虚城市');
    expect(said).toContain(
      '“虚城市东湖区.facts.json”和“东湖区.facts.json”不能汇总：都是东湖区的。请只留一份。',
    );
  });

  it('counties of two periods, unless it is said which one is meant', async () => {
    const half = put('西湖区', (copy) =>
      Object.assign(copy, { place: '虚城市西湖区', period: { from: '2022-01', to: '2022-06' } }),
    );
    const east = named('虚城市东湖区');
    expect(await refuse(east, half)).toContain('时期不同（2022年、2022年上半年）');
    const taken = await runCli(
      'rollup',
      east,
      half,
      '--year',
      '2022',
      '--out',
      join(home, 'year'),
      '--format',
      'txt',
    );
    expect(taken.code).toBe(0);
    expect(taken.stdout).toContain('西湖区：报送的是2022年上半年的，不是2022年的');
    expect(taken.stdout).toContain('2个县区，已报送1个');
    expect(readFacts(join(home, 'year', '虚城市民政局2022年工作总结.facts.json')).sources).toHaveLength(1);
    expect(await refuse(east, '--year', '2021')).toContain('没有一份是2021年的');
  });

  it('a city beside one of its counties', async () => {
    const city = put('市', (copy) =>
      Object.assign(copy, { place: '实城市', counties: [{ place: '东湖区', file: 'a.facts.json' }] }),
    );
    const said = await refuse(city, named('虚城市东湖区'), '--place', '大省');
    expect(said).toContain('“市.facts.json”不能汇总：已经包含虚城市东湖区');
  });

  it('facts without a place, without a city, of an older program, edited, and tables', async () => {
    expect(await refuse(named(''), '--place', '虚城市')).toContain('没有写明是哪个县区');
    expect(await refuse(named('甲县'), named('乙县'))).toContain('--place');
    const old = join(home, '旧.facts.json');
    writeFileSync(old, JSON.stringify({ ...facts, schemaVersion: 1 }));
    expect(await refuse(old)).toContain('“旧.facts.json”的格式版本是1');
    const edited = join(home, '改.facts.json');
    writeFileSync(edited, JSON.stringify({ ...facts, place: '丁区' }));
    expect(await refuse(edited, '--place', '虚城市')).toContain('“改.facts.json”写出以后被人改过');
    writeFileSync(join(home, '表.csv'), 'a\n');
    expect(await refuse(join(home, '表.csv'))).toContain('里没有 facts.json');
  });
});

describe('--expect', () => {
  it('takes a name for a name where a folder is called so', async () => {
    mkdirSync(join(home, '西湖区'));
    const before = process.cwd();
    try {
      process.chdir(home);
      const out = ['--out', '全市', '--format', 'txt'];
      const { code, stdout } = await runCli('rollup', named('虚城市东湖区'), '--expect', '西湖区', ...out);
      expect(code).toBe(0);
      expect(stdout).toContain('西湖区：没有报送');
    } finally {
      process.chdir(before);
    }
  });
});

describe('counties that are not quite alike', () => {
  it('are added, and it is said in what they differ', async () => {
    const other = put('西', (copy) => {
      copy.place = '虚城市西湖区';
      for (const figure of copy.figures) {
        if (figure.id === '低保.发放金额' && figure.basis.type === 'rows') figure.basis.filter = '另一种';
        if (figure.id === '低保.累计人次') figure.covered = { from: '2022-01', to: '2022-11' };
      }
    });
    const { stdout } = await runCli(
      'rollup',
      named('虚城市东湖区'),
      other,
      '--out',
      join(home, 'alike'),
      '--json',
      '--format',
      'txt',
    );
    const { problems, figures } = JSON.parse(stdout) as {
      problems: { kind: string; message: string; figures: string[] }[];
      figures: { id: string; value: string | null }[];
    };
    const own = problems.filter(({ kind }) => kind === 'counties-differ');
    expect(own.find(({ figures: ids }) => ids.includes('低保.发放金额'))?.message).toMatch(
      /口径不同（东湖区为“.*”；西湖区为“.*，另一种”）/,
    );
    expect(own.find(({ figures: ids }) => ids.includes('低保.累计人次'))?.message).toContain(
      '西湖区为“2022年1—11月”',
    );
    // 1000.5 twice.
    expect(figures.find(({ id }) => id === '低保.发放金额')?.value).toBe('2001');
  });

  it('makes no ratio of parts that are not the same counties', async () => {
    const other = put('缺', (copy) => {
      copy.place = '虚城市西湖区';
      for (const figure of copy.figures)
        if (figure.id === '低保.累计人次')
          Object.assign(figure, {
            status: 'pending',
            value: null,
            reason: '没有人数列',
            text: '〔待核：没有人数列〕',
          });
    });
    const east = named('虚城市东湖区');
    const run = async (...args: string[]) => {
      const { stdout } = await runCli(
        'rollup',
        east,
        other,
        '--out',
        join(home, 'ratio'),
        '--json',
        '--format',
        'txt',
        ...args,
      );
      const { figures } = JSON.parse(stdout) as { figures: { id: string; text: string }[] };
      return (id: string) => figures.find((each) => each.id === id)?.text;
    };
    const whole = await run();
    expect(whole('低保.月人均补差')).toBe('〔待核：缺西湖区〕');
    const partial = await run('--partial');
    expect(partial('低保.累计人次')).toBe('3人次');
    expect(partial('低保.月人均补差')).toBe('〔待核：分子和分母不是同一批县区的〕');
  });
});
