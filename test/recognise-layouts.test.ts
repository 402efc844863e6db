/** Wide layouts, tables in one sheet and what names say, without reading a file. Whole runs are in golden/. */
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';
import type { Batch, Sheet } from '../src/model.ts';
import { unfold } from '../src/normalise/index.ts';
import { isCodeRow } from '../src/recognise/head.ts';
import { findTables, recognise, toSynonyms } from '../src/recognise/index.ts';
import { findBareMonth, findMonth, findQuarterCell } from '../src/recognise/month.ts';
import { findWholeProgramme } from '../src/recognise/names.ts';
import { findSheetPeriod } from '../src/recognise/period.ts';
import { findTown } from '../src/recognise/place.ts';

const catalogue = loadCatalogue();
const synonyms = toSynonyms(catalogue);

/** A sheet whose cells are those given; '' is an empty cell. */
function toSheet(name: string, rows: string[][], file = '甲县2023.xlsx'): Sheet {
  const width = Math.max(...rows.map((row) => row.length));
  const batch: Batch = {
    numbers: rows.map((_, i) => i + 1),
    columns: Array.from({ length: width }, (_, c) => rows.map((row) => row[c] ?? '')),
    numeric: [],
    packed: null,
  };
  return {
    source: { path: file, name: file, bytes: 1, sha256: '' },
    name,
    hidden: false,
    hiddenColumns: [],
    head: rows.map((cells, i) => ({ number: i + 1, cells })).filter(({ cells }) => cells.some(Boolean)),
    csv: null,
    read: async function* () {
      yield batch;
    },
    merges: () => [],
  };
}

/** The long rows of a sheet as objects of its fields. */
async function toLong(sheet: Sheet): Promise<Record<string, string>[]> {
  const { recognition } = recognise(sheet, catalogue, synonyms);
  const long = unfold(sheet, recognition);
  const rows: Record<string, string>[] = [];
  for await (const batch of long.sheet.read()) {
    batch.numbers.forEach((number, i) => {
      if (number <= recognition.headBottom) return;
      const named = long.recognition.columns.flatMap(({ index, field }) => {
        const text = batch.columns[index]?.[i] ?? '';
        return field === null || text === '' ? [] : [[field, text] as const];
      });
      rows.push({ row: String(number), ...Object.fromEntries(named) });
    });
  }
  return rows;
}

describe('a month in a head', () => {
  it.each([
    ['一月份', null, '01', ''],
    ['十二月', null, '12', ''],
    ['1月人数', null, '01', '人数'],
    ['2023年3月', '2023', '03', ''],
    ['202311', '2023', '11', ''],
    ['2023-05', '2023', '05', ''],
  ])('is found in %s', (text, year, month, rest) => {
    expect(findMonth(text)).toEqual({ year, month, rest });
  });

  it.each(['月保障金', '1月-3月', '13月', '1月起', '人数', '一季度'])('is not found in %s', (text) => {
    expect(findMonth(text)).toBeNull();
  });
});

describe('a month in a cell', () => {
  it('may lack its year', () => {
    expect(['3', '3月', '三月份', '十二', '13', '0', '东镇'].map(findBareMonth)).toEqual([
      '03',
      '03',
      '03',
      '12',
      null,
      null,
      null,
    ]);
  });

  it('may be a quarter, which stands for its last month', () => {
    expect(findQuarterCell('一季度')).toEqual({ year: null, month: '03' });
    expect(findQuarterCell('2023年第四季度')).toEqual({ year: '2023', month: '12' });
    expect(findQuarterCell('2023Q2')).toEqual({ year: '2023', month: '06' });
    expect(findQuarterCell('全年')).toBeNull();
  });
});

describe('the period of a sheet', () => {
  it('is the part of the year that its name gives', () => {
    expect(findSheetPeriod(['2023年发放表'], ['3月'])).toEqual({ from: '2023-03', to: '2023-03' });
    expect(findSheetPeriod(['2023年发放表'], ['第二季度'])).toEqual({ from: '2023-04', to: '2023-06' });
    expect(findSheetPeriod(['2023年发放表'], ['1-6月'])).toEqual({ from: '2023-01', to: '2023-06' });
  });

  it('stays that of the title where this names a part itself', () => {
    expect(findSheetPeriod(['2023年5月发放表'], ['3月'])).toEqual({ from: '2023-05', to: '2023-05' });
  });
});

describe('the township of a sheet', () => {
  it.each([
    ['东街道', '东街道'],
    ['甲县东镇高龄津贴2023.xlsx', '东镇'],
    ['2023年12月西乡', '西乡'],
  ])('is found in %s', (text, town) => {
    expect(findTown(text, catalogue)).toBe(town);
  });

  it.each(['甲县城乡低保2023.xlsx', '城镇低保', '各乡镇汇总', 'Sheet1'])('is not found in %s', (text) => {
    expect(findTown(text, catalogue)).toBeNull();
  });
});

describe('a row of codes under the head', () => {
  it('counts from one', () => {
    expect(isCodeRow(['甲', '乙', '1', '2', '3'])).toBe(true);
    expect(isCodeRow(['（1）', '（2）', '（3）', ''])).toBe(true);
    expect(isCodeRow(['1', '东镇', '3', '4'])).toBe(false);
    expect(isCodeRow(['2', '3', '4'])).toBe(false);
  });
});

describe('a head that names a programme', () => {
  it.each([
    ['低保金', null, '低保', '低保金'],
    ['高龄补贴', null, '高龄津贴', null],
    ['孤儿生活费', null, '孤儿', '基本生活费'],
    ['护理费', '特困', '特困', '照料护理费'],
    ['护理费', '孤儿', '孤儿', '残疾儿童护理费'],
  ])('%s in a sheet of %s is %s', (text, preferred, programme, item) => {
    expect(findWholeProgramme(text, preferred, catalogue)).toEqual({ programme, item });
  });

  it.each(['低保对象', '低保高龄补贴', '姓名', '低保类别'])('%s leaves words over', (text) => {
    expect(findWholeProgramme(text, null, catalogue)).toBeNull();
  });
});

describe('unfolding', () => {
  it('gives a row per month and group, none for empty cells, one for a row without any', async () => {
    const rows = await toLong(
      toSheet('低保发放汇总', [
        ['甲县2023年低保资金发放汇总表'],
        ['乡镇', '1月', '', '', '', '2月', '', '', ''],
        ['', '城市', '', '农村', '', '城市', '', '农村', ''],
        ['', '人数', '金额（元）', '人数', '金额（元）', '人数', '金额（元）', '人数', '金额（元）'],
        ['东镇', '1', '100', '2', '200', '', '', '3', '300'],
        ['西镇', '', '', '', '', '', '', '', ''],
      ]),
    );
    expect(rows).toEqual([
      { row: '5', town: '东镇', month: '2023-01', hukou: '城市', persons: '1', amount: '100' },
      { row: '5', town: '东镇', month: '2023-01', hukou: '农村', persons: '2', amount: '200' },
      { row: '5', town: '东镇', month: '2023-02', hukou: '农村', persons: '3', amount: '300' },
      { row: '6', town: '西镇' },
    ]);
  });

  it('keeps the money of a household with its head', async () => {
    const rows = await toLong(
      toSheet('低保台账', [
        ['户主姓名', '身份证号码', '户月保障金', '登记时间', '成员一姓名', '成员一身份证号'],
        ['样例一', '990101193102120017', '500', '2023-01', '样例二', '99010119320313002X'],
      ]),
    );
    const shared = { row: '2', head_name: '样例一', head_id: '990101193102120017', date: '2023-01' };
    const copies = { other_name: '样例二', other_id: '99010119320313002X' };
    expect(rows).toEqual([
      { ...shared, ...copies, base_amount: '500', person_name: '样例一', person_id: '990101193102120017' },
      { ...shared, ...copies, person_name: '样例二', person_id: '99010119320313002X' },
    ]);
  });

  it('leaves flags alone: a column 低保 of 是 and 否 is no money', () => {
    const sheet = toSheet('特困名册', [
      ['姓名', '身份证号', '低保', '高龄津贴', '起始年月'],
      ['样例一', '990101193102120017', '是', '否', '2023-01'],
    ]);
    expect(recognise(sheet, catalogue, synonyms).recognition.fold).toBeUndefined();
  });

  it('never takes dates for groups', () => {
    const sheet = toSheet('低保名册', [
      ['姓名', '身份证号', '新增时间', '停发时间', '变更时间'],
      ['样例一', '990101193102120017', '2023-01-01', '', ''],
    ]);
    expect(recognise(sheet, catalogue, synonyms).recognition.fold).toBeUndefined();
  });
});

describe('tables of one sheet', () => {
  const ends = (rows: string[][]) =>
    findTables(toSheet('Sheet1', rows), synonyms, catalogue).map(({ sheet }) =>
      sheet.head.map(({ number }) => number),
    );
  const first = [
    ['高龄津贴发放表'],
    ['乡镇', '人次', '金额（元）'],
    ['东镇', '1', '100'],
    ['合计', '#REF!', '#REF!'],
  ];

  it('are found one below the other, each with its title', () => {
    const second = [
      ['临时救助发放明细'],
      ['姓名', '乡镇', '救助金额（元）', '审批时间'],
      ['样例一', '东镇', '500', '2023-01-05'],
    ];
    expect(ends([...first, ...second])).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ]);
    expect(ends([...second, ...first])).toEqual([
      [1, 2, 3],
      [4, 5, 6, 7],
    ]);
  });

  it('are one where pages repeat the head', () => {
    expect(ends([...first.slice(0, 3), ...first.slice(1)])).toEqual([[1, 2, 3, 4, 5, 6]]);
  });
});
