import type { CsvDialect, Sheet } from '../model.ts';
import { openUtf8Pipe } from '../read/index.ts';
import { type Store, toLiteral } from '../store/index.ts';
import type { LoadPlan } from './plan.ts';
import { toCreateFromCsv } from './statement.ts';

/**
 * Lets DuckDB read a CSV; false when the file is not plain enough for that (ragged lines, broken quotes, blank lines in
 * the middle, cells with line breaks): then nothing is left behind and the reader of batches takes it.
 */
export async function loadCsv(
  plan: LoadPlan,
  sheet: Sheet,
  dialect: CsvDialect,
  store: Store,
): Promise<boolean> {
  const { headBottom, columns } = plan.recognition;
  if (columns.length < 2 || !isPlainHead(sheet, headBottom)) return false;
  const pipe = dialect.lineFeeds === null ? await openUtf8Pipe(sheet.source, dialect.encoding) : null;
  if (dialect.lineFeeds === null && pipe === null) return false;
  const loaded = await tryLoad(
    plan,
    toCall(pipe?.path ?? sheet.source.path, dialect, headBottom, columns.length),
    store,
  );
  const lineFeeds = pipe ? await pipe.close(loaded) : dialect.lineFeeds;
  if (loaded && (await hasEveryLine(plan, headBottom, lineFeeds ?? -1, store))) {
    // The order of rows is that of the file: a row's line follows from its place.
    await store.run(
      `create view ${plan.table} as select (rowid + ${headBottom + 1})::integer as row, * from ${plan.table}_rows`,
    );
    return true;
  }
  await store.run(`drop table if exists ${plan.table}_rows`);
  return false;
}

/** The head's lines are counted off: none above the data may be blank or hold a line break. */
function isPlainHead(sheet: Sheet, headBottom: number): boolean {
  const above = sheet.head.filter(({ number }) => number <= headBottom);
  return (
    above.length === headBottom && above.every(({ cells }) => cells.every((cell) => !/[\r\n]/.test(cell)))
  );
}

function toCall(path: string, { delimiter }: CsvDialect, skip: number, width: number): string {
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  return `read_csv(${toLiteral(path)}, auto_detect = false, header = false, skip = ${skip}, delim = ${toLiteral(delimiter)},
    quote = '"', escape = '"', columns = {${columns}}, strict_mode = true)`;
}

async function tryLoad(plan: LoadPlan, call: string, store: Store): Promise<boolean> {
  try {
    await store.run(toCreateFromCsv(plan, call));
    return true;
  } catch (error) {
    // What DuckDB refuses, the reader of batches reads or names; its message may quote a line and goes no further.
    if (error instanceof Error && /CSV|quote|columns/i.test(error.message)) return false;
    throw error;
  }
}

/** DuckDB passes over blank lines without a word: then rows would be numbered wrongly. */
async function hasEveryLine(
  plan: LoadPlan,
  headBottom: number,
  lineFeeds: number,
  store: Store,
): Promise<boolean> {
  const [found] = await store.rows(`select count(*) as n from ${plan.table}_rows`);
  return Number(found?.n) === lineFeeds + 1 - headBottom;
}
