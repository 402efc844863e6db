import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Result, summarize } from './support/run.ts';

const home = mkdtempSync(join(tmpdir(), 'mzreport-measures-'));
afterAll(() => rmSync(home, { recursive: true }));

const list = [
  '序号,措施,牵头单位,指标名称,目标值,单位,期间',
  '1,完善床位,区民政局,养老服务.床位数,100,张,2024年',
  '2,增加机构,"区民政局、区财政局",养老服务.机构数,3,家,2024年',
  '2,增加机构,"区民政局、区财政局",养老服务.床位数,150,张,2024年',
  '3,开展探访,区民政局,困难群众探访.探访慰问人次,10,人次,2024年',
  '4,办好食堂,区民政局,养老服务.床位数,100,张,2024年',
  '4,办好食堂,区民政局,没有的指标,5,个,2024年',
  '5,加强 | 领导,,,,,',
];
const homes = [
  '设施名称,设施类型,床位数,投入运营日期,运营状态',
  '甲敬老院,敬老院,60,2015-01-01,运营中',
  '乙敬老院,敬老院,60,2016-01-01,运营中',
];

describe('the measures of a policy', () => {
  let draft = '';
  let result: Result;
  beforeAll(async () => {
    writeFileSync(join(home, '措施清单.csv'), list.join('\n'));
    writeFileSync(join(home, '某某区养老机构台账2024.csv'), homes.join('\n'));
    result = await summarize(
      join(home, '措施清单.csv'),
      join(home, '某某区养老机构台账2024.csv'),
      '--kind',
      'measures',
      '--year',
      '2024',
      '--out',
      join(home, 'out'),
    );
    draft = readFileSync(
      result.written.find(({ path }) => path.endsWith('.txt'))?.path ?? '',
      'utf8',
    ).replaceAll('\r\n', '\n');
  });

  it('stand one by one, numbered, with lead unit, target, figure and state', () => {
    expect(draft).toContain(
      '　　1.完善床位\n　　牵头单位：区民政局。养老机构床位数：目标100张，实际120张，已完成。\n',
    );
  });

  it('are undone when one of their targets is not reached', () => {
    expect(draft).toContain(
      '牵头单位：区民政局、区财政局。养老机构数：目标3家，实际2家，未完成。养老机构床位数：目标150张，实际120张，未完成。',
    );
    expect(draft).toContain('未完成的措施：增加机构（区民政局、区财政局）。');
  });

  it('are not called done where a figure is missing or a row could not be used', () => {
    expect(draft).toMatch(/困难群众探访慰问人次：目标10人次，实际〔待核：[^〕]+〕，待核。/);
    expect(draft).toContain(
      '没有的指标：目标〔待核：“没有的指标”的目标没有采用〕，实际〔待核：“没有的指标”的目标没有采用〕，待核。',
    );
    expect(draft).toContain('共有措施5条。按各条措施的量化目标衡量，已完成1条，未完成1条，待核3条。');
  });

  it('without a number or a lead unit are left to a person', () => {
    expect(draft).toContain(
      '5.加强领导\n　　牵头单位：〔待填：牵头单位〕。没有量化目标，落实情况〔待填：由牵头单位说明〕。',
    );
  });

  it('leave no row of the list unaccounted for', () => {
    const sheet = result.sheets.find(({ file }) => file === '措施清单.csv');
    expect(sheet).toMatchObject({ dataset: 'targets', read: 7, used: 6 });
    expect(sheet?.setAside).toEqual([{ reason: '指标不在目录中', rows: 1 }]);
  });
});
