import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Catalogue } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { Failure } from '../failure.ts';
import { GLOBALS, HELPERS } from './helpers.ts';
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
  const folder = join(catalogue.folder, 'reports');
  const path = nameOrPath.endsWith('.hbs') ? nameOrPath : join(folder, `${nameOrPath}.hbs`);
  if (!existsSync(path)) throw new Failure('template-invalid', { where: nameOrPath, found: '没有这个模板' });
  const partialsFolder = join(folder, 'partials');
  const files = existsSync(partialsFolder)
    ? readdirSync(partialsFolder).filter((name) => name.endsWith('.hbs'))
    : [];
  const partials = Object.fromEntries(
    files.map((name) => [name.slice(0, -4), readFileSync(join(partialsFolder, name), 'utf8')]),
  );
  const template = { name: basename(path), source: withoutMarks(readFileSync(path, 'utf8')), partials };
  for (const [where, source] of [[template.name, template.source], ...Object.entries(partials)] as [
    string,
    string,
  ][])
    checkNames(source, where, catalogue);
  return template;
}

function checkNames(source: string, where: string, catalogue: Catalogue): void {
  const names = new Set([
    ...catalogue.indicators.keys(),
    ...[...catalogue.indicators.values()].map(({ business }) => business),
    ...HELPERS,
    ...GLOBALS,
  ]);
  const faults = findPaths(source, where).filter(({ path }) => !names.has(path));
  if (faults.length === 0) return;
  const found = faults.slice(0, 8).map(({ path, line }) => {
    const near = findNearest(path, names);
    return `第${line}行的“${path}”不存在${near.length > 0 ? `，是否指${near.map((name) => `“${name}”`).join('、')}` : ''}`;
  });
  const rest = faults.length > 8 ? `；共${faults.length}处，只列前8处` : '';
  throw new Failure('template-invalid', { where, found: found.join('；') + rest });
}

/** Names of figures and helpers that a template and its partials use. */
export const findTemplateNames = (template: Template): string[] =>
  [[template.name, template.source] as const, ...Object.entries(template.partials)].flatMap(
    ([where, source]) => findPaths(source, where).map(({ path }) => path),
  );

/** Every name that a template uses, helpers included. */
function findPaths(source: string, where: string): { path: string; line: number }[] {
  const paths: { path: string; line: number }[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = (expression) => {
    paths.push({ path: expression.original, line: expression.loc.start.line });
  };
  try {
    visitor.accept(Handlebars.parse(source));
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '?';
    throw new Failure(
      'template-invalid',
      { where, found: `第${line}行附近写法不对`, expected: '请检查 {{ }} 和 {{#…}}{{/…}} 是否成对' },
      error,
    );
  }
  return paths;
}
