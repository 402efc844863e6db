import { z } from 'zod';
import { Failure } from '../failure.ts';
import { toYearBefore } from '../format.ts';
import type { Period, Source } from '../model.ts';
import { readBytes } from './bytes.ts';

/** What is needed of a facts.json of the year before. */
const File = z.object({
  schemaVersion: z.literal(1),
  period: z.object({ from: z.string(), to: z.string() }),
  figures: z.array(z.object({ id: z.string(), value: z.string().nullable() })),
});

/** Figures of an earlier report. */
export interface EarlierReport {
  source: Source;
  period: Period;
  /** Known values in base units. */
  values: { id: string; value: string }[];
}

/** True when the report is of the same span a year before. */
export function isYearBefore(report: EarlierReport, current: Period): boolean {
  const before = toYearBefore(current);
  return report.period.from === before.from && report.period.to === before.to;
}

export const isFactsFile = (path: string): boolean => path.toLowerCase().endsWith('.facts.json');

/** Reads a *.facts.json; throws when it is none. */
export async function readEarlierReport(source: Source): Promise<EarlierReport> {
  const file = File.safeParse(parseJson((await readBytes(source)).toString('utf8')));
  if (!file.success)
    throw new Failure('file-type', { where: source.name, found: '不是本程序写出的 facts.json' }, file.error);
  const { period, figures } = file.data;
  const values = figures.flatMap(({ id, value }) => (value === null ? [] : [{ id, value }]));
  return { source, period, values };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
