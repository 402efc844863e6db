import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { replaceFile } from '../output/write.ts';
import { VERSION } from '../version.ts';
import type { InputFile } from './fingerprint.ts';

/** What became of a job. */
export type Status = 'done' | 'unchanged' | 'failed';

/** Why a job failed, for programs; `reason` says it to people. */
export type FailedBy =
  | 'inputs'
  | 'settings'
  | 'busy'
  | 'timeout'
  | 'memory'
  | 'interrupted'
  | 'run'
  | 'crash';

/** A file that a job wrote. */
export interface OutputFile {
  /** From the plan's output folder, with slashes. */
  path: string;
  bytes: number;
  sha256: string | null;
}

/** What a job came to. */
export interface JobResult {
  name: string;
  place: string;
  status: Status;
  /** Null unless it failed. */
  code: FailedBy | null;
  /** Chinese; null when it is done. */
  reason: string | null;
  /** Chinese: what is not quite as it was wanted, though the job is done. */
  notes: string[];
  /** Span that the report is about; null when it came to none. */
  period: { from: string; to: string } | null;
  /** Seconds that it took this time. */
  seconds: number;
  /** Of what its outputs were made from; null when they cannot be known again. */
  fingerprint: string | null;
  inputs: InputFile[];
  outputs: OutputFile[];
  rows: { read: number; used: number; setAside: number };
  /** How many problems the data have, hints included. */
  problems: number;
  /** True when a problem touches a printed figure or a 〔待核〕 stands. */
  doubtful: boolean;
}

/** What a batch came to: manifest.json of the plan's output folder. */
export interface Manifest {
  schemaVersion: 1;
  generator: { name: 'mzreport'; version: string };
  plan: { name: string; sha256: string };
  /** What 年度 came to; null when the plan has none. */
  year: string | null;
  started: string;
  /** Null while the batch runs, and for ever when it was killed. */
  finished: string | null;
  seconds: number;
  /** In the order of the plan. */
  jobs: JobResult[];
  /** The roll-up; null when the plan has none or it was not its turn. */
  rollup: JobResult | null;
}

export const MANIFEST = 'manifest.json';

/** The manifest of the run before; null when there is none. Throws when the name is taken by a file that is none. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    if (manifest.generator.name === 'mzreport' && Array.isArray(manifest.jobs))
      // What another version wrote is ours, but says nothing that we can rely on.
      return manifest.schemaVersion === 1 ? manifest : null;
  } catch {
    // Not even JSON.
  }
  throw new Failure('output-name', {
    where: path,
    found: '已有同名的文件，不是批量写出的',
    expected: '把它移走，或在计划里换一个输出目录',
  });
}

/** Writes the manifest: there is a whole one at any moment, old or new. */
export async function writeManifest(
  manifest: Omit<Manifest, 'schemaVersion' | 'generator'>,
  folder: string,
): Promise<void> {
  const whole: Manifest = {
    schemaVersion: 1,
    generator: { name: 'mzreport', version: VERSION },
    ...manifest,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(whole, null, 1)}\n`);
  await replaceFile(join(folder, MANIFEST), bytes);
}
