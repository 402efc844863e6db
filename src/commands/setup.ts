import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Catalogue, findFile, findFiles } from '../catalogue/index.ts';
import type { Template } from '../compose/index.ts';
import type { Config } from '../config.ts';
import type { Setup } from '../model.ts';

/** What this run used of all that a bureau may change, for its facts. */
export function toSetup(config: Config, catalogue: Catalogue, template: Template): Setup {
  const setup = {
    kind: config.template === null ? basename(template.name, '.hbs') : null,
    template: template.name,
    methods: toSorted(config.methods),
    files: [...findCatalogueFiles(catalogue, template), ...toTexts(template)],
    indicators: toHashOf(config.indicators, Object.keys(config.indicators).length),
    mappings: toHashOf(config.mappings, config.mappings.length),
  };
  return { ...setup, date: config.date, fingerprint: toHash(JSON.stringify(setup)) };
}

/** Dictionaries and indicators decide figures; layouts, charts and style what a document shows of them. */
function findCatalogueFiles({ folders }: Catalogue, { about }: Template): Setup['files'] {
  const list = (folder: string) =>
    findFiles(folders, folder, '.yaml').map((path) => ({ name: `${folder}/${basename(path)}`, path }));
  const tables = list('tables').filter(({ name }) =>
    about.tables.includes(basename(name, '.yaml').replace(/^\d+/, '')),
  );
  const style = findFile(folders, 'style/gongwen.yaml');
  return [
    ...list('dictionary'),
    ...list('indicators'),
    ...tables,
    ...list('charts'),
    ...(style === null ? [] : [{ name: 'style/gongwen.yaml', path: style }]),
  ].map(({ name, path }) => ({ name, sha256: toHash(readFileSync(path)) }));
}

/** Only the names: the folder of a bureau's own template may bear a person's. */
function toTexts({ name, source, partials }: Template): Setup['files'] {
  const own = Object.keys(partials).sort();
  return [
    { name: `reports/${name}`, sha256: toHash(source) },
    ...own.map((each) => ({
      name: `reports/partials/${each}.hbs`,
      sha256: toHash(partials[each] ?? ''),
    })),
  ];
}

const toSorted = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const toHashOf = (value: unknown, size: number): string | null =>
  size === 0 ? null : toHash(JSON.stringify(value));

const toHash = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
