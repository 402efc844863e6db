import ExcelJS from 'exceljs';
import { toGb18030 } from './gb18030.ts';
import { toPack } from './pack.ts';

/**
 * Persons who do not exist, each with a name, ID, phone, card and address that stand nowhere else. 靐 is in every name and
 * address and in no other text of the project, behind the first character, which masked samples may show.
 */
const AREA = '990101';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export interface Person {
  name: string;
  id: string;
  phone: string;
  card: string;
  address: string;
}

function toId(number: number): string {
  const body = `${AREA}19${30 + (number % 60)}0217${String(number).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11];
}

const toPerson = (number: number): Person => ({
  name: `龘靐${String.fromCharCode(0x4e00 + number)}`,
  id: toId(number),
  phone: `1390909${String(7000 + number)}`,
  card: `6217990909${String(700000000 + number * 7)}`,
  address: `龘靐路${number}号`,
});

/** What must stand nowhere: whole numbers, the inner part of an ID, and 靐. */
export const toTraces = (persons: Person[]): string[] => [
  '靐',
  ...persons.flatMap(({ id, phone, card }) => [id.slice(5, 15), phone, card]),
];

/** The folder of a bureau: every dataset, every format that takes a way of its own, persons in columns and in odd places. */
export async function plant(): Promise<{ files: Record<string, Uint8Array>; persons: Person[] }> {
  const persons: Person[] = [];
  const next = (): Person => {
    const person = toPerson(persons.length + 1);
    persons.push(person);
    return person;
  };
  const text = (lines: string[]): string => `${lines.join('\n')}\n`;
  const all = ({ name, id, phone, card, address }: Person) => [name, id, phone, card, address];
  const COLUMNS = '姓名,身份证号,联系电话,银行账号,家庭住址';
  /** Rows above the head and below the last row, as clerks write them. */
  const filler = () => {
    const { name, phone, id } = next();
    return `填表人：${name},联系电话：${phone},身份证号：${id}`;
  };

  const relief = () =>
    text([
      '东湖区2022年临时救助发放台账',
      filler(),
      `序号,乡镇街道,${COLUMNS},家庭人口,救助类型,救助金额（元）,审批时间,备注`,
      ...[1, 2, 3].map(
        (n) => `${n},东湖街道,${all(next())},${n},急难型,${n}000,2022-0${n}-05,${all(next()).join(' ')}`,
      ),
      // Cells that slipped into the wrong columns.
      `4,东湖街道,${all(next())},1,急难型,${next().name},2022-04-05,`,
      `5,东湖街道,${all(next())},1,急难型,${next().id},2022-04-05,`,
      `6,东湖街道,${all(next())},1,急难型,1000,${next().phone},`,
      `7,东湖街道,${all(next())},${next().card},${next().name},1000,${next().id},`,
      `8,${next().id},${all(next())},1,急难型,1000,2022-04-05,`,
      `9,${next().phone},${all(next())},1,${next().card},1000,2022-04-05,`,
      `制表：${next().name},审核：${next().name}`,
    ]);
  const allowance = (year: number) =>
    text([
      `东湖区${year}年残疾人两项补贴发放表`,
      `序号,乡镇街道,${COLUMNS},残疾等级,补贴类型,发放年月,补贴金额（元）`,
      ...[1, 2, 3].map((n) => `${n},东湖街道,${all(next())},一级,重度残疾人护理补贴,${year}0${n},80`),
    ]);
  const aged = () =>
    `<html><body><table><tr><th colspan=7>东湖区2022年高龄津贴名册</th></tr><tr><th>乡镇街道</th>${COLUMNS.split(
      ',',
    )
      .map((name) => `<th>${name}</th>`)
      .join('')}<th>享受起始年月</th></tr>${[1, 2, 3]
      .map(
        () =>
          `<tr><td title="${next().name}">东湖街道</td>${all(next())
            .map((cell) => `<td>${cell}</td>`)
            .join('')}<td>202201</td></tr>`,
      )
      .join('')}</table></body></html>`;
  const stated = () =>
    text([
      '东湖区2022年手工填报指标',
      filler(),
      '指标,值,单位,期间,填报人,联系电话',
      `低保.标准,855,元/人·月,2022年,${next().name},${next().phone}`,
      `人口.户籍人口,${next().id},万人,2022年,${next().name},${next().phone}`,
      `低保.标准错,${next().phone},元/人·月,2022年,${next().name},`,
    ]);
  const targets = () =>
    text([
      '东湖区2022年民政工作任务指标',
      filler(),
      '指标名称,目标值,单位,下达单位,期间,责任人,联系电话',
      `低保金发放金额,2,万元,市民政局,2022年,${next().name},${next().phone}`,
      `适老化改造户数,${next().card},户,市民政局,2022年,${next().name},${next().phone}`,
    ]);
  const book = await toBook(next);
  const files: Record<string, Uint8Array> = {
    '东湖区2022.xlsx': book,
    '临时救助2022.csv': toGb18030(relief()),
    '高龄津贴名册2022.xls': encode(aged()),
    '手工填报2022.csv': encode(stated()),
    '任务指标2022.csv': encode(targets()),
    '2022.zip': toPack({
      '东湖街道/残疾人两项补贴2022.csv': allowance(2022),
      '东湖街道/特困2022.xlsx': await toWards(next),
    }),
    '残疾人两项补贴2021.csv': encode(allowance(2021)),
  };
  return { files, persons };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function toBytes(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function toWards(next: () => Person): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('特困');
  sheet.addRow(['东湖区2022年特困人员救助供养名册']);
  sheet.addRow(['乡镇街道', '姓名', '身份证号', '联系电话', '供养方式', '认定日期']);
  for (const way of ['集中供养', '分散供养', '分散供养']) {
    const { name, id, phone } = next();
    sheet.addRow(['东湖街道', name, id, phone, way, '2020-01-05']);
  }
  return toBytes(workbook);
}

async function toBook(next: () => Person): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = next().name;
  workbook.lastModifiedBy = next().name;
  workbook.company = next().address;
  const add = (name: string, rows: (string | number)[][]) => {
    const sheet = workbook.addWorksheet(name);
    const { name: who, phone } = next();
    sheet.addRow([`东湖区2022年${name}`]);
    sheet.addRow([`填表人：${who}`, `电话：${phone}`]);
    for (const row of rows) sheet.addRow(row);
    sheet.addRow([`审核：${next().name}`]);
    return sheet;
  };
  const months = ['2022-01', '2022-02', '2022-03'];
  const roll = add('低保家庭成员名册', [
    [
      '乡镇街道',
      '户编号',
      '户主姓名',
      '姓名',
      '身份证号',
      '联系电话',
      '家庭住址',
      '与户主关系',
      '是否保障对象',
      '起始保障年月',
    ],
    ...months.map((_, index) => {
      const { name, id, phone, address } = next();
      return ['东湖街道', `H${index}`, name, name, id, phone, address, '本人', '是', '2019-06'];
    }),
  ]);
  roll.getCell('A5').note = next().name;
  roll.headerFooter.oddHeader = next().name;
  const paid = add('低保发放明细', [
    [
      '乡镇街道',
      '户编号',
      '户主姓名',
      '身份证号',
      '保障人数',
      '发放年月',
      '发放金额（元）',
      '账户名称',
      '银行账号',
    ],
    ...months.map((month, index) => {
      const { name, id, card } = next();
      return ['东湖街道', `H${index}`, name, id, 1, month, 500, name, card];
    }),
    // An ID that was stored as a number, and one with a wrong check digit.
    [
      '东湖街道',
      'H8',
      next().name,
      Number(next().id.slice(0, 17).padEnd(18, '0')),
      1,
      '2022-04',
      500,
      '',
      '',
    ],
    ['东湖街道', 'H9', next().name, `${next().id.slice(0, 17)}Z`, 1, '2022-04', 500, '', ''],
  ]);
  paid.getColumn(9).hidden = true;
  add('婚姻登记', [
    ['登记字号', '男方姓名', '男方身份证号', '女方姓名', '女方身份证号', '登记日期', '业务类型'],
    ...[1, 2, 3].map((n) => {
      const [one, two] = [next(), next()];
      return [`J2022-${n}`, one.name, one.id, two.name, two.id, `2022-0${n}-01`, '结婚登记'];
    }),
  ]);
  add('上门服务工单', [
    [
      '工单编号',
      '服务商',
      '老年人姓名',
      '身份证号',
      '联系电话',
      '服务日期',
      '服务项目',
      '服务费用（元）',
      '状态',
    ],
    ...[1, 2, 3].map((n) => {
      const { name, id, phone } = next();
      return [`GD${n}`, '样例养老服务有限公司', name, id, phone, `2022-0${n}-01`, '助餐', 12, '已完成'];
    }),
  ]);
  add('资金台账', [
    ['项目', '资金来源', '乡镇街道', '年度', '预算金额（元）', '支出金额（元）', '经办人', '联系电话'],
    ['暖心实事', '区级财政', '东湖街道', 2022, 100_000, 90_000, next().name, next().phone],
  ]);
  add('孤儿发放汇总', [
    ['乡镇街道', '人数', '发放金额（元）', '经办人'],
    ['东湖街道', 2, 3000, next().name],
    ['合计', 2, 3000, next().name],
  ]);
  const hidden = add('旧名册', [
    ['姓名', '身份证号'],
    [next().name, next().id],
  ]);
  hidden.state = 'hidden';
  workbook.definedNames.add('旧名册!$A$1', '打印区');
  return toBytes(workbook);
}
