/** What a sheet is taken for, from the texts that bureaus really write: titles, heads, file names. */
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';
import type { HeadRow, Sheet } from '../src/model.ts';
import { matchColumns } from '../src/recognise/columns.ts';
import { findPeriod, findPlace, recognise, toSynonyms } from '../src/recognise/index.ts';
import { findProgramme } from '../src/recognise/names.ts';

const catalogue = loadCatalogue();
const synonyms = toSynonyms(catalogue);

const toRows = (cells: string[][]): HeadRow[] => cells.map((row, i) => ({ number: i + 1, cells: row }));

/** A sheet of which only the first rows are looked at. */
function toSheet(name: string, rows: string[][], file = '导出.xlsx'): Sheet {
  return {
    source: { path: file, name: file, bytes: 1, sha256: '' },
    name,
    hidden: false,
    hiddenColumns: [],
    head: toRows(rows),
    csv: null,
    read: async function* () {},
    merges: () => [],
  };
}

const recogniseSheet = (name: string, rows: string[][], file?: string) =>
  recognise(toSheet(name, rows, file), catalogue, synonyms);

describe('the period of a title', () => {
  it.each([
    ['东湖区2022年低保发放明细', '2022-01', '2022-12'],
    ['２０２２年度低保发放明细', '2022-01', '2022-12'],
    ['婚姻登记2022.csv', '2022-01', '2022-12'],
    ['2022 年 低保', '2022-01', '2022-12'],
    ['2022年上半年临时救助', '2022-01', '2022-06'],
    ['2022年下半年', '2022-07', '2022-12'],
    ['2022年第一季度城市低保', '2022-01', '2022-03'],
    ['2022年四季度', '2022-10', '2022-12'],
    ['2022年第3季度', '2022-07', '2022-09'],
    ['2022年1-11月份低保', '2022-01', '2022-11'],
    ['2022年1—11月', '2022-01', '2022-11'],
    ['2022年1月至11月', '2022-01', '2022-11'],
    ['2022年9月低保公示名单', '2022-09', '2022-09'],
    ['统计时间：2022-09', '2022-09', '2022-09'],
    ['2022.10', '2022-10', '2022-10'],
    ['2022年3月15日', '2022-03', '2022-03'],
    ['低保202207.csv', '2022-07', '2022-07'],
    ['2022年工作总结和2023年计划', '2022-01', '2022-12'],
    ['2024上半年', '2024-01', '2024-06'],
    ['2024年下半年', '2024-07', '2024-12'],
    ['2023年前三季度', '2023-01', '2023-09'],
    ['2023年1-11月', '2023-01', '2023-11'],
    ['低保2023年1-11.xlsx', '2023-01', '2023-11'],
    ['2023年1月1日至9月30日', '2023-01', '2023-09'],
    // A state at a month's end tells about the year up to it.
    ['截至2023年9月底', '2023-01', '2023-09'],
    ['截止2023年9月30日特困名册', '2023-01', '2023-09'],
    ['2023-09底', '2023-01', '2023-09'],
    ['截至2022年底', '2022-01', '2022-12'],
    ['2022-01至2022-02', '2022-01', '2022-02'],
    ['2022年1月—2022年3月', '2022-01', '2022-03'],
    ['202201-202209', '2022-01', '2022-09'],
    ['2022-01-01至2022-09-30', '2022-01', '2022-09'],
    ['2021年10月至2022年3月', '2021-10', '2022-03'],
    ['2021-2022年社会组织年检', '2021-01', '2022-12'],
  ])('%s: %s to %s', (text, from, to) => {
    expect(findPeriod(text)).toEqual({ from, to });
  });

  it.each([
    '低保发放明细',
    '',
    '电话 13620220000',
    '990102202200001',
    '1022年',
    '第12号',
    '2022-05至2022-02',
    '2022-01至2022-13',
  ])('is not guessed from %s', (text) => {
    expect(findPeriod(text)).toBeNull();
  });
});

describe('the place of a title', () => {
  it.each([
    ['东湖区2022年低保发放明细', '东湖区'],
    ['东湖区低保发放明细', '东湖区'],
    ['东湖区民政局2022年临时救助台账', '东湖区'],
    ['填报单位：东湖区民政局', '东湖区'],
    ['统计单位: 江川县', '江川县'],
    ['东湖区', '东湖区'],
    ['东湖区2022.xlsx', '东湖区'],
    ['门源回族自治县2022年特困人员名册', '门源回族自治县'],
    ['景德镇市2022年高龄津贴', '景德镇市'],
  ])('%s: %s', (text, place) => {
    expect(findPlace(text, catalogue)).toBe(place);
  });

  it.each([
    '低保发放明细',
    '2022年低保发放明细',
    '社区2022年高龄津贴',
    '全区2022年低保',
    '辖区民政局',
    '填表日期：2022年12月',
    '',
  ])('is not guessed from %s', (text) => {
    expect(findPlace(text, catalogue)).toBeNull();
  });
});

describe('the business of a name', () => {
  it.each([
    ['低保一次性生活补贴发放', '低保', '一次性生活补贴'],
    ['低保物价补贴发放明细', '低保', '物价补贴'],
    ['低保金发放明细', '低保', '低保金'],
    ['城市低保家庭成员名册', '低保', null],
    ['最低生活保障台账', '低保', null],
    ['残疾人两项补贴发放', '残疾人两项补贴', null],
    ['困难残疾人生活补贴', '困难残疾人生活补贴', null],
    ['重度残疾人护理补贴发放表', '重度残疾人护理补贴', null],
    ['困难重度失能残疾人护理费', '困难重度失能残疾人护理费', null],
    ['社会组织年检', '社会组织年检', null],
    ['社会组织登记台账', '社会组织', null],
    ['孤儿和事实无人抚养儿童基本生活费', '儿童福利', '基本生活费'],
    ['特困人员照料护理费发放', '特困', '照料护理费'],
    ['临时救助台账', '临时救助', null],
    ['高龄老人津贴发放表', '高龄津贴', null],
    ['家庭经济状况核对', '家庭经济状况核对', null],
    ['婚姻家庭辅导与颁证活动记录', '婚姻家庭辅导', null],
    ['婚姻登记2022.csv', '婚姻登记', null],
    ['居家养老服务对象', '居家养老服务', null],
    ['上门服务工单2022下半年.csv', '上门服务', null],
    ['家庭养老床位', '家庭养老床位', null],
    ['养老服务设施', '养老机构', null],
    ['区划设置', '区划', null],
    ['优抚对象抚恤', '优抚', null],
    ['低 保 发 放（明细）', '低保', '低保金'],
  ])('%s: %s, 款项 %s', (text, programme, item) => {
    expect(findProgramme([text], catalogue)).toEqual({ programme, item, text });
  });

  it('is that of the first text that has one', () => {
    const texts = ['Sheet1', '东湖区2022年高龄津贴发放表', '低保.xlsx'];
    expect(findProgramme(texts, catalogue)).toMatchObject({ programme: '高龄津贴', text: texts[1] });
  });

  it('is not guessed', () => {
    expect(findProgramme(['Sheet1', '工资表', '2022年'], catalogue)).toBeNull();
  });

  it('is not 低保 where families on its margin are listed, who get none', () => {
    expect(findProgramme(['低保边缘家庭名册'], catalogue)?.programme).not.toBe('低保');
  });
});

describe('columns', () => {
  const match = (...rows: string[][]) => matchColumns(toRows(rows), synonyms, catalogue.fields);
  const fieldsOf = (...rows: string[][]) => match(...rows).matches.map(({ field }) => field);

  it('are found whatever brackets, spaces and units their heads have', () => {
    expect(
      fieldsOf([
        '序 号',
        '乡镇（街道）',
        '户　编号',
        '保障人数（人）',
        '发放合计(元)',
        '身份证 号码',
        '发放\n年月',
      ]),
    ).toEqual(['seq', 'town', 'household', 'persons', 'amount', 'person_id', 'month']);
  });

  it('of merged heads are named by parent and leaf, and found by the leaf', () => {
    const { matches, clashes } = match(
      ['乡镇', '户主姓名', '保障情况', '', '发放', ''],
      ['', '', '保障人数', '家庭人口', '保障金（元）', '发放合计（元）'],
    );
    expect(matches.map(({ field }) => field)).toEqual([
      'town',
      'head_name',
      'persons',
      'family_size',
      'base_amount',
      'amount',
    ]);
    expect(matches.map(({ label }) => label).slice(2, 4)).toEqual(['保障情况 保障人数', '保障情况 家庭人口']);
    expect(clashes).toEqual([]);
  });

  it('of a merged head whose parent has no leaf keep the parent', () => {
    expect(fieldsOf(['地区', '户数', ''], ['', '合计户数', '户数合计'])[0]).toBe('town');
  });

  it('that are equal leaves under two parents clash, and are named with their parents', () => {
    const { matches, clashes } = match(
      ['乡镇', '城市', '', '农村', ''],
      ['', '户数', '人数', '户数', '人数'],
    );
    expect(clashes).toEqual([
      { field: 'households', first: '城市 户数', second: '农村 户数' },
      { field: 'persons', first: '城市 人数', second: '农村 人数' },
    ]);
    expect(matches.map(({ field }) => field)).toEqual(['town', null, null, null, null]);
  });

  it('that fit one field equally are both refused', () => {
    const { matches, clashes } = match(['姓名', '发放金额', '实发金额']);
    expect(clashes).toEqual([{ field: 'amount', first: '发放金额', second: '实发金额' }]);
    expect(matches.map(({ field }) => field)).toEqual(['person_name', null, null]);
  });

  it('take a word of last resort only when nothing better is there', () => {
    expect(fieldsOf(['姓名', '合计'])).toEqual(['person_name', 'amount']);
    expect(fieldsOf(['姓名', '发放金额', '合计'])).toEqual(['person_name', 'amount', null]);
    expect(fieldsOf(['姓名', '合计', '发放金额'])).toEqual(['person_name', null, 'amount']);
    expect(fieldsOf(['姓名', '证件号码'])).toEqual(['person_name', 'person_id']);
    // 低保台账 has both: the ID, and what is then the number of the certificate.
    expect(fieldsOf(['证件号码', '户主姓名', '身份证号码'])).toEqual([
      'certificate',
      'head_name',
      'person_id',
    ]);
  });

  it('take 地区 for the town where there is none, and for the county beside one', () => {
    expect(fieldsOf(['地区', '姓名'])).toEqual(['town', 'person_name']);
    expect(fieldsOf(['地区', '乡镇', '姓名'])).toEqual(['county', 'town', 'person_name']);
  });

  it('that are several dates are told apart by the order of the dictionary, not of the sheet', () => {
    // Of 首选 words 登记日期 stands before 办理日期.
    expect(fieldsOf(['姓名', '办理日期', '登记日期'])).toEqual(['person_name', null, 'date']);
    expect(fieldsOf(['姓名', '登记日期', '办理日期'])).toEqual(['person_name', 'date', null]);
    expect(fieldsOf(['申请日期', '审批日期', '完成日期'])).toEqual([null, 'start', 'date']);
  });

  it('that are the same date twice clash', () => {
    const { clashes } = match(['姓名', '登记日期', '登记日期']);
    expect(clashes).toEqual([{ field: 'date', first: '登记日期', second: '登记日期' }]);
  });

  it('that are never stored may stand twice', () => {
    expect(match(['联系电话', '手机号', '账号', '银行卡号']).clashes).toEqual([]);
  });

  it('carry the unit of their own head', () => {
    const { matches } = match(['乡镇', '保障金（元）', '发放合计（万元）', '分类施保金']);
    expect(matches.map(({ yuan }) => yuan)).toEqual([null, 1, 10_000, null]);
  });
});

describe('the unit of money', () => {
  const yuanOf = (unitRow: string, head: string) => {
    const { recognition } = recogniseSheet('低保发放明细', [
      ['东湖区2022年低保发放明细'],
      [unitRow],
      ['乡镇', '户主姓名', '保障人数', '发放年月', head],
      ['东湖街道', '户主甲', '2', '2022-01', '1'],
    ]);
    return recognition.columns.find(({ field }) => field === 'amount')?.yuan;
  };

  it.each([
    ['单位：万元', '发放合计（元）', 1],
    ['单位：元', '发放合计（万元）', 10_000],
    ['单位：万元', '发放合计', 10_000],
    ['填表单位：东湖区民政局　　单位：人、万元', '发放合计', 10_000],
    ['单位：元', '发放合计', 1],
    ['（单位：元）', '发放合计', 1],
    ['填表人：某某', '发放合计', null],
  ])('unit row “%s” and head “%s”: %s元', (unitRow, head, yuan) => {
    expect(yuanOf(unitRow, head)).toBe(yuan);
  });
});

/** Heads of real exports, one cell per column; those of merged heads with their leaves only. */
const EXPORTS: [name: string, dataset: string, programme: string | null, head: string][] = [
  [
    '低保发放明细',
    'payouts',
    '低保',
    '属地 姓名 身份证号 保障人数 保障金（元） 分类施保金（元） 发放合计（元） 账户名称 开户银行 账号',
  ],
  [
    '低保发放签字表',
    'payouts',
    '低保',
    '地区 姓名 身份证号 低保证号 保障人数 保障金（元） 分类施保金（元） 发放合计（元） 居住地址 账户名称 开户银行 银行账号 领取人',
  ],
  [
    '低保台账',
    'roll',
    '低保',
    '登记时间 证件号码 户主姓名 身份证号码 性别 民族 家庭住址 邮编 家庭电话 享受保障类别 享受保障人数 女性人数 残疾人数 户月保障金 月收入 最低生活标准 开户行 开户行账号 变动种类 变动时间 户主是否享受',
  ],
  [
    '低保家庭成员',
    'roll',
    '低保',
    '地区 姓名 身份证号 性别 户主姓名 是否保障对象 与户主关系 月收入（元） 年收入（元） 健康状况 婚姻状况 教育状况',
  ],
  [
    '低保综合统计',
    'statistics',
    '低保',
    '地区 低保户数(户) 当月低保对象人数(人) 当月资金支出数(万元) 当月人均补助水平(元) 低保标准(元)',
  ],
  [
    '特困人员名册',
    'roll',
    '特困',
    '姓名 身份证号 供养方式 生活自理能力 敬老院 房间 床位 入院时间 出院时间 出院原因 五保证号',
  ],
  [
    '临时救助月报',
    'payouts',
    '临时救助',
    '序号 姓名 身份证号 年龄 性别 家庭人口 家庭住址 最低生活保障分类 联系方式 救助金额 审批时间 申请理由 自付金额合计 一卡通账号',
  ],
  [
    '残疾人两项补贴',
    'payouts',
    '残疾人两项补贴',
    '乡镇 姓名 身份证号码 残疾人证号 补贴类型 补贴对象类型 补贴金额 享受补贴起始月份 续发月份 性别 出生年月 残疾等级 残疾类别 民族 户口性质 户籍地址 家庭住址 手机号码 联系人 联系电话 开户银行 银行卡号 低保类别 是否死亡',
  ],
  ['困境儿童名册', 'roll', '儿童福利', '序号 儿童姓名 性别 出生日期 儿童类别 登记日期 起领年月 状态'],
  [
    '婚姻登记',
    'events',
    '婚姻登记',
    '登记字号 男方姓名 男方身份证号 女方姓名 女方身份证号 登记日期 业务类型 登记机关',
  ],
  [
    '社会组织名录',
    'roll',
    '社会组织',
    '社会组织名称 登记管理机关 业务主管单位 法定代表人 成立登记日期 注册资金 登记状态 社会组织类型 证书有效期 住所 业务范围 统一社会信用代码',
  ],
  ['社会组织年检', 'events', '社会组织年检', '登记证号 社会组织名称 年检年份 年检结果'],
  [
    '上门服务工单',
    'services',
    '上门服务',
    '工单编号 服务商 居家养老服务中心 老年人姓名 预约时间 服务时间 服务项目 服务内容 状态',
  ],
  ['任务完成表', 'targets', null, '序号 项目名称 责任单位 目标任务 实际完成情况 完成率% 备注'],
  ['手工填报', 'facts', null, '指标 值 单位 期间 来源'],
  ['资金绩效自评表', 'funds', null, '项目名称 全年预算数（A） 全年执行数（B） 执行率（B/A）'],
  ['民政统计月报', 'statistics', null, '指标名称 单位 代码 数量 上期 环比'],
];

describe('a sheet', () => {
  it.each(EXPORTS)('%s is %s of %s', (name, dataset, programme, head) => {
    const { recognition, problems } = recogniseSheet(name, [[`东湖区2022年${name}`], head.split(' ')]);
    expect(recognition.reason).not.toContain('未识别');
    expect(recognition).toMatchObject({ dataset, programme, headBottom: 2 });
    expect(problems).toEqual([]);
  });

  it('is found below its title, unit row and a note, with its period and preamble', () => {
    const { recognition } = recogniseSheet('Sheet1', [
      ['说明：本表由系统导出'],
      ['东湖区2022年1—11月高龄津贴发放表'],
      ['统计单位：东湖区民政局', '', '单位：元'],
      ['街道', '社区', '发放年月', '人次', '金额'],
      ['东湖街道', '一社区', '2022-01', '10', '1000'],
    ]);
    expect(recognition).toMatchObject({
      dataset: 'payouts',
      programme: '高龄津贴',
      headBottom: 4,
      period: { from: '2022-01', to: '2022-11' },
    });
    expect(recognition.preamble).toContain('统计单位：东湖区民政局 单位：元');
    expect(recognition.columns.map(({ field }) => field)).toEqual([
      'town',
      'village',
      'month',
      'persontimes',
      'amount',
    ]);
  });

  it('tells of two columns that fit one field equally', () => {
    const { problems } = recogniseSheet('临时救助台账', [['姓名', '救助金额', '发放金额', '审批日期']]);
    expect(problems).toMatchObject([
      {
        kind: 'columns-equal',
        row: 1,
        detail: { field: '发放金额', first: '救助金额', second: '发放金额' },
      },
    ]);
  });

  it('of another department is known and told', () => {
    const { recognition, problems } = recogniseSheet('优抚对象抚恤发放', [
      ['姓名', '抚恤金额(元)', '发放年月'],
    ]);
    expect(recognition.programme).toBe('优抚');
    expect(problems.map(({ kind }) => kind)).toContain('other-department');
  });

  it.each([
    ['库存', [['商品', '单价', '库存']]],
    ['Sheet2', [['一段说明文字'], ['另一段']]],
    ['花名册', [['姓名', '身份证号', '部门', '起始日期']]],
  ])('of no known business is told, and nothing is guessed: %s', (name, rows) => {
    const { recognition, problems } = recogniseSheet(name, rows);
    expect(recognition.dataset).toBeNull();
    expect(problems.map(({ kind }) => kind)).toEqual(['sheet-unknown']);
  });
});
