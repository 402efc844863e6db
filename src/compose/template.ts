import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Catalogue, findFile, findFiles } from '../catalogue/index.ts';
import { Failure } from '../failure.ts';
import { checkTemplate, findFigureNames } from './check.ts';
import { withoutMarks } from './marks.ts';

/** A template whose names were all found in the catalogue. */
export interface Template {
  name: string;
  source: string;
  /** By name, without .hbs. */
  partials: Record<string, string>;
}

/** Reads a template of the catalogue's reports/ folder by name, or a file by path; throws when a name in it is unknown. */
export function readTemplate(nameOrPath: string, catalogue: Catalogue): Template {
  const path = nameOrPath.endsWith('.hbs')
    ? nameOrPath
    : findFile(catalogue.folders, `reports/${nameOrPath}.hbs`);
  if (path === null || !existsSync(path))
    throw new Failure('template-invalid', { where: nameOrPath, found: '没有这个模板' });
  const read = (file: string) => withoutMarks(readFileSync(file, 'utf8'));
  const partials = Object.fromEntries(
    findFiles(catalogue.folders, 'reports/partials', '.hbs').map((file) => [
      basename(file, '.hbs'),
      read(file),
    ]),
  );
  const template = { name: basename(path), source: read(path), partials };
  for (const [where, source] of [[template.name, template.source] as const, ...Object.entries(partials)]) {
    checkTemplate(source, where, Object.keys(partials), catalogue);
  }
  return template;
}

/** Names of figures and helpers that a template and its partials use. */
export const findTemplateNames = ({ name, source, partials }: Template): string[] =>
  [[name, source] as const, ...Object.entries(partials)].flatMap(([where, text]) =>
    findFigureNames(text, where),
  );
