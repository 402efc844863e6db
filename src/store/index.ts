import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from '@duckdb/node-api';

/** A result row: integers and decimals as exact text, dates as "2022-03-15", booleans as such. */
export type StoreRow = Record<string, string | boolean | null>;

/** The run's database: in memory, gone with the run. */
export interface Store {
  /** Runs statements that return nothing. */
  run(sql: string): Promise<void>;
  /** Runs one query and returns its rows as plain values. */
  rows(sql: string): Promise<StoreRow[]>;
  /** Prepares a statement whose parameters $1… are texts; the returned function runs it once with them. */
  prepare(sql: string): Promise<(texts: string[]) => Promise<void>>;
  /** The same database through a connection of its own: statements of two run side by side. Close it before the other. */
  fork(): Promise<Store>;
  close(): void;
}

// Required, not imported: Node would look through its hundred CommonJS files for names to export.
const duckdb: typeof import('@duckdb/node-api') = createRequire(import.meta.url)('@duckdb/node-api');

const MACROS = fileURLToPath(new URL('../../src/normalise/macros.sql', import.meta.url));

/** Opens an empty database with the cleaning macros; `key` is the run's secret for hashing identifiers, 32 hex digits. */
export async function openStore(key: string): Promise<Store> {
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Nothing of the rows is ever written to a disk, not even what does not fit into memory.
    temp_directory: '',
  });
  const connection = await instance.connect();
  await connection.run(readFileSync(MACROS, 'utf8').replaceAll('{key}', key));
  return toStore(connection, instance, () => instance.closeSync());
}

function toStore(connection: DuckDBConnection, instance: DuckDBInstance, onClose: () => void): Store {
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => {
      const result = await connection.runAndReadAll(sql);
      return result.getRowObjectsJson().map(toPlain);
    },
    prepare: async (sql) => {
      const statement = await connection.prepare(sql);
      return (texts) => runWith(statement, texts);
    },
    fork: async () => toStore(await instance.connect(), instance, () => {}),
    close: () => {
      connection.closeSync();
      onClose();
    },
  };
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

async function runWith(statement: DuckDBPreparedStatement, texts: string[]): Promise<void> {
  texts.forEach((text, index) => {
    statement.bindVarchar(index + 1, text);
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
