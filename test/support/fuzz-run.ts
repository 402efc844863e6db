import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../src/failure.ts';
import type { Batch } from '../../src/model.ts';
import { read, readSources } from '../../src/read/index.ts';
import type { Terminal } from '../../src/terminal.ts';
import { PERSON, type Seed } from './mutants.ts';

type Run = (terminal: Terminal) => Promise<number>;

/** How the program took one mutant; `fault` is null when it did as it should. */
export interface Verdict {
  code: number;
  fault: string | null;
}

/** Runs the whole program on one mutant: it ends with 0, 1 or 2, loses no row and names no person. */
export async function runMutant(mutant: Seed, run: Run): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-fuzz-'));
  const said = { out: '', err: '' };
  try {
    const path = join(folder, mutant.name);
    writeFileSync(path, mutant.bytes);
    const argv = ['node', 'mzreport', 'summarize', path, '--out', join(folder, 'out')];
    const code = await run({
      argv: [...argv, '--json', '--format', 'txt', '--debug'],
      stdout: { write: (text) => (said.out += text) },
      stderr: { write: (text) => (said.err += text) },
    });
    return { code, fault: findFault(code, said.out, said.err) };
  } catch (error) {
    return { code: -1, fault: `thrown: ${String(error)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads all sheets of a mutant, which is much quicker: it is read or refused, and its rows stand in order. */
export async function readMutant(mutant: Seed): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-fuzz-'));
  try {
    const path = join(folder, mutant.name);
    writeFileSync(path, mutant.bytes);
    for await (const source of readSources({ files: [path], skipped: [] }))
      for (const sheet of await read(source)) for await (const batch of sheet.read()) checkBatch(batch);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) return String(error);
    return error.message.includes(PERSON) ? 'a name got out' : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkBatch({ numbers, columns }: Batch): void {
  if (columns.some(({ length }) => length !== numbers.length)) throw new Error('columns of unequal length');
  if (numbers.some((number, i) => i > 0 && number <= (numbers[i - 1] ?? 0)))
    throw new Error('rows out of order');
}

/** With --json a failure says its code there, and nothing but it. */
function isFailure(out: string): boolean {
  const said = JSON.parse(out) as { failure?: { code?: string } };
  return typeof said.failure?.code === 'string' && Object.keys(said).length === 1;
}

function findFault(code: number, out: string, err: string): string | null {
  if (code !== 0 && code !== 1 && code !== 2) return err.slice(0, 600);
  const [sentence = ''] = err.split('\n');
  if (`${out}${sentence}`.includes(PERSON)) return 'a name got out';
  if (code === 2)
    return isFailure(out) && sentence.startsWith('错误：') ? null : 'failure without its sentence';
  const { sheets } = JSON.parse(out) as { sheets: Sheet[] };
  const lossy = sheets.find(
    ({ read, used, setAside }) => read !== used + setAside.reduce((sum, { rows }) => sum + rows, 0),
  );
  return lossy ? `rows lost: ${JSON.stringify(lossy)}` : null;
}

interface Sheet {
  read: number;
  used: number;
  setAside: { rows: number }[];
}
