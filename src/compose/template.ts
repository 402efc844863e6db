import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Asked } from '../aggregate/index.ts';
import { type Catalogue, findFiles } from '../catalogue/index.ts';
import { Failure } from '../failure.ts';
import type { Report } from '../model.ts';
import { type About, rateAbout, readAbout } from './about.ts';
import { checkTemplate, findAsked, findFigureNames, findPartialNames } from './check.ts';
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

/** Reads a template by its path and the partials that it uses; throws when a name in one of them is unknown. */
export function readTemplate(path: string, catalogue: Catalogue): Template {
  if (!existsSync(path)) throw new Failure('template-invalid', { where: path, found: '没有这个模板' });
  const files = findPartials(path, catalogue);
  const partials: Record<string, string> = {};
  const read = (file: string, within: string[]): string => {
    const [name, source] = [basename(file), withoutMarks(readFileSync(file, 'utf8'))];
    checkTemplate(source, name, [...files.keys()], catalogue);
    for (const partial of findPartialNames(source, name)) {
      if (within.includes(partial))
        throw new Failure('template-invalid', { where: name, found: `“${partial}”把自己套在里面` });
      partials[partial] ??= read(files.get(partial) ?? '', [...within, partial]);
    }
    return source;
  };
  const source = read(path, []);
  const name = basename(path);
  return { name, about: readAbout(source, name), source, partials };
}

/** Files of the partials that a template may use, by name: those beside it stand before ours. */
export function findPartials(path: string, catalogue: Catalogue): Map<string, string> {
  const shared = findFiles(catalogue.folders, 'reports/partials', '.hbs');
  const own = findFiles([dirname(path)], 'partials', '.hbs');
  return new Map([...shared, ...own].map((file) => [basename(file, '.hbs'), file]));
}

const toSources = ({ name, source, partials }: Template): (readonly [where: string, text: string])[] => [
  [name, source],
  ...Object.entries(partials),
];

/** Names of figures and helpers that a template and its partials use. */
export const findTemplateNames = (template: Template): string[] =>
  toSources(template).flatMap(([where, text]) => findFigureNames(text, where));

/** Figures that any of the templates lists by area. */
export const findAskedFigures = (templates: Template[]): Asked[] =>
  templates.flatMap(toSources).flatMap(([where, text]) => findAsked(text, where));
