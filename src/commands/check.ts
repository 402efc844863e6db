import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { createCheck, type Finding, isWrong } from '../audit/index.ts';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { findKinds } from '../compose/index.ts';
import type { Config } from '../config.ts';
import { readFacts } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import type { Draft, Report } from '../model.ts';
import { readOwn, writeOutputs } from '../output/write.ts';
import { investigate, type Progress } from '../pipeline.ts';
import { isFactsFile } from '../read/facts-file.ts';
import { findAsked, readStationery, type Stationery, toDocuments } from './documents.ts';

/** What `check` found out about a document. */
export interface Checked {
  name: string;
  findings: Finding[];
  /** How many are changed or contradictory. */
  wrong: number;
  /** Where the copy with comments was written; null when none was asked for. */
  written: string | null;
}

/** What the numbers of a document are held against. */
interface Truth {
  report: Report;
  date: string | null;
  stationeries: Stationery[];
}

/** Compares the numbers of a document that people edited or wrote with the data; with no data only with one another. */
export async function check(
  path: string,
  annotated: string | null,
  config: Config,
  onProgress: Progress,
): Promise<Checked> {
  const catalogue = loadCatalogue(config);
  const bytes = await readDraft(path);
  const truth = config.inputs.length === 0 ? null : await findTruth(config, catalogue, onProgress);
  const drafts = truth === null ? [] : await toDrafts(truth, catalogue);
  const name = basename(path);
  const { findings, annotate } = createCheck(drafts, truth?.report ?? null, catalogue)({ name, bytes });
  const written = annotated === null ? null : await write(annotated, path, annotate);
  return { name, findings, wrong: findings.filter(isWrong).length, written };
}

async function write(
  to: string,
  from: string,
  annotate: (() => Promise<Uint8Array>) | null,
): Promise<string> {
  const where = '--annotate';
  if (annotate === null) throw new Failure('usage', { where, found: '批注只能加在 docx 文稿的副本上' });
  if (resolve(to) === resolve(from)) throw new Failure('usage', { where, found: '副本不能与文稿同名' });
  const [written] = await writeOutputs([{ name: basename(to), bytes: await annotate() }], dirname(to), false);
  return written?.path ?? to;
}

async function readDraft(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code === 'ENOENT'
      ? new Failure('file-missing', { where: path }, error)
      : new Failure('file-unreadable', { where: path, found: code }, error);
  }
}

/** A facts.json by itself is the truth; together with tables it tells of the year before, as in summarize. */
async function findTruth(config: Config, catalogue: Catalogue, onProgress: Progress): Promise<Truth> {
  const [first] = config.inputs;
  if (config.inputs.length === 1 && first !== undefined && isFactsFile(first)) {
    const { facts } = await readFacts(first, false);
    return {
      report: facts,
      date: facts.setup.date ?? config.date,
      stationeries: toStationeries(config, catalogue),
    };
  }
  const stationeries = toStationeries(config, catalogue);
  const asked = stationeries.flatMap((each) => findAsked(each, catalogue));
  const finding = await investigate(config, catalogue, await readOwn(config.out), onProgress, asked);
  return { report: finding.report, date: config.date, stationeries };
}

/** Of the kind that is named, else of all: a document does not say by which it was written. */
function toStationeries({ kind, template }: Config, catalogue: Catalogue): Stationery[] {
  const named = kind !== null || template !== null;
  const kinds = named ? [kind] : findKinds(catalogue).map((each) => each.kind);
  return kinds.map((each) => readStationery({ kind: each, template, formats: [] }, catalogue));
}

async function toDrafts({ report, date, stationeries }: Truth, catalogue: Catalogue): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const stationery of stationeries)
    for (const template of stationery.templates)
      drafts.push((await toDocuments(report, template, stationery, { formats: [], date }, catalogue)).draft);
  return drafts;
}
