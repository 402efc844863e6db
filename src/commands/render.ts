import { loadCatalogue } from '../catalogue/index.ts';
import { chooseTemplate } from '../compose/index.ts';
import { type Config, type Flags, toConfig } from '../config.ts';
import { type FactsFile, readFacts } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import { prepareFolder, type Written, writeOutputs } from '../output/write.ts';
import { findListed, readStationery, type Stationery, toDocuments, type Wanted } from './documents.ts';
import { toSetup } from './setup.ts';

/** What `render` did, for the one who prints it. */
export interface Rerendered {
  written: Written[];
  /** Chinese: what the reader of the documents must know about the facts. */
  notes: string[];
}

/** Writes the documents of a *.facts.json again, without the data that it was computed from. */
export async function rerender(
  path: string,
  flags: Flags & { edited?: boolean },
): Promise<Rerendered & { config: Config }> {
  const config = toConfig([], flags);
  const file = await readFacts(path, flags.edited ?? false);
  const catalogue = loadCatalogue(config);
  const wanted = { ...toWanted(file, config, flags), formats: config.formats };
  const stationery = readStationery(wanted, catalogue);
  const { facts } = file;
  const template = chooseTemplate(stationery.templates, facts);
  await prepareFolder(config.out);
  const how = { formats: config.formats, date: facts.setup.date ?? config.date };
  const { outputs } = await toDocuments(facts, template, stationery, how, catalogue);
  const setup = toSetup({ ...config, ...wanted }, catalogue, template);
  return {
    config,
    written: await writeOutputs(outputs, config.out, config.force),
    notes: toNotes(file, setup, stationery),
  };
}

/** What was asked for on the command line, else what the facts were written with. */
function toWanted({ facts, source }: FactsFile, config: Config, flags: Flags): Omit<Wanted, 'formats'> {
  if (flags.kind !== undefined || flags.template !== undefined) return config;
  const { kind, template } = facts.setup;
  if (kind !== null) return { kind, template: null };
  if (config.template?.replace(/^.*[\\/]/, '') === template) return config;
  throw new Failure('usage', {
    where: source.name,
    found: `是用本单位的模板“${template}”写的，请用 --template 写明它在哪里，或用 --kind 另选文种`,
  });
}

/** Whatever makes these documents others than those that were written with the facts. */
function toNotes(
  { facts, source, edited }: FactsFile,
  now: FactsFile['facts']['setup'],
  stationery: Stationery,
): string[] {
  const before = new Map(facts.setup.files.map(({ name, sha256 }) => [name, sha256]));
  const sameTemplate = facts.setup.template === now.template;
  const changed = now.files.filter(({ name, sha256 }) => before.has(name) && before.get(name) !== sha256);
  const lacking = findLacking(facts, stationery);
  return [
    ...(edited ? [`${source.name} 写出以后被人改过，里面的数以改后的为准，来历说不清`] : []),
    ...(changed.length > 0
      ? [
          `口径、模板或版式与写出时不同：${changed.map(({ name }) => name).join('、')}；数仍是当时的数，文字按现在的模板`,
        ]
      : []),
    ...(!sameTemplate && lacking.length > 0
      ? [
          `${lacking.join('、')}没有分地区或分月的数：写出 facts.json 时的文种不列。要列，请用原来的表格重新运行 mzreport summarize`,
        ]
      : []),
  ];
}

/** Names of known figures that the documents list by area or month and the facts do not tell apart. */
function findLacking({ figures }: FactsFile['facts'], stationery: Stationery): string[] {
  const asked = new Set(findListed(stationery).map(({ id }) => id));
  return figures
    .filter(({ id, value, parts }) => asked.has(id) && value !== null && parts === undefined)
    .map(({ name }) => name);
}
