import ExcelJS from 'exceljs';

/** One line to be filled in by a person. */
export interface FillInRow {
  indicator: string;
  name: string;
  unit: string;
  period: string;
}

const FONT = { name: '宋体', size: 11 };
const WIDTHS = [34, 40, 14, 14, 12, 30];

/** A workbook with one sheet to fill in: 指标, 名称, the value column, 单位, 期间 and the last column. */
export async function renderFillIn(
  title: string,
  valueHead: string,
  noteHead: string,
  rows: FillInRow[],
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date(0);
  workbook.modified = new Date(0);
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = WIDTHS.map((width) => ({ width, style: { font: FONT } }));
  sheet.addRow([`${title}（只填“${valueHead}”和“${noteHead}”两列，没有的留空）`]).font = {
    ...FONT,
    bold: true,
  };
  const head = sheet.addRow(['指标', '说明', valueHead, '单位', '期间', noteHead]);
  head.font = { ...FONT, bold: true };
  head.eachCell((cell) => {
    cell.border = { bottom: { style: 'thin' } };
  });
  for (const { indicator, name, unit, period } of rows)
    sheet.addRow([indicator, name, null, unit, period, null]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
