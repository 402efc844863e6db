import type { Catalogue } from '../catalogue/index.ts';
import type { Annex, Draft, Report } from '../model.ts';
import { toDraft } from './blocks.ts';
import { renderTemplate } from './engine.ts';
import type { Template } from './template.ts';

export { readAbout } from './about.ts';
export { toAllRuns } from './runs.ts';
export {
  chooseTemplate,
  findAskedFigures,
  findKinds,
  findPartials,
  findTemplateNames,
  readTemplate,
  readTemplates,
  type Template,
} from './template.ts';

/** A draft with what was left out of it. */
export interface Composed {
  draft: Draft;
  /** Businesses whose clauses fell away because nothing of them was given. */
  leftOut: string[];
}

/** Texts that a template may name besides figures. */
export interface Signature {
  /** 成文日期 as printed, "2023年1月10日"; null when the config gives none. */
  date: string | null;
}

/** Fills a template with the report's figures; `tables` follow its own annexes. */
export function compose(
  template: Template,
  report: Report,
  catalogue: Catalogue,
  signature: Signature,
  tables: Omit<Annex, 'mark'>[] = [],
): Composed {
  const rendered = renderTemplate(template, report, catalogue);
  const draft = { template: template.name, ...toDraft(rendered, report, signature, tables) };
  return { draft, leftOut: rendered.leftOut };
}
