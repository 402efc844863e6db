import type { Trace } from '../aggregate/index.ts';
import type { Report } from '../model.ts';
import { toCsv, toInert } from '../tables/index.ts';

const HEAD = ['指标', '文件', '工作表', '行号', '地区', '月份', '金额（元）', '计入的数'];

/** The rows behind figures as CSV for Excel; nothing of a person is in it. */
export async function toRowsCsv(traces: Map<string, Trace>, { sheets }: Report): Promise<Uint8Array> {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]));
  const lines: string[][] = [HEAD];
  for (const [figure, { read }] of traces)
    for await (const { sheet, row, area, month, amount, counted } of read()) {
      const { file = '', sheet: name = '' } = byId.get(sheet) ?? {};
      lines.push([...[figure, file, name].map(toInert), String(row), toInert(area), month, amount, counted]);
    }
  return toCsv(lines);
}
