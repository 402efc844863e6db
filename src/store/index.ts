import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from '@duckdb/node-api';
import { Failure } from '../failure.ts';
import { createSpillFolder, removeSpillFolder } from './spill.ts';

export { createSpillFolder } from './spill.ts';

/** A result row: integers and decimals as exact text, dates as "2022-03-15", booleans as such. */
export type StoreRow = Record<string, string | boolean | null>;

/** The run's database: in memory, gone with the run. */
export interface Store {
  /** Runs statements that return nothing. */
  run(sql: string): Promise<void>;
  /** Runs one query and returns its rows as plain values. */
  rows(sql: string): Promise<StoreRow[]>;
  /** Prepares a statement whose parameters $1… are bytes; the returned function runs it once with them. */
  prepare(sql: string): Promise<(parameters: Uint8Array[]) => Promise<void>>;
  /** The same database through a connection of its own: statements of two run side by side. Close it before the other. */
  fork(): Promise<Store>;
  close(): void;
}

// Required, not imported: Node would look through its hundred CommonJS files for names to export.
const duckdb: typeof import('@duckdb/node-api') = createRequire(import.meta.url)('@duckdb/node-api');

const MACROS = fileURLToPath(new URL('../../src/normalise/macros.sql', import.meta.url));

/**
 * Opens an empty database with the cleaning macros; `key` is the run's secret for hashing identifiers, 32 hex digits.
 * Beyond `megabytes` of memory (null: four fifths of the machine's) rows go to a private folder, which ends with the run.
 */
export async function openStore(key: string, megabytes: number | null = null): Promise<Store> {
  const folder = createSpillFolder();
  try {
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      temp_directory: folder,
      ...(megabytes === null ? {} : { memory_limit: `${megabytes}MB` }),
    });
    const connection = await instance.connect();
    await connection.run(readFileSync(MACROS, 'utf8').replaceAll('{key}', key));
    return toStore(connection, instance, () => {
      instance.closeSync();
      removeSpillFolder(folder);
    });
  } catch (error) {
    removeSpillFolder(folder);
    throw error;
  }
}

function toStore(connection: DuckDBConnection, instance: DuckDBInstance, onClose: () => void): Store {
  return {
    run: (sql) => withFailures(() => connection.run(sql)).then(() => {}),
    rows: async (sql) => {
      const result = await withFailures(() => connection.runAndReadAll(sql));
      return result.getRowObjectsJson().map(toPlain);
    },
    prepare: async (sql) => {
      const statement = await connection.prepare(sql);
      return (parameters) => withFailures(() => runWith(statement, parameters));
    },
    fork: async () => toStore(await instance.connect(), instance, () => {}),
    close: () => {
      connection.closeSync();
      onClose();
    },
  };
}

/** What a machine is too small for is no fault of the program. DuckDB's message may quote a path: it goes no further. */
async function withFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/No space left|max_temp_directory_size|disk quota/i.test(message))
      throw new Failure(
        'memory-short',
        { where: '临时文件夹的磁盘空间', found: '内存放不下的数据写不出去' },
        error,
      );
    if (/^Out of Memory Error|std::bad_alloc/.test(message))
      throw new Failure('memory-short', { where: '内存', found: '已用到上限' }, error);
    throw error;
  }
}

/** Two pieces of work side by side, each on a connection of its own; both have ended when this returns or throws. */
export async function sideBySide<A, B>(
  store: Store,
  first: (store: Store) => Promise<A>,
  second: (store: Store) => Promise<B>,
): Promise<[A, B]> {
  const own = await store.fork();
  try {
    const [one, two] = await Promise.allSettled([first(own), second(store)]);
    if (two.status === 'rejected') throw two.reason;
    if (one.status === 'rejected') throw one.reason;
    return [one.value, two.value];
  } finally {
    own.close();
  }
}

async function runWith(statement: DuckDBPreparedStatement, parameters: Uint8Array[]): Promise<void> {
  parameters.forEach((bytes, index) => {
    statement.bindBlob(index + 1, bytes);
  });
  await statement.run();
}

/** DuckDB's JSON form gives small integers as numbers; text keeps one kind of number in the program. */
function toPlain(row: Record<string, unknown>): StoreRow {
  const plain: StoreRow = {};
  for (const [name, value] of Object.entries(row)) {
    plain[name] = value === null || typeof value === 'boolean' ? value : String(value);
  }
  return plain;
}

/** A text as an SQL literal. */
export const toLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const toIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
