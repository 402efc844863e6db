import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elsewhere, generate } from '../samples/generate.ts';
import { checkDigit } from '../samples/generator/persons.ts';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../samples');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mzreport-samples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function dataFiles(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => /\.(xlsx|csv)$/.test(name)).sort();
}

async function sameBytes(left: string, right: string): Promise<boolean> {
  return (await readFile(left)).equals(await readFile(right));
}

const published = {
  '低保.累计户数': '2092',
  '低保.累计人数': '3028',
  '低保.累计人次': '34000',
  '低保.发放金额': '28504600',
  '低保.一次性生活补贴金额': '2303700',
  '低保.物价补贴金额': '338800',
  '低保.新增户数': '92',
  '低保.新增人数': '136',
  '低保.取消户数': '164',
  '低保.取消人数': '214',
  '低保.单列人数': '18',
  '低保.期末户数': '1928',
  '低保.期末人数': '2814',
  '特困.新增户数': '23',
  '特困.新增人数': '24',
  '特困.取消户数': '6',
  '特困.取消人数': '6',
  '临时救助.人次': '321',
  '临时救助.金额': '1199500',
  '高龄津贴.人次': '203456',
  '高龄津贴.发放金额': '23855000',
  '残疾人两项补贴.发放金额': '3559812',
  '残疾人两项补贴.失能护理费金额': '590834',
  '儿童福利.生活费金额': '714700',
  '儿童福利.护理费金额': '97000',
  '婚姻登记.结婚对数': '2328',
  '婚姻登记.离婚对数': '971',
  '婚姻登记.补领结婚证件数': '492',
  '婚姻登记.补领离婚证件数': '241',
  '核对.住房保障户数': '5061',
  '核对.住房保障人数': '7749',
  '核对.社会救助户数': '2226',
  '核对.社会救助人数': '4374',
  '核对.困难职工户数': '13',
  '核对.困难职工人数': '20',
  '养老服务.适老化改造户数': '415',
  '养老服务.家庭养老床位数': '400',
  '养老服务.居家养老服务人数': '10295',
  '养老服务.机构数': '5',
  '养老服务.床位数': '408',
  '养老服务.居家设施数': '95',
  '养老服务.城镇居家养老服务中心数': '74',
  '养老服务.农村颐养之家数': '21',
  '养老服务.嵌入式设施新增数': '2',
  '婚姻家庭辅导.辅导次数': '311',
  '婚姻家庭辅导.颁证仪式次数': '606',
  '社会组织.新登记数': '32',
  '社会组织.备案期初数': '1116',
  '社会组织.备案期末数': '1576',
  '社会组织.年检数': '211',
  '区划.街道期初数': '9',
  '区划.街道期末数': '7',
  '区划.社区期初数': '90',
  '区划.社区期末数': '91',
  '区划.行政村数': '21',
  '区划.管辖调整社区数': '3',
  '区划.拆分社区数': '3',
  '区划.整合社区数': '6',
  '困难群众探访.探访慰问人次': '176',
  '殡葬.劝阻陋俗起数': '40',
  '婚姻登记.档案查询人次': '740',
  '地名.信息库修改条数': '521',
  '地名.词目表条数': '78',
  '地名.编纂任务条数': '5',
  '地名.勘界任务条数': '9',
  '基层治理.社工站数': '8',
  '基层治理.申报五星级社区数': '5',
  '基层治理.申报四星级社区数': '8',
  '基层治理.申报三星级社区数': '1',
  '残疾人关爱.精神障碍社区康复服务站数': '2',
  '高龄津贴.期末人数': '16815',
};

/** What no other bureau has. */
const own = {
  '暖心实事.财政投入': '11100000',
  '暖心实事.征集项目数': '3322',
  '暖心实事.完成项目数': '469',
  '下年计划.档案电子化投入': '800000',
  '疫情防控.申诉工单数': '6804',
  '疫情防控.申诉通过数': '1847',
  '疫情防控.申诉驳回数': '4957',
};

describe('the committed bureau', () => {
  it('adds up to the published figures, and its files are those that the script makes', async () => {
    const out = path.join(folder, 'committed');
    const ledger = await generate({ seed: null, out });
    expect(ledger.figures).toMatchObject({ ...published, ...own });
    const names = await dataFiles(out);
    expect(await dataFiles(samples)).toEqual(names);
    for (const name of names) {
      // Bytes, not only content: the script takes the time of writing out of the zip, so that git sees no change.
      expect(await sameBytes(path.join(out, name), path.join(samples, name)), name).toBe(true);
    }
  }, 120_000);

  it('stays under 6 MB', async () => {
    const sizes = (await dataFiles(samples)).map(async (name) => (await stat(path.join(samples, name))).size);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThan(6 * 1024 * 1024);
  });
});

describe.each(elsewhere)('the sample $folder', ({ folder: name, make }) => {
  it('is what the script makes, in less than 1.5 MB', async () => {
    const home = path.join(samples, name);
    const files = await make();
    expect(await dataFiles(home)).toEqual(files.map((file) => file.name).sort());
    for (const file of files) {
      expect((await readFile(path.join(home, file.name))).equals(file.bytes), file.name).toBe(true);
    }
    expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(1.5 * 1024 * 1024);
  }, 120_000);
});

describe('another bureau', () => {
  it('comes out the same again from the same seed', async () => {
    const first = path.join(folder, 'first');
    const again = path.join(folder, 'again');
    expect(await generate({ seed: 7, out: first })).toEqual(await generate({ seed: 7, out: again }));
    for (const name of await readdir(first)) {
      expect(await sameBytes(path.join(first, name), path.join(again, name)), name).toBe(true);
    }
  });

  it('differs from seed to seed in its figures and place, and has figures for the same indicators', async () => {
    const one = await generate({ seed: 1, out: path.join(folder, 'one') });
    const two = await generate({ seed: 2, out: path.join(folder, 'two') });
    expect(one.place).not.toBe(two.place);
    expect(one.figures).not.toEqual(two.figures);
    expect(Object.keys(one.figures)).toEqual(Object.keys(two.figures));
    expect(Object.keys(one.figures)).toEqual(expect.arrayContaining(Object.keys(published)));
  });
});

describe('the IDs of the samples', () => {
  it('end in the check digit of GB 11643', () => {
    expect(checkDigit('11010519491231002')).toBe('X');
    expect(checkDigit('44052418800101001')).toBe('4');
  });

  it('begin with an area that no county has', async () => {
    const bytes = await readFile(path.join(samples, '婚姻登记2022.csv'));
    const ids = new TextDecoder('gb18030').decode(bytes).match(/\d{17}[\dX]/g) ?? [];
    expect(ids.length).toBeGreaterThan(1000);
    expect(ids.filter((id) => !id.startsWith('990') || checkDigit(id.slice(0, 17)) !== id[17])).toEqual([]);
  });
});
