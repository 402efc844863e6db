import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { type Composed, chooseTemplate, toAllRuns } from '../compose/index.ts';
import type { Config } from '../config.ts';
import { toFactsText } from '../facts/index.ts';
import type { Report } from '../model.ts';
import { type Output, prepareFolder, readOwn, type Written, writeOutputs } from '../output/write.ts';
import { type Finding, investigate, type Progress } from '../pipeline.ts';
import { isHint } from '../problem.ts';
import { loadRenderers } from '../render/index.ts';
import { findAsked, readStationery, toDocuments } from './documents.ts';
import { toSetup } from './setup.ts';

/** What `summarize` did, for the one who prints it. */
export interface Summary extends Finding, Composed {
  catalogue: Catalogue;
  written: Written[];
  /** Ids of figures that are printed in the draft. */
  printed: string[];
  /** True when a problem touches a printed figure or a 〔待核〕 stands. */
  doubtful: boolean;
}

/** Reads the inputs and writes draft and facts. */
export async function summarize(config: Config, onProgress: Progress): Promise<Summary> {
  const catalogue = loadCatalogue(config);
  const stationery = readStationery(config, catalogue);
  await prepareFolder(config.out);
  const asked = findAsked(stationery, catalogue);
  const isOwn = await readOwn(config.out);
  const onRead = () => loadRenderers(config.formats);
  const finding = await investigate(config, catalogue, isOwn, onProgress, asked, undefined, onRead);
  const { report } = finding;
  const template = chooseTemplate(stationery.templates, report);
  const { name, outputs, ...composed } = await toDocuments(report, template, stationery, config, catalogue);
  const facts = toFactsOutput(name, toFactsText(report, toSetup(config, catalogue, template)));
  const written = await writeOutputs([...outputs, facts], config.out, config.force);
  const printed = findPrinted(composed);
  return {
    ...finding,
    catalogue,
    ...composed,
    written,
    printed,
    doubtful: isDoubtful(report, composed, printed),
  };
}

/** The facts stand beside the documents under their name. */
export const toFactsOutput = (name: string, text: string): Output => ({
  name: `${name}.facts.json`,
  bytes: new TextEncoder().encode(text),
});

/** The figure of which an area's is a part: what is wrong with the one is wrong with the other. */
const toWhole = (id: string): string => id.replace(/@[^#]*/, '');

/** Ids of the whole figures that are printed in a draft. */
export function findPrinted(composed: Composed): string[] {
  return [
    ...new Set(
      toAllRuns(composed.draft).flatMap((run) => (run.type === 'figure' ? [toWhole(run.figure)] : [])),
    ),
  ];
}

/** True when a problem touches a printed figure or a 〔待核〕 stands. */
export function isDoubtful(report: Report, composed: Composed, printed: string[]): boolean {
  if (toAllRuns(composed.draft).some((run) => run.type === 'placeholder' && run.kind === '待核')) return true;
  const shown = new Set(printed);
  return report.problems.some((problem) => !isHint(problem) && problem.figures.some((id) => shown.has(id)));
}
