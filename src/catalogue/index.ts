import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Dataset } from '../model.ts';
import { type Checks, ChecksFile, requireKnownNames } from './checks.ts';
import { type Indicator, type Methods, toIndicators } from './indicator.ts';
import { findFile, findFiles } from './overlay.ts';
import { type Prose, ProseFile } from './prose.ts';
import { readYaml } from './read-yaml.ts';
import {
  type Areas,
  AreasFile,
  DatasetsFile,
  type FieldSpec,
  FieldsFile,
  IndicatorsFile,
  type LayoutSpec,
  type ProgrammeSpec,
  ProgrammesFile,
  type RowWords,
  type WideWords,
} from './schema.ts';

export type { Checks, Entitlement } from './checks.ts';
export type { Expression } from './expression.ts';
export { type Indicator, toList } from './indicator.ts';
export { findFile, findFiles } from './overlay.ts';
export type { Prose } from './prose.ts';
export type { FieldSpec, IndicatorSpec, LayoutSpec, ProgrammeSpec } from './schema.ts';
export { IndicatorsFile } from './schema.ts';

/** Everything a bureau may change without programming, loaded and checked. */
export interface Catalogue {
  /** Folders that it was read from, the first one's files before the others'. */
  folders: string[];
  fields: Map<string, FieldSpec>;
  rowWords: RowWords;
  wide: WideWords;
  emptyWords: string[];
  programmes: Map<string, ProgrammeSpec>;
  areas: Areas;
  /** What the data checks know about the business. */
  checks: Checks;
  /** How numbers in running text are read. */
  prose: Prose;
  layouts: { prior: number; margin: number; byDataset: Map<Dataset, LayoutSpec> };
  /** By id "业务.名称", in the order of the files. */
  indicators: Map<string, Indicator>;
}

/** The project's own templates/ folder, from src/ as well as from dist/. */
const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** What a bureau adds to the project's own templates. */
export interface Overlay {
  /** Folder of the same shape as templates/, whose files stand before ours; null when there is none. */
  templates: string | null;
  /** Its own indicators, of the key 指标 in its mzreport.yaml. */
  indicators: z.infer<typeof IndicatorsFile>;
  /** Methods that it chose where there are several, by the name of the setting. */
  methods?: Methods;
  /** The file that names them, for messages; null when there is none. */
  from: string | null;
}

/** Where templates are read from: the bureau's own folder, if any, before ours. */
export const findTemplateFolders = (own: string | null): string[] => [
  ...(own === null ? [] : [own]),
  TEMPLATES,
];

/** Loads dictionaries and indicators, the bureau's before ours; throws when something in them is wrong. */
export function loadCatalogue(overlay: Overlay = { templates: null, indicators: {}, from: null }): Catalogue {
  const { templates, from } = overlay;
  if (templates !== null && !existsSync(templates)) {
    throw new Failure('config-invalid', { where: from ?? '', found: `模板目录“${templates}”不存在` });
  }
  const folders = findTemplateFolders(templates);
  const load = <T extends z.ZodType>(name: string, schema: T) =>
    readYaml(findFile(folders, name) ?? name, schema, 'catalogue-invalid');
  const fields = load('dictionary/fields.yaml', FieldsFile);
  const datasets = load('dictionary/datasets.yaml', DatasetsFile);
  const programmes = load('dictionary/programmes.yaml', ProgrammesFile);
  const catalogue: Catalogue = {
    folders,
    fields: new Map(Object.entries(fields.字段)),
    rowWords: fields.表外行,
    wide: fields.宽表,
    emptyWords: fields.空值,
    programmes: new Map(Object.entries(programmes.业务)),
    areas: load('dictionary/areas.yaml', AreasFile),
    checks: load('dictionary/checks.yaml', ChecksFile),
    prose: load('dictionary/prose.yaml', ProseFile),
    layouts: {
      prior: datasets.先验分,
      margin: datasets.最小差距,
      byDataset: new Map(Object.entries(datasets.数据集) as [Dataset, LayoutSpec][]),
    },
    indicators: new Map(),
  };
  catalogue.indicators = readIndicators(catalogue, overlay);
  requireKnownNames(catalogue);
  return catalogue;
}

function readIndicators(
  catalogue: Catalogue,
  { indicators, methods = {}, from }: Overlay,
): Map<string, Indicator> {
  const parts = findFiles(catalogue.folders, 'indicators', '.yaml').map((path) => ({
    where: basename(path),
    path,
    above: [],
    specs: readYaml(path, IndicatorsFile, 'catalogue-invalid'),
  }));
  const own = { where: from ?? '', path: from, above: ['指标'], specs: indicators };
  const all = toIndicators([...parts, own], methods, catalogue);
  requireKnownMethods(methods, all, from ?? '');
  return all;
}

/** Throws when a setting names something of which there is but one method, or a method that there is not. */
function requireKnownMethods(methods: Methods, all: Map<string, Indicator>, where: string): void {
  const known = new Map<string, string[]>();
  for (const { 口径, method } of all.values())
    if (口径 !== undefined && method !== null) known.set(口径, [method.name, ...method.others]);
  for (const [name, method] of Object.entries(methods)) {
    const names = known.get(name);
    const found = names
      ? `口径“${name}”不能是“${method}”，可写 ${names.join('、')}`
      : `没有口径“${name}”可选，可写 ${[...known.keys()].join('、')}`;
    if (!names?.includes(method)) throw new Failure('config-invalid', { where, found });
  }
}
