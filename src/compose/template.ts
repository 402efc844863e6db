import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Catalogue, findFiles } from '../catalogue/index.ts';
import { Failure } from '../failure.ts';
import type { Report } from '../model.ts';
import { type About, rateAbout, readAbout } from './about.ts';
import { checkTemplate, findFigureNames } from './check.ts';
import { withoutMarks } from './marks.ts';

/** A template whose names were all found in the catalogue. */
export interface Template {
  name: string;
  about: About;
  source: string;
  /** By name, without .hbs. */
  partials: Record<string, string>;
}

/** Which template is wanted: one of ours by its 文种, a bureau's own by its path, or, with neither, whatever suits. */
export interface Wanted {
  kind: string | null;
  template: string | null;
}

/** The 文种 that there are: name and path of their templates, by name. */
export function findKinds(catalogue: Catalogue): { kind: string; path: string }[] {
  return findFiles(catalogue.folders, 'reports', '.hbs').map((path) => ({
    kind: basename(path, '.hbs'),
    path,
  }));
}

/** The templates that may be used, checked before the run because the data decide only after it. */
export function readTemplates({ kind, template }: Wanted, catalogue: Catalogue): Template[] {
  if (template !== null) return [readTemplate(template, catalogue)];
  const kinds = findKinds(catalogue);
  const named = kinds.find((each) => each.kind === kind);
  if (kind !== null && !named)
    throw new Failure('usage', {
      where: `文种“${kind}”`,
      found: `没有这个文种，可用 ${kinds.map((each) => each.kind).join('、')}`,
    });
  if (named) return [readTemplate(named.path, catalogue)];
  return kinds
    .filter(({ kind: name, path }) => readAbout(readFileSync(path, 'utf8'), name).suits !== null)
    .map(({ path }) => readTemplate(path, catalogue));
}

/** The template that suits a report best, the most particular first; without a report what suits always. */
export function chooseTemplate(templates: Template[], report: Report | null): Template {
  const rated = templates.map((template) => ({ template, rate: rateAbout(template.about, report) ?? -1 }));
  const [best] = rated.sort((a, b) => b.rate - a.rate);
  if (!best) throw new Failure('usage', { where: '文种', found: '没有可用的文稿模板，请用 --kind 写明文种' });
  return best.template;
}

/** Reads a template by its path; throws when a name in it is unknown. Partials beside it stand before ours. */
export function readTemplate(path: string, catalogue: Catalogue): Template {
  if (!existsSync(path)) throw new Failure('template-invalid', { where: path, found: '没有这个模板' });
  const read = (file: string) => withoutMarks(readFileSync(file, 'utf8'));
  const shared = findFiles(catalogue.folders, 'reports/partials', '.hbs');
  const own = findFiles([dirname(path)], 'partials', '.hbs');
  const partials = Object.fromEntries(
    [...shared, ...own].map((file) => [basename(file, '.hbs'), read(file)]),
  );
  const source = read(path);
  const name = basename(path);
  const template = { name, about: readAbout(source, name), source, partials };
  for (const [where, text] of [[name, source] as const, ...Object.entries(partials)])
    checkTemplate(text, where, Object.keys(partials), catalogue);
  return template;
}

/** Names of figures and helpers that a template and its partials use. */
export const findTemplateNames = ({ name, source, partials }: Template): string[] =>
  [[name, source] as const, ...Object.entries(partials)].flatMap(([where, text]) =>
    findFigureNames(text, where),
  );
