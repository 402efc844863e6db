/** Policy arithmetic by institution, funds, and single periods, on small tables whose sums stand beside them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figure, Report } from '../../src/model.ts';
import { type Result, summarize } from '../support/run.ts';

type Figures = Record<string, Figure>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function run(
  files: Record<string, string>,
  ...args: string[]
): Promise<{ result: Result; draft: string; figures: Figures }> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-parts-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const inputs = Object.keys(files).filter((name) => name.endsWith('.csv'));
  const config = files['mzreport.yaml'] === undefined ? [] : ['--config', join(folder, 'mzreport.yaml')];
  const result = await summarize(
    ...inputs.map((name) => join(folder, name)),
    ...config,
    ...['--place', '甲县', '--out', join(folder, 'out'), '--format', 'txt', ...args],
  );
  const facts = readdirSync(join(folder, 'out')).find((name) => name.endsWith('.facts.json')) ?? '';
  const report = JSON.parse(readFileSync(join(folder, 'out', facts), 'utf8')) as Report;
  const text = readdirSync(join(folder, 'out')).find((name) => name.endsWith('.txt')) ?? '';
  const draft = readFileSync(join(folder, 'out', text), 'utf8');
  return { result, draft, figures: Object.fromEntries(report.figures.map((figure) => [figure.id, figure])) };
}

/** Residents by home and ability, each a row. */
const residents = (home: string, counts: Record<string, number>): string =>
  Object.entries(counts)
    .flatMap(([ability, count]) => Array.from({ length: count }, () => `${home},老人,${ability},2020-01-01,`))
    .join('\n');
const staff = (home: string, counts: Record<string, number>): string =>
  Object.entries(counts)
    .flatMap(([post, count]) => Array.from({ length: count }, () => `${home},员工,${post},2021-01-01`))
    .join('\n');

const HOMES = {
  // 东院: 20/10 + 12/6 + 10/3 = 7.33…, so 8; 42 residents need a deputy. 西院: 11/10 = 1.1, so 2; 11 residents need 3 of all.
  '敬老院在住名册2024.csv': `敬老院在住人员名册\n机构名称,姓名,自理能力,入住日期,退住日期\n${residents('东院', { 全自理: 20, 半失能: 12, 失能: 10 })}\n${residents('西院', { 全自理: 11 })}\n东院,已走,失能,2020-01-01,2024-03-01\n`,
  '敬老院工作人员2024.csv': `敬老院工作人员名册\n机构名称,姓名,岗位,入职日期\n${staff('东院', { 院长: 1, 护理员: 6 })}\n${staff('西院', { 护理员: 3 })}\n`,
  '手工填报.csv': `指标,值,单位,期间\n敬老院.全自理配比标准,10,人,2024年\n敬老院.半失能配比标准,6,人,2024年\n敬老院.失能配比标准,3,人,2024年\n敬老院.小型院人数标准,30,人,2024年\n敬老院.小型院最低配备标准,3,人/所,2024年\n敬老院.院长配备标准,1,名/所,2024年\n敬老院.配副院长人数标准,40,人,2024年\n敬老院.副院长配备标准,1,名/所,2024年\n敬老院.失能补助标准,500,元/人·月,2024年\n敬老院.半失能补助标准,200,元/人·月,2024年\n`,
};

describe('homes', () => {
  let figures: Figures;
  beforeAll(async () => {
    ({ figures } = await run(HOMES, '--year', '2024'));
  });

  it.each([
    ['敬老院.所数', '2所'],
    ['敬老院.在住人数', '53人'],
    ['敬老院.失能人数', '10人'],
    ['敬老院.应配护理员数', '10人'],
    ['敬老院.护理员数', '9人'],
    // 东院 lacks two; what 西院 has too many does not help.
    ['敬老院.护理员缺额', '2人'],
    ['敬老院.护理员不足所数', '1所'],
    ['敬老院.应配院长数', '2人'],
    ['敬老院.院长缺额', '1人'],
    ['敬老院.应配副院长数', '1人'],
    ['敬老院.副院长缺额', '1人'],
    // 东院 8 + 1 + 1 = 10 and 西院 2 + 1 = 3.
    ['敬老院.应配管理服务人员数', '13人'],
    ['敬老院.管理服务人员缺额', '3人'],
    // 10 × 500 + 12 × 200 = 7400 a month, 88800 a year.
    ['敬老院.月补助应拨金额', '0.74万元'],
    ['敬老院.年补助应拨金额', '8.88万元'],
  ])('%s is %s', (id, text) => {
    expect(figures[id]?.text).toBe(text);
  });

  it('are told one by one', () => {
    const parts = (id: string) =>
      figures[id]?.parts?.map(({ by, name, text }) => `${by} ${name} ${text}`).sort();
    expect(parts('敬老院.应配护理员数')).toEqual(['机构名称 东院 8人', '机构名称 西院 2人']);
    expect(parts('敬老院.护理员缺额')).toEqual(['机构名称 东院 2人', '机构名称 西院 0人']);
  });

  it('whose roll of staff does not name one of them leave the sum open', async () => {
    const without = {
      ...HOMES,
      '敬老院工作人员2024.csv': HOMES['敬老院工作人员2024.csv'].replace(/^西院.*\n/gm, ''),
    };
    const { figures: open } = await run(without, '--year', '2024');
    expect(open['敬老院.护理员数']?.text).toBe('6人');
    expect(open['敬老院.护理员缺额']?.text).toBe('〔待核：西院：没有西院的敬老院护理员数〕');
  });

  it('that a row does not name leave the figure open', async () => {
    const key = '敬老院工作人员2024.csv';
    const { figures: open } = await run(
      { ...HOMES, [key]: `${HOMES[key]},员工,护理员,2021-01-01\n` },
      '--year',
      '2024',
    );
    expect(open['敬老院.护理员数']?.text).toBe('〔待核：有的行缺少机构名称〕');
  });
});

describe('funds', () => {
  const table = `2023年养老服务专项资金台账\n项目,资金来源,日期,下达金额（万元）,到位金额（万元）,支出金额（万元）\n居家养老,中央彩票公益金,2023-03-01,4313.64,,\n居家养老,中央彩票公益金,2023-04-01,,4000,\n居家养老,中央彩票公益金,2023-06-01,,,3000\n居家养老,中央彩票公益金,2023-09-01,,,906\n居家养老,中央彩票公益金,2023-11-01,,,100\n居家养老,省级,2023-03-01,50,50,50\n合计,,,4363.64,4050,4056\n`;
  const own = `指标:\n  本局:\n    下达: {名称: 下达, 单位: 万元, 类别: 当期数, 取自: funds, 条件: {资金来源: 中央彩票公益金}, 计算: 合计, 字段: 下达金额}\n    支出: {名称: 支出, 单位: 万元, 类别: 当期数, 取自: funds, 条件: {资金来源: 中央彩票公益金}, 计算: 合计, 字段: 支出金额}\n    执行率: {名称: 执行率, 单位: '%', 类别: 比率, 小数: 2, 公式: 本局.支出 / 本局.下达}\n    来源数: {名称: 来源数, 单位: 个, 类别: 当期数, 取自: funds, 计算: 去重, 字段: 资金来源}\n`;

  it('are rows that count by their dates', async () => {
    const { result, figures } = await run(
      { '资金台账.csv': table, 'mzreport.yaml': own },
      ...['--period', '2023年1-9月'],
    );
    expect(figures['本局.下达']?.text).toBe('4313.64万元');
    expect(figures['本局.支出']?.text).toBe('3906万元');
    expect(figures['本局.执行率']?.text).toBe('90.55%');
    expect(figures['本局.来源数']?.text).toBe('2个');
    expect(result.sheets[0]).toMatchObject({ dataset: 'funds', read: 7, used: 5 });
  });

  it('of a year count for each part of it where rows name only the year', async () => {
    const plan =
      '2023年民政资金绩效自评表\n项目名称,全年预算数（万元）,资金到位（万元）,全年执行数（万元）\n低保,1000,900,850\n养老,500,500,200\n';
    const { figures } = await run({ '资金绩效.csv': plan }, '--period', '2023年1-9月');
    expect(figures['资金.预算金额']?.text).toBe('1500万元');
    expect(figures['资金.执行率']?.text).toBe('70%');
    expect(figures['资金.到位率']?.text).toBe('93.33%');
  });

  it('of which a project lacks what was spent are not taken for nothing', async () => {
    const plan =
      '2023年民政资金绩效自评表\n项目名称,全年预算数（万元）,全年执行数（万元）\n低保,1000,850\n养老,500,\n';
    const { figures } = await run({ '资金绩效.csv': plan }, '--year', '2023');
    expect(figures['资金.支出金额']?.text).toBe('〔待核：有1行缺少支出金额〕');
    expect(figures['资金.执行率']?.status).toBe('pending');
  });
});

describe('an indicator with a period of its own', () => {
  const paid = (month: string, amount: number) => `东镇,H1,户主,2,${month},${amount}`;
  const table = `甲县低保金发放明细\n乡镇,户编号,户主姓名,保障人数,发放年月,发放金额（元）\n${paid('2021-05', 100)}\n${paid('2022-01', 10)}\n${paid('2022-02', 20)}\n${paid('2022-04', 40)}\n`;
  const indicator = (name: string, time: string) =>
    `    ${name}: {名称: ${name}, 单位: 元, 类别: 当期数, 取自: payouts, 条件: {业务: 低保}, 计算: 金额合计, 时间: ${time}}\n`;
  const own = `指标:\n  本局:\n${indicator('去年', '上年')}${indicator('四月', '当月')}${indicator('以来', '2021年以来')}    平均: {名称: 月均人数, 单位: 人, 类别: 当期数, 取自: payouts, 条件: {业务: 低保}, 计算: 月平均, 小数: 1}\n`;

  it('of the last seven days counts by days', async () => {
    const day = (text: string) => `东镇,核对户,${text}`;
    const log = `家庭经济状况核对台账\n乡镇,户编号,核对日期\n${['2022-11-30', '2022-12-24', '2022-12-25', '2022-12-31'].map(day).join('\n')}\n`;
    const week = `指标:\n  本局:\n    近七日: {名称: 近七日核对, 单位: 件, 类别: 当期数, 取自: events, 条件: {业务: 家庭经济状况核对}, 计算: 行数, 时间: 近七日}\n`;
    const { figures } = await run({ '核对台账.csv': log, 'mzreport.yaml': week }, '--year', '2022');
    expect(figures['本局.近七日']).toMatchObject({
      text: '2件',
      period: { from: '2022-12-25', to: '2022-12-31' },
    });
  });

  it('that never changes is not compared with itself', async () => {
    const before = table.replaceAll('2022', '2020').replaceAll('2021', '2019');
    const fixed = `指标:\n  本局:\n${indicator('某年', '2021年')}`;
    const { figures } = await run(
      { '低保发放.csv': table, '低保发放上年.csv': before, 'mzreport.yaml': fixed },
      ...['--period', '2022年1-4月'],
    );
    expect(figures['本局.某年']).toMatchObject({ text: '100元', lastYear: null });
  });

  it('counts the rows of that period, and none of them is set aside', async () => {
    const { result, figures } = await run(
      { '低保发放.csv': table, 'mzreport.yaml': own },
      ...['--period', '2022年1-4月'],
    );
    expect(figures['低保.发放金额']?.text).toBe('0.01万元');
    expect(figures['本局.去年']?.text).toBe('100元');
    expect(figures['本局.四月']?.text).toBe('40元');
    expect(figures['本局.以来']?.text).toBe('170元');
    // Two persons in each of the three months that have rows.
    expect(figures['本局.平均']?.text).toBe('2人');
    expect(result.sheets[0]).toMatchObject({ read: 4, used: 4 });
    expect(result.problems.map(({ kind }) => kind)).not.toContain('other-period');
  });

  it('leaves a row outside that nobody looks at, and says which', async () => {
    const { result } = await run(
      { '低保发放.csv': `${table}${paid('2020-12', 5)}\n`, 'mzreport.yaml': own },
      ...['--period', '2022年1-4月'],
    );
    expect(result.sheets[0]).toMatchObject({ read: 5, used: 4 });
    expect(result.problems).toContainEqual(
      expect.objectContaining({ kind: 'other-period', row: 7, count: 1 }),
    );
  });
});

describe('月人均补差', () => {
  // 300 and 100 in two months for three persons, then two: 400 ÷ 5; at the end one person stands on the roll: 400 ÷ 2 ÷ 1.
  const paid =
    '低保金发放明细\n户编号,户主姓名,保障人数,发放年月,发放金额（元）\nH1,甲,3,2022-01,300\nH1,甲,2,2022-02,100\n';
  const roll =
    '低保对象名册\n户编号,姓名,身份证号,与户主关系,起始日期,停止日期\nH1,甲,11010519491231002X,本人,2020-01-01,\nH1,乙,440524188001010014,父亲,2020-01-01,2022-03-01\n';
  const files = { '低保金发放明细2022.csv': paid, '低保对象名册2022.csv': roll };

  it.each([
    ['按人次', '80元'],
    ['按期末人数', '200元'],
  ])('%s is %s, and says so', async (method, text) => {
    const { figures } = await run(
      { ...files, 'mzreport.yaml': `口径: {月人均: ${method}}\n` },
      '--year',
      '2022',
    );
    const figure = figures['低保.月人均补差'];
    expect(figure?.text).toBe(text);
    expect(figure?.basis).toMatchObject({
      type: 'derived',
      formula: expect.stringContaining(`月人均${method}`),
    });
  });
});

describe('areas', () => {
  // 李 lives in both towns in turn: two towns of two and two persons, three persons in all.
  const rows = [
    ['东镇', '一村', '110105194912310021', '2022-01', 100],
    ['东镇', '二村', '440524188001010014', '2022-01', 300],
    ['西镇', '一村', '440524188001010014', '2022-02', 500],
    ['西镇', '一村', '11010519491231002X', '2022-02', 100],
  ].map((cells) => cells.join(','));
  const table = `临时救助发放明细\n乡镇,村,身份证号,发放年月,救助金额（元）\n${rows.join('\n')}\n`;
  const template =
    '# 甲县\n\n{{#各地 临时救助.人数 临时救助.次均水平}}{{地名}}{{临时救助.人数}}、{{临时救助.次均水平}}；{{/各地}}\n\n{{#各地 临时救助.金额 "村社区"}}{{地名}}{{临时救助.金额}}；{{/各地}}\n\n最高{{最高 临时救助.金额}}。\n';

  it('have their own distinct persons and averages, and the whole is not their sum', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mzreport-areas-'));
    folders.push(folder);
    writeFileSync(join(folder, 'areas.hbs'), template);
    const { figures, draft } = await run(
      { '临时救助发放2022.csv': table },
      ...['--year', '2022', '--template', join(folder, 'areas.hbs')],
    );
    expect(figures['临时救助.人数']?.text).toBe('3人');
    expect(figures['临时救助.次均水平']?.text).toBe('250元');
    expect(draft).toContain('东镇2人、200元；西镇2人、300元；');
    expect(draft).toContain('一村0.01万元；二村0.03万元；一村0.06万元；');
    expect(draft).toContain('最高西镇（0.06万元）。');
    expect(figures['临时救助.金额']?.parts?.filter(({ by }) => by === '村社区')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: '一村', within: '东镇', value: '100' }),
        expect.objectContaining({ name: '一村', within: '西镇', value: '600' }),
      ]),
    );
    expect(figures['临时救助.户数']?.parts).toBeUndefined();
  });

  it('of a city are its counties first', async () => {
    const beds = ['甲区', '甲区', '乙县', '丙县'].map(
      (county, index) => `${county},城关镇,CW${index},已建成,2022-03-01`,
    );
    const folder = mkdtempSync(join(tmpdir(), 'mzreport-areas-'));
    folders.push(folder);
    const shown = '{{#各地 养老服务.家庭养老床位数}}{{地名}}{{养老服务.家庭养老床位数}}；{{/各地}}';
    const towns =
      '{{#各地 养老服务.家庭养老床位数 "乡镇街道"}}{{地名}}{{养老服务.家庭养老床位数}}，{{/各地}}';
    writeFileSync(join(folder, 'areas.hbs'), `# 某市\n\n${shown}\n\n${towns}\n`);
    const { figures, draft } = await run(
      {
        '家庭养老床位台账.csv': `家庭养老床位台账\n县区,乡镇,登记编号,建设状态,建成日期\n${beds.join('\n')}\n`,
      },
      ...['--year', '2022', '--template', join(folder, 'areas.hbs')],
    );
    expect(draft).toContain('甲区2张；乙县1张；丙县1张；');
    // Three towns of one name are not one town.
    expect(draft).toContain('城关镇2张，城关镇1张，城关镇1张，');
    expect(figures['养老服务.家庭养老床位数']?.text).toBe('4张');
  });
});
