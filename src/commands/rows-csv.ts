import type { Trace } from '../aggregate/index.ts';
import type { Report } from '../model.ts';
import { toCsv, toInert } from '../tables/index.ts';

const HEAD = ['指标', '文件', '工作表', '行号', '地区', '月份', '金额（元）', '计入的数'];

/** So many lines are kept as texts; a million would fill the memory that their bytes do not. */
const PACKED = 10_000;

/** The rows behind figures as CSV for Excel; nothing of a person is in it. */
export async function toRowsCsv(traces: Map<string, Trace>, { sheets }: Report): Promise<Uint8Array> {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]));
  const pieces = [toCsv([HEAD])];
  let lines: string[][] = [];
  const pack = () => {
    pieces.push(toCsv(lines, false));
    lines = [];
  };
  for (const [figure, { read }] of traces)
    for await (const { sheet, row, area, month, amount, counted } of read()) {
      const { file = '', sheet: name = '' } = byId.get(sheet) ?? {};
      if (lines.length >= PACKED) pack();
      lines.push([...[figure, file, name].map(toInert), String(row), toInert(area), month, amount, counted]);
    }
  pack();
  return Buffer.concat(pieces);
}
