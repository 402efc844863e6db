/** What is wrong with an indicator is told with file, line and key, a bureau's own like ours. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `mzreport indicators` says to these own indicators of 本局, which begin in line 3. */
async function tell(...lines: string[]): Promise<string> {
  const path = join(folder, 'mzreport.yaml');
  writeFileSync(path, ['指标:', '  本局:', ...lines.map((line) => `    ${line}`)].join('\n'));
  const { code, stderr } = await runCli('indicators', '--config', path);
  expect(code).toBe(2);
  return stderr.replace(path, 'mzreport.yaml');
}

const GOOD =
  '床位: {名称: 床位, 单位: 张, 类别: 期末数, 取自: roll, 条件: {业务: 养老机构}, 时点: 期末, 计算: 行数}';
const BY =
  '护理员: {名称: 护理员, 单位: 人, 类别: 期末数, 取自: roll, 条件: {业务: 养老机构}, 时点: 期末, 计算: 行数, 按: 机构名称}';

describe('an indicator of a bureau', () => {
  it.each<[string, string[], string[]]>([
    [
      'a formula with an unknown name',
      [GOOD, '空床: {名称: 空床, 单位: 张, 类别: 期末数, 公式: "本局.床位数 - 1"}'],
      ['mzreport.yaml 第4行', '指标“本局.空床”的“公式”引用了不存在的指标“本局.床位数”', '是否指“本局.床位”'],
    ],
    [
      'a formula that does not end',
      ['空床: {名称: 空床, 单位: 张, 类别: 期末数, 公式: "(低保.发放金额 / 2"}'],
      ['第3行', '的“公式”写法不对：写到末尾还缺“)”'],
    ],
    [
      'a circle',
      [
        '甲: {名称: 甲, 单位: 张, 类别: 期末数, 公式: 本局.乙 + 1}',
        '乙: {名称: 乙, 单位: 张, 类别: 期末数, 公式: 本局.甲 + 1}',
      ],
      ['互相引用：本局.甲 → 本局.乙 → 本局.甲'],
    ],
    [
      'counted by institution together with what is not',
      [BY, GOOD, '比: {名称: 比, 单位: 张, 类别: 期末数, 公式: 本局.护理员 - 本局.床位}'],
      ['第5行', '里的“本局.床位”没有按机构名称'],
    ],
    [
      'a field that is not there',
      [GOOD.replace('计算: 行数', '计算: 去重, 字段: 机构名')],
      ['第3行', '的“字段”“机构名”不是字段名称', '机构名称'],
    ],
    [
      'distinct values of numbers',
      [GOOD.replace('计算: 行数', '计算: 去重, 字段: 床位数')],
      ['不是文本、编号或年月，不能去重'],
    ],
    [
      'a time that nobody understands',
      [GOOD.replace('计算: 行数', '计算: 行数, 时间: 前几年')],
      ['“时间”写的“前几年”看不懂', '近3年'],
    ],
    [
      'an average of what is not paid',
      [GOOD.replace('计算: 行数', '计算: 月平均')],
      ['“月平均”只能取自 payouts、events 或 services'],
    ],
    [
      'two ways at once',
      ['甲: {名称: 甲, 单位: 张, 类别: 期末数, 取自: facts, 公式: "1 + 1"}'],
      ['第3行', '要么写“取自”，要么写“公式”'],
    ],
    [
      'an unknown programme',
      [GOOD.replace('业务: 养老机构', '业务: 养老机')],
      ['不在 programmes.yaml 中', '养老机构'],
    ],
  ])('with %s is refused', async (_, lines, told) => {
    const message = await tell(...lines);
    for (const text of told) expect(message).toContain(text);
  });
});

describe('mzreport indicators --explain', () => {
  it('prints what decides the value, in Chinese', async () => {
    const { code, stdout } = await runCli('indicators', '--explain', '低保.月人均补差');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        '名称  低保月人均补差（低保.月人均补差）',
        '算法  低保.发放金额 ÷ 低保.累计人次（月人均按人次）',
        '单位  元，四舍五入到2位小数，末尾的0不印',
      ]),
    );
  });

  it('names the nearest where there is none', async () => {
    const { code, stderr } = await runCli('indicators', '--explain', '低保.发放额');
    expect(code).toBe(2);
    expect(stderr).toContain('没有指标“低保.发放额”，是否指“低保.发放金额”');
  });

  it.each([
    ['月人均: 按月', '口径“月人均”不能是“按月”，可写 按人次、按期末人数'],
    ['人均: 按人次', '没有口径“人均”可选，可写 月人均'],
  ])('refuses a method that there is not: %s', async (setting, told) => {
    const path = join(folder, 'mzreport.yaml');
    writeFileSync(path, `口径: {${setting}}\n`);
    const { code, stderr } = await runCli('indicators', '--config', path);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});
