import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { type Composed, chooseTemplate } from '../compose/index.ts';
import type { Config } from '../config.ts';
import { toFactsText } from '../facts/index.ts';
import { toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import { type Output, prepareFolder, type Written, writeOutputs } from '../output/write.ts';
import { type Admitted, admit, isSamePlace, rollUp } from '../rollup/index.ts';
import { readLayouts, renderWorkbook, type Tables, toTables } from '../tables/index.ts';
import { VERSION } from '../version.ts';
import { readStationery, toDocuments } from './documents.ts';
import { type CountyState, findCity, readAll, readExpected, toNotes, toStates } from './rollup-counties.ts';
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
  const files = await readAll(config.inputs, flags.edited ?? false);
  const place = config.place ?? findCity(files);
  const handed = files.filter(({ facts }) => !isSamePlace(facts.place, place));
  const admitted = admit(
    handed.map(({ source, facts }) => ({ file: source.name, facts })),
    place,
    config.period,
    catalogue,
  );
  const counties = toStates(admitted, readExpected(flags.expect));
  const used = handed.filter(({ facts }) => admitted.given.some((county) => county.facts === facts));
  const report = rollUp(
    {
      place,
      organisation: config.organisation ?? `${place}民政局`,
      period: admitted.period,
      generator: { name: 'mzreport', version: VERSION },
      sources: used.map(({ source: { path: _, ...source } }) => source),
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
  return { ...done, report, counties, notes: toNotes(files, used, flags.expect !== undefined) };
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

/** Where nothing else is said the city writes what its counties wrote. */
function withKind(config: Config, { given }: Admitted): Config {
  if (config.kind !== null || config.template !== null) return config;
  const [kind, ...others] = new Set(given.map(({ facts }) => facts.setup.kind));
  return others.length === 0 ? { ...config, kind: kind ?? null } : config;
}
