import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.ts';
import type { Dataset } from '../model.ts';
import { type Indicator, toIndicators } from './indicator.ts';
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
} from './schema.ts';

export { type Indicator, toList } from './indicator.ts';
export type { FieldSpec, IndicatorSpec, LayoutSpec, ProgrammeSpec } from './schema.ts';

/** Everything a bureau may change without programming, loaded and checked. */
export interface Catalogue {
  /** Folder that it was read from. */
  folder: string;
  fields: Map<string, FieldSpec>;
  rowWords: RowWords;
  emptyWords: string[];
  programmes: Map<string, ProgrammeSpec>;
  areas: Areas;
  layouts: { prior: number; margin: number; byDataset: Map<Dataset, LayoutSpec> };
  /** By id "业务.名称", in the order of the files. */
  indicators: Map<string, Indicator>;
}

/** The project's own templates/ folder, from src/ as well as from dist/. */
export const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** Loads the dictionaries and indicators of `folder`; `extra` are a bureau's own indicators (key 指标 of its mzreport.yaml). */
export function loadCatalogue(
  folder: string = TEMPLATES,
  extra: Record<string, unknown> = {},
  extraFrom = '',
): Catalogue {
  const file = (name: string) => join(folder, name);
  const fields = readYaml(file('dictionary/fields.yaml'), FieldsFile, 'catalogue-invalid');
  const datasets = readYaml(file('dictionary/datasets.yaml'), DatasetsFile, 'catalogue-invalid');
  const programmes = readYaml(file('dictionary/programmes.yaml'), ProgrammesFile, 'catalogue-invalid');
  const catalogue: Catalogue = {
    folder,
    fields: new Map(Object.entries(fields.字段)),
    rowWords: fields.表外行,
    emptyWords: fields.空值,
    programmes: new Map(Object.entries(programmes.业务)),
    areas: readYaml(file('dictionary/areas.yaml'), AreasFile, 'catalogue-invalid'),
    layouts: {
      prior: datasets.先验分,
      margin: datasets.最小差距,
      byDataset: new Map(Object.entries(datasets.数据集) as [Dataset, LayoutSpec][]),
    },
    indicators: new Map(),
  };
  catalogue.indicators = readIndicators(catalogue, extra, extraFrom);
  return catalogue;
}

function readIndicators(
  catalogue: Catalogue,
  extra: Record<string, unknown>,
  extraFrom: string,
): Map<string, Indicator> {
  const folder = join(catalogue.folder, 'indicators');
  if (!existsSync(folder))
    throw new Failure('catalogue-invalid', { where: folder, found: '没有 indicators 文件夹' });
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const parts = files.map((name) => ({
    where: name,
    specs: readYaml(join(folder, name), IndicatorsFile, 'catalogue-invalid'),
  }));
  if (Object.keys(extra).length > 0) {
    const own = IndicatorsFile.safeParse(extra);
    if (!own.success) {
      const issue = own.error.issues[0];
      throw new Failure(
        'config-invalid',
        { where: extraFrom, found: `指标“${issue?.path.join('.') ?? ''}”写法不对` },
        own.error,
      );
    }
    parts.push({ where: extraFrom, specs: own.data });
  }
  return toIndicators(parts, catalogue);
}
