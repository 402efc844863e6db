import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { type Composed, chooseTemplate } from '../compose/index.ts';
import type { Config } from '../config.ts';
import { type FactsFile, readFacts, toFactsText } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import { type Output, prepareFolder, type Written, writeOutputs } from '../output/write.ts';
import { findInputs } from '../read/inputs.ts';
import { type Admitted, admit, isSamePlace, rollUp } from '../rollup/index.ts';
import { readLayouts, renderWorkbook, type Tables, toTables } from '../tables/index.ts';
import { VERSION } from '../version.ts';
import { readStationery, toDocuments } from './documents.ts';
import { toCountyLayouts, toCountySheet } from './rollup-sheet.ts';
import { toSetup } from './setup.ts';
import { findPrinted, isDoubtful, toFactsOutput } from './summarize.ts';

/** What is wanted of a roll-up beyond what the config says. */
export interface RollupFlags {
  /** Counties that should have handed in: 东湖区,西湖区, or the path of a file with a name a line. */
  expect?: string;
  /** Add what there is where a county lacks it. */
  partial?: boolean;
  /** Take facts that were changed by hand. */
  edited?: boolean;
  /** False: print counts of one or two persons. */
  suppress?: boolean;
}

/** A county, with what became of its facts. */
export interface CountyState {
  place: string;
  /** Null when it handed in nothing that could be used. */
  file: string | null;
  /** Chinese: why there is nothing of it; null when there is. */
  reason: string | null;
}

/** What `rollup` did, for the one who prints it. */
export interface RolledUp extends Composed {
  report: Report;
  counties: CountyState[];
  /** Chinese: files that were passed over, counties that were not expected. */
  notes: string[];
  written: Written[];
  leftOutTables: Tables['leftOut'];
  doubtful: boolean;
}

/** Reads the counties' facts and writes the city's draft, facts and tables. `config.inputs` are the counties' files. */
export async function rollup(config: Config, flags: RollupFlags): Promise<RolledUp> {
  const catalogue = loadCatalogue(config);
  const files = await readAll(config, flags.edited ?? false);
  const place = config.place ?? findCity(files);
  const handed = files.filter(({ facts }) => !isSamePlace(facts.place, place));
  const admitted = admit(
    handed.map(({ source, facts }) => ({ file: source.name, facts })),
    place,
    config.period,
    catalogue,
  );
  const counties = toStates(admitted, readExpected(flags.expect));
  const report = rollUp(
    {
      place,
      organisation: config.organisation ?? `${place}民政局`,
      period: admitted.period,
      generator: { name: 'mzreport', version: VERSION },
      sources: handed.map(({ source: { path: _, ...source } }) => source),
      order: counties.map((each) => each.place),
    },
    {
      given: admitted.given,
      missing: counties.flatMap((each) => (each.file === null ? [each.place] : [])),
      partial: flags.partial ?? false,
    },
    catalogue,
  );
  const done = await write(withKind(config, admitted), report, counties, flags, catalogue);
  return { ...done, report, counties, notes: toNotes(files, handed, counties, flags.expect !== undefined) };
}

async function write(
  config: Config,
  report: Report,
  counties: CountyState[],
  flags: RollupFlags,
  catalogue: Catalogue,
) {
  const stationery = readStationery(config, catalogue);
  await prepareFolder(config.out);
  const template = chooseTemplate(stationery.templates, report);
  const { name, outputs, ...composed } = await toDocuments(report, template, stationery, config, catalogue);
  const facts = toFactsOutput(name, toFactsText(report, toSetup(config, catalogue, template)));
  const layouts = readLayouts(null, catalogue);
  const all = [...layouts, ...toCountyLayouts(layouts, catalogue)];
  const tables = toTables(all, report, catalogue, flags.suppress ?? true);
  const workbook: Output = {
    name: `${report.organisation}${toPeriodText(report.period)}附表.xlsx`,
    bytes: await renderWorkbook([toCountySheet(report, counties), ...tables.sheets]),
  };
  const written = await writeOutputs([...outputs, facts, workbook], config.out, config.force);
  const doubtful = isDoubtful(report, composed, findPrinted(composed));
  return { ...composed, written, leftOutTables: tables.leftOut, doubtful };
}

async function readAll(config: Config, edited: boolean): Promise<FactsFile[]> {
  const { files } = await findInputs(config.inputs, () => false);
  const facts = files.filter((path) => path.toLowerCase().endsWith('.facts.json'));
  if (facts.length === 0) throw new Failure('no-facts', { where: config.inputs.join(' ') });
  return Promise.all(facts.map((path) => readFacts(path, edited)));
}

/** What all counties' names begin with: 南昌市 of 南昌市东湖区. */
function findCity(files: FactsFile[]): string {
  const cities = new Set(
    files.map(({ facts }) => /^.{1,8}?市(?=.{2,}[县区市旗]$)/.exec(facts.place)?.[0] ?? ''),
  );
  const [city] = cities;
  if (cities.size === 1 && city) return city;
  throw new Failure('usage', { where: '--place', found: '没有写是哪个市，从各县区的名称里也看不出来' });
}

/** The counties in the order in which they are expected, then those that nobody expected. */
function toStates({ given, late }: Admitted, expected: string[]): CountyState[] {
  const states: CountyState[] = [
    ...given.map(({ place, file }) => ({ place, file, reason: null })),
    ...late
      .filter((each) => !given.some(({ place }) => isSamePlace(place, each.place)))
      .map((each) => ({ ...each, file: null })),
  ];
  const others = states.filter(({ place }) => !expected.some((each) => isSamePlace(each, place)));
  const own = expected.map(
    (place) =>
      states.find((each) => isSamePlace(each.place, place)) ?? { place, file: null, reason: '没有报送' },
  );
  return [...own, ...others];
}

/** Names as they stand on the command line, or in a file a line each. */
function readExpected(text: string | undefined): string[] {
  if (text === undefined) return [];
  const names = existsSync(text) ? readFileSync(text, 'utf8').replace(/^\ufeff/, '') : text;
  return [...new Set(names.split(/[,，、\s]+/).filter(Boolean))];
}

/** Where nothing else is said the city writes what its counties wrote. */
function withKind(config: Config, { given }: Admitted): Config {
  if (config.kind !== null || config.template !== null) return config;
  const [kind, ...others] = new Set(given.map(({ facts }) => facts.setup.kind));
  return others.length === 0 ? { ...config, kind: kind ?? null } : config;
}

function toNotes(
  files: FactsFile[],
  handed: FactsFile[],
  counties: CountyState[],
  expecting: boolean,
): string[] {
  return [
    ...files
      .filter((file) => !handed.includes(file))
      .map(({ source }) => `跳过 ${source.name}（市里自己的）`),
    ...handed
      .filter(({ edited }) => edited)
      .map(({ source }) => `${basename(source.name)} 写出以后被人改过，里面的数来历说不清`),
    ...(expecting || counties.every(({ file }) => file !== null)
      ? []
      : ['没有写 --expect：只知道给了的县区，不知道还应有哪些']),
  ];
}
