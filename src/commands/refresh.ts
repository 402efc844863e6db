import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import {
  openPackage,
  type Refreshed,
  readRecord,
  refreshFigures,
  savePackage,
  WRITTEN,
} from '../audit/index.ts';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { chooseTemplate, findKinds } from '../compose/index.ts';
import { type Config, type Flags, toConfig } from '../config.ts';
import { readFacts } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import { prepareFolder, readOwn, type Written, writeOutputs } from '../output/write.ts';
import { investigate, type Progress } from '../pipeline.ts';
import { readSource } from '../read/index.ts';
import { type PrintedRecord, toAppearances } from '../render/index.ts';
import { findAsked, readStationery, type Stationery, toDocuments } from './documents.ts';

/** Options of `refresh` besides those that every command with inputs has. */
export interface RefreshFlags extends Flags {
  accept?: boolean;
  edited?: boolean;
}

/** What `refresh` did, for the one who prints it. */
export interface Refresh {
  results: Refreshed[];
  /** Names of figures by their ids. */
  names: Map<string, string>;
  /** Null when nothing had to be written. */
  written: Written | null;
  config: Config;
}

/** Who the revisions are by. */
const AUTHOR = 'mzreport';

/** Puts fresh figures into a Word file that people have edited, beside it or where --out says. */
export async function refresh(
  path: string,
  inputs: string[],
  flags: RefreshFlags,
  onProgress: Progress,
): Promise<Refresh> {
  const where = basename(path);
  await readSource(path);
  const opened = openPackage(await readFile(path), where);
  const record = readRecord(opened);
  if (record === null) throw new Failure('document-unknown', { where });
  const config = toConfig(inputs, flags);
  const catalogue = loadCatalogue(config);
  const stationery = readStationery(
    { ...toWanted(record, config, catalogue, where), formats: [] },
    catalogue,
  );
  const target = toTarget(path, flags.out);
  await prepareFolder(target.folder);
  const report = await toReport({ path, record, config, catalogue, stationery, flags, onProgress });
  requireSame(record, report, where);
  const template = chooseTemplate(stationery.templates, report);
  const { draft } = await toDocuments(report, template, stationery, { formats: [], date: null }, catalogue);
  const date = toRevisionDate(config.date);
  const manner = { tracked: !flags.accept, author: AUTHOR, date };
  const results = refreshFigures(opened, record, toAppearances(draft), manner);
  const output = { name: target.name, bytes: await savePackage(opened) };
  const isChanged = results.some(({ fate }) => WRITTEN.has(fate));
  const [written = null] = isChanged ? await writeOutputs([output], target.folder, config.force) : [];
  return { results, names: new Map(report.figures.map(({ id, name }) => [id, name])), written, config };
}

/** True when a person has to look at something. */
export const isUnsettled = (results: readonly Refreshed[]): boolean =>
  results.some(({ fate }) => fate === 'pending' || !WRITTEN.has(fate));

interface Task {
  path: string;
  record: PrintedRecord;
  config: Config;
  catalogue: Catalogue;
  stationery: Stationery;
  flags: RefreshFlags;
  onProgress: Progress;
}

/** From the tables, for the time and place of the document; one facts.json alone is the truth itself. */
async function toReport({
  path,
  record,
  config,
  catalogue,
  stationery,
  flags,
  onProgress,
}: Task): Promise<Report> {
  const [first, ...others] = config.inputs;
  if (first?.toLowerCase().endsWith('.facts.json') && others.length === 0)
    return (await readFacts(first, flags.edited ?? false)).facts;
  const place = config.place ?? (record.place || null);
  const wanted: Config = {
    ...config,
    place,
    organisation: config.organisation ?? (place && `${place}民政局`),
    period: config.period ?? record.period,
  };
  const asked = findAsked(stationery, catalogue);
  const own = await readOwn(dirname(path));
  const isOwn = (file: string) => own(file) || resolve(file) === resolve(path);
  return (await investigate(wanted, catalogue, isOwn, onProgress, asked)).report;
}

/** The template of the document, unless another one is asked for. */
function toWanted({ template }: PrintedRecord, config: Config, catalogue: Catalogue, where: string) {
  if (template === null) throw new Failure('document-unknown', { where, found: '它是单独的附表' });
  const kind = template.replace(/\.hbs$/, '');
  if (config.template !== null && basename(config.template) === template) return config;
  if (findKinds(catalogue).some((each) => each.kind === kind)) return { kind, template: null };
  throw new Failure('usage', {
    where,
    found: `是用本单位的模板“${template}”写的，请用 --template 写明它在哪里`,
  });
}

/** Figures of another year or place would be wrong in every sentence. */
function requireSame(record: PrintedRecord, report: Report, where: string): void {
  const [wrote, gives] = [record, report].map(({ place, period }) => `${place}${toPeriodText(period)}`);
  if (record.period.from === report.period.from && record.period.to === report.period.to)
    if (record.place === report.place || record.place === '' || report.place === '') return;
  throw new Failure('document-differs', { where, found: wrote ?? '', expected: gives ?? '' });
}

/** Beside the document, under a name of its own, unless told otherwise. */
function toTarget(path: string, out: string | undefined): { folder: string; name: string } {
  const name = `${basename(path).replace(/\.docx$/i, '')}（更新）.docx`;
  if (out === undefined) return { folder: dirname(path), name };
  return /\.docx$/i.test(out) ? { folder: dirname(out), name: basename(out) } : { folder: out, name };
}

/** "2023年1月10日" of the config as a revision has it: the clock is not looked at. */
function toRevisionDate(date: string | null): string | null {
  const [, year, month = '', day = ''] = /^(20\d{2})年(\d{1,2})月(\d{1,2})日$/.exec(date ?? '') ?? [];
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`;
}
