import { run } from '../../src/cli.ts';

/** What a command line printed and how it ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the program in this process, without a terminal. */
export async function runCli(...args: string[]): Promise<Outcome> {
  const outcome: Outcome = { code: -1, stdout: '', stderr: '' };
  outcome.code = await run({
    argv: ['node', 'mzreport', ...args],
    stdout: { write: (text) => (outcome.stdout += text) },
    stderr: { write: (text) => (outcome.stderr += text) },
  });
  return outcome;
}

/** The parts of `--json` that tests look at. */
export interface Result {
  place: string;
  period: { from: string; to: string };
  sheets: {
    file: string;
    sheet: string;
    dataset: string | null;
    programme: string | null;
    read: number;
    used: number;
    setAside: { reason: string; rows: number }[];
  }[];
  figures: { id: string; status: string; value: string | null; text: string; reason: string | null }[];
  problems: {
    kind: string;
    file: string;
    sheet: string;
    row: number;
    count: number;
    message: string;
    figures: string[];
  }[];
  leftOut: string[];
  written: { path: string; kept: string | null }[];
}

/** Runs `summarize --json` and reads what it said; throws when it failed. */
export async function summarize(...args: string[]): Promise<Result> {
  const outcome = await runCli('summarize', ...args, '--json');
  if (outcome.code > 1) throw new Error(outcome.stderr);
  return JSON.parse(outcome.stdout) as Result;
}

/** Known values by id. */
export const toValues = (result: Result): Record<string, string> =>
  Object.fromEntries(result.figures.flatMap(({ id, value }) => (value === null ? [] : [[id, value]])));
