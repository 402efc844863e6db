import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Period, Source } from '../model.ts';
import { readBytes } from './bytes.ts';

const span = z.object({ from: z.string(), to: z.string() });

/** What is needed of a facts.json of the year before. */
const File = z.object({
  schemaVersion: z.union([z.literal(1), z.literal(2)]),
  place: z.string().default(''),
  period: span,
  figures: z.array(
    z.object({
      id: z.string(),
      value: z.string().nullable(),
      period: span.optional(),
      covered: span.nullable().default(null),
      basis: z
        .object({ type: z.string(), formula: z.string().default(''), filter: z.string().default('') })
        .default({ type: 'none', formula: '', filter: '' }),
    }),
  ),
});

/** Figures of an earlier report. */
export interface EarlierReport {
  source: Source;
  place: string;
  period: Period;
  /** Known values in base units, and how they were computed; null when a person stated it. */
  values: { id: string; value: string; period: Period; definition: string | null; covered: Period | null }[];
}

export const isFactsFile = (path: string): boolean => path.toLowerCase().endsWith('.facts.json');

/** Reads a *.facts.json; throws when it is none. */
export async function readEarlierReport(source: Source): Promise<EarlierReport> {
  const file = File.safeParse(parseJson((await readBytes(source)).toString('utf8')));
  if (!file.success)
    throw new Failure('file-type', { where: source.name, found: '不是本程序写出的 facts.json' }, file.error);
  const { place, period, figures } = file.data;
  const values = figures.flatMap(({ id, value, period: own = period, covered, basis }) =>
    value === null ? [] : [{ id, value, period: own, definition: toDefinition(basis), covered }],
  );
  return { source, place, period, values };
}

function toDefinition({
  type,
  formula,
  filter,
}: z.infer<typeof File>['figures'][number]['basis']): string | null {
  if (type === 'rows') return `${formula}，${filter}`;
  return type === 'derived' ? formula : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
