/** mzreport explain: what a clerk reads who is asked where a number comes from. All figures are added up by hand. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFigure, trace } from '../src/aggregate/index.ts';
import { loadCatalogue } from '../src/catalogue/index.ts';
import { toWidth, wrap } from '../src/commands/wrap.ts';
import { toConfig } from '../src/config.ts';
import { investigate } from '../src/pipeline.ts';
import { runCli } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Title in row 1, head in row 2; row 6 is money that came back, row 8 of the year before, row 9 the sum of all. */
const PAYOUTS = `甲县2022年低保发放明细
户编号,户主姓名,身份证号,乡镇,发放年月,发放类型,保障人数,发放金额（元）
A1,样例一,990102196101010019,东镇,202201,正常发放,2,1000.10
A1,样例一,990102196101010019,东镇,202202,正常发放,2,1000.20
A2,样例二,990102196201010024,西镇,202202,正常发放,3,2000
A1,样例一,990102196101010019,东镇,202202,追缴,2,500
A3,样例三,99010219630101003X,西镇,202202,正常发放,1,300.05
A3,样例三,99010219630101003X,西镇,202112,正常发放,1,300
合计,,,,,,11,5100.35
`;
const FACTS = `指标,值,单位,期间,来源
低保.标准,855,元/人·月,2022年,社会救助科文件
低保.标准,795,元/人·月,2021年,社会救助科文件
低保.发放金额,0.4,万元,2021年1-2月,上年总结
`;
const TARGETS = `指标名称,目标值,计量单位,下达单位,期间
低保金发放金额,0.5,万元,市民政局,2022年
`;
const FILES: Record<string, string> = {
  // A name that a spreadsheet would run.
  '=甲县低保发放明细2022.csv': PAYOUTS,
  '手工填报.csv': FACTS,
  '任务指标.csv': TARGETS,
};
const inputs = Object.keys(FILES).map((name) => join(folder, name));
const PERIOD = ['--period', '2022年1-2月', '--place', '甲县'];

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});

const explain = (name: string, ...more: string[]) => runCli('explain', name, ...inputs, ...PERIOD, ...more);

/** The points of the figure at the top, by label. */
async function readPoints(name: string, ...more: string[]): Promise<Record<string, string[]>> {
  const { code, stdout, stderr } = await explain(name, ...more, '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { explanation } = JSON.parse(stdout) as {
    explanation: { points: { label: string; lines: string[] }[] };
  };
  return Object.fromEntries(explanation.points.map(({ label, lines }) => [label, lines]));
}

describe('a figure that is taken from rows', () => {
  it('says how, when, where, from which rows, and which were set aside', async () => {
    expect(await readPoints('低保.发放金额')).toEqual({
      印为: ['0.43万元（四舍五入到2位小数，末尾的0不印）'],
      // 1000.10 + 1000.20 + 2000 + 300.05
      精确值: ['0.430035万元，即4300.35元'],
      类别: ['当期数：本期之内的数'],
      时期: ['2022年1—2月'],
      地区: ['甲县'],
      说明: ['发放合计，即保障金与分类施保金之和'],
      算法: ['发放金额之和（追缴行和负数行不计）'],
      条件: ['取自发放，业务=低保，款项=低保金'],
      来源: ['=甲县低保发放明细2022.csv第3—5、7行，用4行，其余1行不符合条件'],
      搁置: ['不在本期1行、合计行1行'],
      存疑: [
        '=甲县低保发放明细2022.csv第8行：有行不在2022-01至2022-02（最早2021-12-01，最晚2021-12-01），未计入。',
      ],
      // (4300.35 − 4000) ÷ 4000 = 7.50875 %
      上年: ['0.4万元（2021年1—2月，来自手工填报.csv第4行），同比增长7.5%'],
      // 4300.35 ÷ 5000 = 86.007 %
      目标: ['0.5万元（2022年，市民政局下达，见任务指标.csv第2行），完成86%，还差0.07万元'],
    });
  });

  it('is printed with no line wider than a terminal, and without a person', async () => {
    const { stdout } = await explain('低保.发放金额', '--sql');
    for (const line of stdout.split('\n')) expect(toWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^低保金发放金额（低保\.发放金额）：0\.43万元\n/);
    expect(stdout).not.toMatch(/样例|99010219|A1/);
  });

  it.each(['低保.发放金额', '低保金发放金额', ' 低保.发放金额 ', '低保．发放金额'])(
    'is found as “%s”',
    async (name) => {
      expect((await readPoints(name)).精确值).toEqual(['0.430035万元，即4300.35元']);
    },
  );

  it('gives its rows to a spreadsheet: no person in them, nothing that runs', async () => {
    const path = join(folder, 'out', '行.csv');
    const { code, stdout } = await explain('低保.发放金额', '--rows', path);
    expect(code).toBe(0);
    expect(stdout).toContain(`已写出 ${path}`);
    const line = (row: number, town: string, month: string, amount: string) =>
      `低保.发放金额,'=甲县低保发放明细2022.csv,,${row},${town},${month},${amount},${amount}\r\n`;
    expect(readFileSync(path, 'utf8')).toBe(
      `\ufeff指标,文件,工作表,行号,地区,月份,金额（元）,计入的数\r\n${[
        line(3, '东镇', '2022-01', '1000.1'),
        line(4, '东镇', '2022-02', '1000.2'),
        line(5, '西镇', '2022-02', '2000'),
        line(7, '西镇', '2022-02', '300.05'),
      ].join('')}`,
    );
  });

  it('does not write over a list of rows that a person worked on', async () => {
    const path = join(folder, 'out', '改过.csv');
    mkdirSync(join(folder, 'out'), { recursive: true });
    writeFileSync(path, '我的批注');
    const { stdout } = await explain('低保.发放金额', '--rows', path);
    expect(readFileSync(path, 'utf8')).toBe('我的批注');
    expect(stdout).toContain('改过(2).csv');
  });
});

describe('a figure of one area', () => {
  it('says its own rows and value', async () => {
    const points = await readPoints('低保.发放金额@东镇');
    expect(points).toMatchObject({
      精确值: ['0.20003万元，即2000.3元'],
      地区: ['甲县东镇'],
      条件: ['取自发放，业务=低保，款项=低保金，乡镇街道=东镇'],
      来源: ['=甲县低保发放明细2022.csv第3—4行，用2行，其余3行不符合条件'],
    });
  });

  it('may be of a month', async () => {
    expect(await readPoints('低保.发放金额@2022-02')).toMatchObject({
      // 1000.20 + 2000 + 300.05
      精确值: ['0.330025万元，即3300.25元'],
      时期: ['2022年2月'],
      来源: ['=甲县低保发放明细2022.csv第4—5、7行，用3行，其余2行不符合条件'],
    });
  });

  it('is refused, with the areas that there are, where there is none of the name', async () => {
    const { code, stderr } = await explain('低保.发放金额@东真');
    expect(code).toBe(2);
    expect(stderr).toMatch(/没有“低保\.发放金额@东真”这个数，这些文件里没有这个地区.*低保\.发放金额@东镇/);
  });
});

describe('a figure that is made of others', () => {
  it('is explained down to the rows', async () => {
    const { stdout } = await explain('低保.月人均补差');
    // 4300.35 ÷ (2 + 2 + 3 + 1)
    expect(stdout).toContain('│ 精确值  537.54375元\n');
    expect(stdout).toContain('│ 代入    4300.35元 ÷ 8人次（月人均按人次）\n');
    expect(stdout).toContain('\n├ 低保金发放金额（低保.发放金额）：0.43万元\n');
    expect(stdout).toContain('\n└ 低保累计保障人次（低保.累计人次）：8人次\n');
    expect(stdout.match(/第3—5、7行，用4行/g)).toHaveLength(2);
  });

  it('may be growth, asked for in words', async () => {
    const { stdout } = await explain('低保标准同比');
    expect(stdout).toMatch(/^低保标准同比（低保\.标准#同比）：同比增长7\.5%\n/);
    expect(stdout).toContain('上年为795元（手工填报.csv第3行）');
    expect(stdout).toContain('    来源    手工填报.csv第2行\n    出处    社会救助科文件\n');
  });
});

describe('a figure without a value', () => {
  it('says why, and what to do', async () => {
    const { stdout } = await explain('低保.期末人数');
    expect(stdout).toContain('〔待核：');
    expect(stdout).toMatch(
      / {2}原因 {4}没有.*所需的名册台账表\n {2}怎么办 {2}把这张表与其他表格一起交给程序/,
    );
    expect(stdout).toContain('  算法    身份证号去重计数\n');
  });

  it('says that nothing of its business was given', async () => {
    const { code, stdout } = await explain('收养登记.件数');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^收养登记件数（收养登记\.件数）：没有来源\n/);
  });
});

describe('a name that fits no figure', () => {
  it('is answered with the nearest', async () => {
    const { code, stdout, stderr } = await explain('低保发放金额');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^错误：没有“低保发放金额”这个数；是否指 .*低保金发放金额/);
  });

  it('is answered with all that it fits', async () => {
    const { code, stderr } = await explain('发放金额');
    expect(code).toBe(2);
    expect(stderr).toMatch(/它可以指\d个数；是否指 .*低保\.发放金额、.*特困\.发放金额/);
  });
});

describe('a facts.json alone', () => {
  let facts = '';
  beforeAll(async () => {
    const out = join(folder, '总结');
    await runCli('summarize', ...inputs, ...PERIOD, '--out', out, '--format', 'md');
    facts = join(out, readdirSync(out).find((name) => name.endsWith('.facts.json')) ?? '');
  });

  it('says the same, with the first and the last row for the ranges', async () => {
    const { code, stdout, stderr } = await runCli('explain', '低保金发放金额', facts);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('  精确值  0.430035万元，即4300.35元\n');
    expect(stdout).toContain('第3—7行，用4行，其余1行不符合条件');
    expect(stdout.replace(/\n +/g, '')).toContain('完成86%，还差0.07万元');
  });

  it.each([['--sql'], ['--rows', 'x.csv']])('has no rows for %s', async (...more) => {
    const { code, stderr } = await runCli('explain', '低保金发放金额', facts, ...more);
    expect(code).toBe(2);
    expect(stderr).toContain('里只有结果，没有原来的行');
  });
});

describe('the statement of --sql', () => {
  it('gives the value of every figure that is taken from rows', async () => {
    const catalogue = loadCatalogue();
    const config = toConfig(inputs, { period: '2022年1-2月', place: '甲县' });
    const compared: string[] = [];
    const asked = [{ id: '低保.发放金额', by: null }];
    await investigate(
      config,
      catalogue,
      () => false,
      () => {},
      asked,
      async (report, store) => {
        const own = report.figures.filter(({ basis }) => basis.type === 'rows').map(({ id }) => id);
        for (const id of [...own, '低保.发放金额@东镇']) {
          const found = findFigure(id, report.figures);
          const traced = found && (await trace(found, catalogue, store));
          const [row] = await store.rows(traced?.sql ?? '');
          expect(Number(row?.value ?? 0), id).toBe(Number(found?.figure.value));
          compared.push(id);
        }
      },
    );
    expect(compared).toContain('低保.累计人次');
    expect(compared.length).toBeGreaterThan(4);
  });
});

describe('wrapped lines', () => {
  it('keep numbers whole and begin with no closing mark', () => {
    expect(wrap('共计12345元，其中甲', 10)).toEqual(['共计12345', '元，其中甲']);
    expect(wrap('甲乙丙丁戊，己', 10)).toEqual(['甲乙丙丁', '戊，己']);
    expect(wrap('', 10)).toEqual(['']);
  });
});
