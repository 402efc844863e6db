/** What changed between two facts and why, on one page. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Difference } from '../../src/facts/index.ts';
import { toFactsText } from '../../src/facts/index.ts';
import type { Facts } from '../../src/model.ts';
import { toPersonId } from '../rollup/counties.ts';
import { runCli } from '../support/run.ts';

const home = mkdtempSync(join(tmpdir(), 'mzreport-diff-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Runs on a folder of these files and gives the path of its facts. */
async function runOn(name: string, files: Record<string, string>, config = ''): Promise<string> {
  const folder = join(home, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  writeFileSync(join(home, `${name}.yaml`), config);
  const out = join(home, `${name}出`);
  const options = ['--config', join(home, `${name}.yaml`), '--kind', 'annual', '--format', 'txt'];
  const outcome = await runCli(
    'summarize',
    folder,
    '--place',
    '甲县',
    '--year',
    '2022',
    '--out',
    out,
    '--quiet',
    ...options,
  );
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  return join(out, readdirSync(out).find((each) => each.endsWith('.facts.json')) ?? '');
}

const HEAD = '户编号,身份证号,保障人数,发放年月,发放合计（元）';
const rows = (...lines: string[]) => `${[HEAD, ...lines].join('\n')}\n`;
const FIRST = `H1,${toPersonId(1)},2,2022-01,600`;
const SECOND = `H2,${toPersonId(2)},1,2022-01,400`;
const STATED = '指标,值,单位,上年值\n人口.户籍人口,40,万人,38\n低保.标准,855,元,795\n';
const TARGETS = '指标,目标值,单位,下达单位\n低保.累计人次,4,人次,市局\n';

let was = '';
let now = '';
beforeAll(async () => {
  was = await runOn('原', {
    '低保发放.csv': rows(FIRST, SECOND),
    '手工填报.csv': STATED,
    '任务指标.csv': TARGETS,
  });
  now = await runOn('现', {
    '低保发放.csv': rows(FIRST, SECOND, `H3,${toPersonId(3)},1,2022-01,250`),
    '手工填报.csv': '指标,值,单位,上年值\n人口.户籍人口,41,万人,38\n特困.标准,1100,元,\n',
    '任务指标.csv': TARGETS.replace(',4,', ',5,'),
  });
}, 60_000);

async function diff(a: string, b: string): Promise<Difference & { reasons: (id: string) => string }> {
  const { code, stdout, stderr } = await runCli('diff', a, b, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const difference = JSON.parse(stdout) as Difference;
  const find = (id: string) => difference.changed.find((each) => each.id === id);
  return {
    ...difference,
    reasons: (id) => `${find(id)?.was} → ${find(id)?.now}：${find(id)?.reasons.join('；')}`,
  };
}

describe('mzreport diff', () => {
  it('says nothing changed where nothing did', async () => {
    const { code, stdout } = await runCli('diff', was, was);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^原 .*（甲县2022年）\n现 .*（甲县2022年）\n材料、口径和设置都相同\n没有变的数\d+个\n$/,
    );
  });

  it('tells was, now and why: new rows, stated values, targets, what follows from them', async () => {
    const { reasons } = await diff(was, now);
    // 600 + 400 and + 250; 3 and 4 人次.
    expect(reasons('低保.发放金额')).toBe('0.1万元 → 0.13万元：低保发放.csv计入的行由2变为3');
    expect(reasons('低保.累计人次')).toBe('3人次 → 4人次：低保发放.csv计入的行由2变为3');
    // 1000 ÷ 3 and 1250 ÷ 4.
    expect(reasons('低保.月人均补差')).toBe('333.33元 → 312.5元：低保金发放金额、低保累计保障人次变了');
    expect(reasons('人口.户籍人口')).toBe('40万人 → 41万人：填报的值变了（手工填报.csv第2行）');
    // 40 ÷ 38 and 41 ÷ 38.
    expect(reasons('人口.户籍人口#同比')).toBe('同比增长5.3% → 同比增长7.9%：户籍人口变了');
    // 3 of 4, 4 of 5.
    expect(reasons('低保.累计人次#完成率')).toMatch(
      /^75% → 80%：低保累计保障人次变了；目标由“.*目标4人次.*”变为“.*目标5人次/,
    );
  });

  it('lists what the two were made of, what appeared and what went', async () => {
    const { causes, appeared, gone, same } = await diff(was, now);
    expect(causes).toEqual(
      [
        '内容变了的文件 低保发放.csv',
        '内容变了的文件 手工填报.csv',
        '内容变了的文件 任务指标.csv',
        '低保发放.csv用的行由2变为3',
        '低保累计保障人次的目标由4人次（市局）变为5人次（市局）',
      ].toSorted((a, b) => causes.indexOf(a) - causes.indexOf(b)),
    );
    expect(appeared.map(({ id, text }) => [id, text])).toContainEqual(['特困.标准', '1100元']);
    expect(gone.map(({ id }) => id)).toContain('低保.标准#同比');
    expect(same).toBeGreaterThan(0);
  });

  it('tells another method, other indicators and another mapping', async () => {
    const input = { '低保发放.csv': rows(FIRST, SECOND) };
    const [plain, other] = [
      await runOn('口径一', input),
      await runOn(
        '口径二',
        input,
        '口径: {月人均: 按期末人数}\n指标: {本局: {户数: {名称: 本局户数, 单位: 户, 类别: 当期数, 取自: payouts, 条件: {业务: 低保}, 计算: 户数去重}}}\n',
      ),
    ];
    const { causes, reasons, appeared } = await diff(plain, other);
    expect(causes).toContain('口径“月人均”由（没有）变为按期末人数');
    expect(causes).toContain('mzreport.yaml 的“指标”不同');
    expect(reasons('低保.月人均补差')).toContain('公式由“低保.发放金额 ÷ 低保.累计人次（月人均按人次）”变为');
    expect(appeared.map(({ id, text }) => [id, text])).toEqual([['本局.户数', '2户']]);
    const renamed = await runOn('识别', {
      '低保发放.csv': rows(FIRST, SECOND).replace('保障人数', '不知何数'),
    });
    const mapped = await diff(plain, renamed);
    expect(mapped.causes).toContain('低保发放.csv的列“保障人数”由保障人数变为不用');
    expect(mapped.reasons('低保.累计人次')).toContain('的列“保障人数”由保障人数变为不用');
  });

  it('tells another period, another 口径 and rounding that hides a change', async () => {
    const facts = JSON.parse(readFileSync(was, 'utf8')) as Facts;
    const put = (name: string, change: (copy: Facts) => void) => {
      const copy = structuredClone(facts);
      change(copy);
      const { setup, checksum: _, ...report } = copy;
      writeFileSync(join(home, name), toFactsText(report, setup));
      return join(home, name);
    };
    const later = put('另.facts.json', (copy) => {
      copy.period = { from: '2022-01', to: '2022-06' };
      for (const figure of copy.figures) {
        if (figure.id !== '低保.发放金额') continue;
        figure.value = '1010';
        if (figure.basis.type === 'rows') figure.basis.filter = '取自发放，业务=低保';
      }
    });
    const { causes, reasons } = await diff(was, later);
    expect(causes).toContain('时期由2022年变为2022年上半年');
    expect(reasons('低保.发放金额')).toMatch(
      /^0\.1万元（0\.1） → 0\.1万元（0\.101）：取数条件由“.*款项=低保金”变为“取自发放，业务=低保”$/,
    );
  });

  it('keeps to one page, and says what it cut', async () => {
    const facts = JSON.parse(readFileSync(was, 'utf8')) as Facts;
    const { setup, checksum: _, ...report } = facts;
    const [model] = facts.figures.filter(({ id }) => id === '低保.发放金额');
    const figures = Array.from({ length: 50 }, (_, i) => ({
      ...structuredClone(model),
      id: `多.数${i}`,
    })) as Facts['figures'];
    const path = join(home, '多.facts.json');
    writeFileSync(path, toFactsText({ ...report, figures: [...report.figures, ...figures] }, setup));
    const short = await runCli('diff', was, path);
    expect(short.stdout).toContain('新出现的数50个');
    expect(short.stdout).toContain('还有20个没有列出，加 --all 全部列出');
    expect(short.stdout.split('\n').length).toBeLessThan(60);
    const whole = await runCli('diff', was, path, '--all');
    expect(whole.stdout.match(/低保金发放金额：0\.1万元/g)).toHaveLength(50);
  });

  it('shows what a person changed by hand, and refuses what is no facts', async () => {
    writeFileSync(join(home, '改.facts.json'), readFileSync(was, 'utf8').replaceAll('"3人次"', '"8人次"'));
    const { stdout } = await runCli('diff', was, join(home, '改.facts.json'));
    expect(stdout).toContain('写出以后被人改过');
    expect(stdout).toContain('低保累计保障人次：3人次 → 8人次');
    const refused = await runCli('diff', was, join(home, '原.yaml'));
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('“原.yaml”不是本程序写出的 facts.json'),
    });
  });
});
