import { describe, expect, it } from 'vitest';
import { createCheck } from '../../src/audit/index.ts';
import { loadCatalogue } from '../../src/catalogue/index.ts';

const check = createCheck([], null, loadCatalogue());

/** What is said of a text without any data: the number that does not follow, and why. */
const findContradictions = (text: string): string[] =>
  check({ name: '文稿.txt', bytes: new TextEncoder().encode(text) })
    .findings.filter(({ verdict }) => verdict === 'contradictory')
    .map(({ now, reason }) => `${now} ${reason}`);

describe('a text that contradicts itself', () => {
  // 855 / 795 = 1.0755 and 855 / 794 = 1.0768; 1120 / 1035 = 1.0821.
  it('gives a growth of a standard that no whole 元 of last year has', () => {
    const found = findContradictions('将低保、特困供养标准分别提高至855元增长7.6%，1120元增长8.2%。');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^增长7\.6% .*上年794元为7\.7%，上年795元为7\.5%/);
  });

  // 28504600 / 730 = 39047.4; 3028 × 12 = 36336.
  it('pays out more months than its persons have', () => {
    const text = '低保月人均补差达730元。累计为2092户3028名低保对象发放低保金2850.46万元。';
    expect(findContradictions(text)).toEqual([
      expect.stringContaining('39047人月，3028名12个月最多36336人月'),
    ]);
    expect(findContradictions(text.replace('730元', '838.37元'))).toEqual([]);
  });

  it.each([
    ['由1116家增加到1576家，增长41.2%。', 0],
    ['从1116家增加到1576家，增长了41%。', 0],
    ['从1116家增加到1576家，增长了42%。', 1],
    ['从1576家减少到1116家，下降29.2%。', 0],
    ['从1576家减少到1116家，下降41.2%。', 1],
    ['建成床位4413张，完成试点任务指标(4000张)110.3%。', 0],
    ['建成床位4413张，完成试点任务指标(4000张)120.3%。', 1],
    ['户籍人口43.33万人，60岁老人10.62万人，占比24.51%。', 0],
    ['户籍人口43.33万人，60岁老人10.62万人，占比25.41%。', 1],
    ['查出问题23条，已整改18条，整改率78.3%。', 0],
    ['查出问题23条，已整改18条，整改率83.7%。', 1],
    ['在册168人，其中集中供养51人、分散供养117人。', 0],
    ['在册168人，其中集中供养51人、分散供养107人。', 1],
    ['设施95家(城镇中心74家,农村颐养之家21家)。', 0],
    ['设施96家(城镇中心74家,农村颐养之家21家)。', 1],
    ['老年人10.62万人，其中80岁及以上16815人、90岁及以上2173人。', 0],
    ['处理工单6804条，其中通过7847条。', 1],
    ['我区现有养老机构5家，床位充足。我区养老机构只有5家。', 0],
    ['我区现有养老机构5家，床位充足。我区养老机构只有6家。', 1],
    ['2021年养老机构5家。2022年养老机构6家。', 0],
  ])('%s → %i', (text, count) => {
    expect(findContradictions(text)).toHaveLength(count);
  });
});

describe('what is no figure', () => {
  const texts = (text: string) =>
    check({ name: '文稿.txt', bytes: new TextEncoder().encode(text) }).findings.map(({ now }) => now);

  it.each([
    '二、2022年1月至11月工作',
    '3.强化养老服务能力',
    '（2）规范审核，2023-10-12 14:54 发布',
    '按民发〔2022〕3号和第29次会议要求，见附件1',
    '为80岁以上、80-99周岁老年人服务，落实“双百行动”和“365天服务不打烊”',
    '一是一户一档，“十四五”规划',
    '《2023年养老服务20条》',
  ])('%s', (text) => {
    expect(texts(text)).toEqual([]);
  });

  it.each([
    ['发放1,234.5万元，惠及２０人次', ['1,234.5万元', '２０人次']],
    ['惠及高龄老人20.34万余人次，近800小时', ['20.34万余人次', '近800小时']],
    ['新增三千二百户，提高1.2个百分点', ['三千二百户', '提高1.2个百分点']],
    ['补贴50至300元，占24.51％', ['50', '300元', '24.51％']],
  ])('is told from figures: %s', (text, numbers) => {
    expect(texts(text)).toEqual(numbers);
  });

  it('never shows the whole number of a person', () => {
    const found = check({
      name: 'a.txt',
      bytes: new TextEncoder().encode('户主99010119491231002X领取300元'),
    });
    expect(JSON.stringify(found.findings)).not.toContain('99010119491231002');
  });
});
