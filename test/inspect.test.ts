/** inspect and init: what they say, what they write, and that the next run obeys. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../src/cli.ts';
import { read, readSource } from '../src/read/index.ts';
import { runCli, summarize } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));
let place = folder;
let number = 0;
beforeEach(() => {
  number += 1;
  place = join(folder, String(number));
  mkdirSync(place);
});

function write(name: string, text: string): string {
  const path = join(place, name);
  writeFileSync(path, text);
  return path;
}

const LIST = `甲县2022年高龄津贴发放表,,,,
街道,发放月份,人次,发放金额（元）,经办
东街道,2022年1月,4,400,样例经办一
西街道,2022年12月,3,300,样例经办二
`;

describe('inspect', () => {
  it('says what a sheet is and why, column by column, with masked samples', async () => {
    const path = write(
      '甲县临时救助2022.csv',
      '甲县2022年临时救助发放明细\n姓名,身份证号,联系电话,救助金额（元）,审批时间,摘要\n样例甲一,11010519491231002X,13800000000,1000,2022-03-05,样例内容文字\n',
    );
    const { code, stdout } = await runCli('inspect', path);
    expect(code).toBe(0);
    expect(stdout).toContain('发放·临时救助，用1行');
    expect(stdout).toMatch(/A {2}姓名 → 姓名（不存），如 样\*\*\*/);
    expect(stdout).toMatch(/B {2}身份证号 → 身份证号（人员标识），如 1101\*{10}002X/);
    expect(stdout).toMatch(/D {2}救助金额（元） → 发放金额（金额），如 1000/);
    expect(stdout).toMatch(/F {2}摘要 → 不用，如 样\*\*\*/);
    for (const secret of ['样例甲一', '11010519491231002X', '13800000000', '样例内容'])
      expect(stdout).not.toContain(secret);
  });

  it('writes 识别 and leaves every other byte of the file as it is', async () => {
    const path = write('甲县高龄津贴2022.csv', LIST);
    const before = '# 我的配置\n地区:   甲县   # 手写的\n';
    const after = '\n# 末尾的说明\n成文日期: 2023年1月10日\n';
    const config = write('mzreport.yaml', `${before}识别: []\n${after}`);
    expect((await runCli('inspect', path, '--config', config, '--write', config)).code).toBe(0);
    const text = readFileSync(config, 'utf8');
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
    expect(text).toContain('发放月份: 年月');
  });

  it('is obeyed by the next run when a person corrected it, also for next year’s file with the same head', async () => {
    const path = write('甲县高龄津贴2022.csv', LIST);
    const config = join(place, 'mzreport.yaml');
    await runCli('inspect', path, '--write', config);
    const corrected = readFileSync(config, 'utf8')
      .replace('人次: 人次', '人次: 不用')
      .replace('经办: 不用', '经办: 备注');
    writeFileSync(config, corrected);
    const next = write('甲县高龄津贴2023.csv', LIST.replaceAll('2022', '2023'));
    const result = await summarize(next, '--config', config, '--out', join(place, 'out'));
    const texts = Object.fromEntries(result.figures.map(({ id, text }) => [id, text]));
    expect(texts['高龄津贴.发放金额']).toBe('0.07万元');
    expect(texts['高龄津贴.人次']).toContain('待核');
    expect(result.problems.map(({ kind }) => kind)).not.toContain('layout-drift');
  });

  it('reports columns that came and went since', async () => {
    const path = write('甲县高龄津贴2022.csv', LIST);
    const config = join(place, 'mzreport.yaml');
    await runCli('inspect', path, '--write', config);
    const next = write('甲县高龄津贴2023.csv', LIST.replaceAll('2022', '2023').replace('经办', '复核人员'));
    const result = await summarize(next, '--config', config, '--out', join(place, 'out'));
    const drift = result.problems.find(({ kind }) => kind === 'layout-drift');
    expect(drift?.message).toContain('缺少的列有经办，新增的列有复核人员');
    expect(result.figures.find(({ id }) => id === '高龄津贴.人次')?.text).toBe('7人次');
  });
});

describe('init', () => {
  it('asks three things and writes a configuration and two fill-in sheets', async () => {
    const asked: string[] = [];
    const code = await run({
      argv: ['node', 'mzreport', 'init', '--out', place],
      stdin: Readable.from(['甲县\n', '2023\n', '\n']),
      stdout: { write: (text: string) => asked.push(text) },
      stderr: { write: (text: string) => asked.push(text) },
    });
    expect(code, asked.join('')).toBe(0);
    const config = readFileSync(join(place, 'mzreport.yaml'), 'utf8');
    expect(config).toMatch(/^地区: 甲县$/m);
    expect(config).toMatch(/^单位: 甲县民政局$/m);
    const facts = await readColumn('手工填报.xlsx');
    expect(facts).toContain('低保.标准');
    expect(facts).toContain('人口.户籍人口');
    expect(await readColumn('任务指标.xlsx')).toContain('养老服务.家庭养老床位数');
  });

  it('leaves out what the exports already give', async () => {
    const path = write('甲县高龄津贴2022.csv', LIST);
    const code = await run({
      argv: ['node', 'mzreport', 'init', path, '--out', place],
      stdin: Readable.from(['\n\n\n']),
      stdout: { write: () => {} },
      stderr: { write: () => {} },
    });
    expect(code).toBe(0);
    const facts = await readColumn('手工填报.xlsx');
    expect(facts).not.toContain('高龄津贴.人次');
    expect(facts).toContain('低保.标准');
  });

  it('what it wrote is understood when filled in', async () => {
    const filled = write(
      '手工填报.csv',
      '指标,说明,值,单位,期间,来源\n低保.标准,低保标准,900,元/人·月,2022年,文件\n',
    );
    const result = await summarize(filled, write('甲县高龄津贴2022.csv', LIST), '--out', join(place, 'out'));
    expect(result.figures.find(({ id }) => id === '低保.标准')?.text).toBe('900元');
  });

  async function readColumn(name: string): Promise<string[]> {
    const [sheet] = await read(await readSource(join(place, name)));
    return (sheet?.head ?? []).map(({ cells }) => cells[0] ?? '');
  }
});
