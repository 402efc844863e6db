import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { toYearBefore } from '../format.ts';
import type { Period, Source } from '../model.ts';

/** What is needed of a facts.json of the year before. */
const File = z.object({
  schemaVersion: z.literal(1),
  period: z.object({ from: z.string(), to: z.string() }),
  figures: z.array(z.object({ id: z.string(), value: z.string().nullable() })),
});

/** Figures of an earlier report, to be compared with. */
export interface LastYear {
  /** Values by indicator id when the file is of the same span a year before; none otherwise. */
  toValues(period: Period): [string, { value: string; where: string }][];
}

export const isFactsFile = (path: string): boolean => path.toLowerCase().endsWith('.facts.json');

/** Reads a *.facts.json; throws when it is none. */
export async function readLastYear(source: Source): Promise<LastYear> {
  const file = File.safeParse(parseJson(await readFile(source.path, 'utf8')));
  if (!file.success)
    throw new Failure('file-type', { where: source.name, found: '不是本程序写出的 facts.json' }, file.error);
  const { period, figures } = file.data;
  return {
    toValues: (current) => {
      const before = toYearBefore(current);
      if (period.from !== before.from || period.to !== before.to) return [];
      return figures.flatMap(({ id, value }) =>
        value === null ? [] : [[id, { value, where: source.name }]],
      );
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
