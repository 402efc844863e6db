import { basename, dirname } from 'node:path';
import { type Asked, findFigure, type Trace, toFilter, toFormula, trace } from '../aggregate/index.ts';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { type Config, type Flags, toConfig } from '../config.ts';
import { type Explanation, explain, type Traced } from '../explain/index.ts';
import { readFacts } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import { toPartId } from '../format.ts';
import type { FigurePart, Report } from '../model.ts';
import { prepareFolder, readOwn, type Written, writeOutputs } from '../output/write.ts';
import { investigate, type Progress } from '../pipeline.ts';
import { isFactsFile } from '../read/facts-file.ts';
import type { Store } from '../store/index.ts';
import { findId } from './figure-name.ts';
import { toRowsCsv } from './rows-csv.ts';

/** What is wanted beside the explanation, as it stands on the command line. */
export interface ExplainFlags {
  sql?: boolean;
  /** Path of the CSV to be written. */
  rows?: string;
}

/** What `explain` found, for the one who prints it. */
export interface Explained {
  explanation: Explanation;
  report: Report;
  /** Values by area and month that were computed along with it; few of them may be published. */
  parts: FigurePart[];
  /** Statements by figure id; empty where none was asked for. */
  statements: Map<string, string>;
  written: Written[];
  /** Chinese: what the reader must know about the facts. */
  notes: string[];
}

/** Explains one figure of the inputs, or of a *.facts.json that is the only input. */
export async function explainFigure(
  name: string,
  inputs: string[],
  flags: Flags & ExplainFlags,
  onProgress: Progress,
): Promise<Explained> {
  const config = toConfig(inputs, flags);
  const catalogue = loadCatalogue(config);
  const [only = ''] = inputs;
  if (inputs.length > 1 || !isFactsFile(only))
    return explainRows(findId(name, catalogue, []), config, catalogue, flags, onProgress);
  refuseRows(basename(only), flags);
  const { facts, edited } = await readFacts(only, true);
  const notes = edited ? [`${basename(only)} 写出以后被人改过，里面的数以改后的为准，来历说不清`] : [];
  return { ...toExplained(findId(name, catalogue, facts.figures), facts, new Map(), catalogue), notes };
}

/** Facts hold no rows. */
function refuseRows(file: string, { sql, rows }: ExplainFlags): void {
  if (sql || rows !== undefined)
    throw new Failure('usage', {
      where: sql ? '--sql' : '--rows',
      found: `“${file}”里只有结果，没有原来的行，请改写原来的表格`,
    });
}

async function explainRows(
  id: string,
  config: Config,
  catalogue: Catalogue,
  flags: ExplainFlags,
  onProgress: Progress,
): Promise<Explained> {
  const [folder, name] = [dirname(flags.rows ?? '.'), basename(flags.rows ?? '')];
  if (flags.rows !== undefined) await prepareFolder(folder);
  const traces = new Map<string, Trace>();
  let rows: Uint8Array = new Uint8Array();
  const look = async (report: Report, store: Store) => {
    for (const each of toIds(explainOrThrow(id, report, new Map()))) {
      const found = findFigure(each, report.figures);
      const traced = found && (await trace(found, catalogue, store));
      if (traced) traces.set(each, traced);
    }
    if (flags.rows !== undefined) rows = await toRowsCsv(traces, report);
  };
  const isOwn = await readOwn(config.out);
  const { report } = await investigate(config, catalogue, isOwn, onProgress, toAsked(id, catalogue), look);
  return {
    ...toExplained(id, report, toTraced(traces, report), catalogue),
    statements: new Map(flags.sql ? [...traces].map(([each, { sql }]) => [each, sql]) : []),
    written:
      flags.rows === undefined ? [] : await writeOutputs([{ name, bytes: rows }], folder, config.force),
  };
}

function toExplained(id: string, report: Report, traced: Traced, catalogue: Catalogue): Explained {
  const parts = report.figures.find((figure) => figure.id === id)?.parts ?? [];
  return {
    explanation: withDefinition(explainOrThrow(id, report, traced), catalogue),
    report,
    parts,
    statements: new Map(),
    written: [],
    notes: [],
  };
}

function explainOrThrow(id: string, report: Report, traced: Traced): Explanation {
  const explanation = explain(id, report, traced);
  if (explanation) return explanation;
  const ids = report.figures.flatMap((figure) => [
    figure.id,
    ...(figure.parts ?? []).map((part) => toPartId(figure.id, part)),
  ]);
  const near = findNearest(id, ids);
  throw new Failure('figure-unknown', { where: id, found: toWhy(id), expected: near.join('、') });
}

/** A figure without a value does not say how it would be computed; the catalogue does. */
function withDefinition(explanation: Explanation, catalogue: Catalogue): Explanation {
  const parts = explanation.parts.map((part) => withDefinition(part, catalogue));
  const indicator = catalogue.indicators.get(explanation.id.replace(/@.*$/, ''));
  if (!indicator || explanation.points.some(({ label }) => label === '算法'))
    return { ...explanation, parts };
  const points = [
    { label: '算法', lines: [toFormula(indicator)] },
    { label: '条件', lines: [toFilter(indicator, catalogue)].filter((line) => line !== '') },
  ];
  const at = explanation.points.findIndex(({ label }) => AFTER_DEFINITION.has(label));
  const own = [...explanation.points];
  own.splice(at < 0 ? own.length : at, 0, ...points.filter(({ lines }) => lines.length > 0));
  return { ...explanation, points: own, parts };
}

const AFTER_DEFINITION = new Set(['来源', '上年', '上年末', '目标', '存疑', '提示']);

/** Why a figure that there might be is not there. */
function toWhy(id: string): string {
  if (id.includes('@')) return '，这些文件里没有这个地区（月份）的数';
  if (/#(?:同比|较上年末)/.test(id)) return '，因为没有上年的数';
  return id.includes('#') ? '，因为没有给它的目标，或它本身待核' : '';
}

/** An explanation's own id and those of all that it is made of. */
const toIds = ({ id, parts }: Explanation): string[] => [...new Set([id, ...parts.flatMap(toIds)])];

/** Its areas tell where it comes from; an id of an area or month may mean one of any level. */
function toAsked(id: string, { fields }: Catalogue): Asked[] {
  const base = id.replace(/[@#].*$/, '');
  const levels = ['county', 'town', 'village'].map((field) => fields.get(field)?.名称 ?? field);
  const by = id.includes('@') ? [null, ...levels, '月份'] : [null];
  return by.map((each) => ({ id: base, by: each }));
}

/** Sheets by their names instead of their numbers. */
function toTraced(traces: Map<string, Trace>, { sheets }: Report): Traced {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]));
  return new Map(
    [...traces].map(([id, trace]) => [
      id,
      trace.sheets.map(({ sheet, ...ranges }) => {
        const { file = '', sheet: name = '' } = byId.get(sheet) ?? {};
        return { file, sheet: name, ...ranges };
      }),
    ]),
  );
}
