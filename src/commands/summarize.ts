import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import {
  type Composed,
  chooseTemplate,
  compose,
  findAskedFigures,
  readTemplates,
  type Template,
  toAllRuns,
} from '../compose/index.ts';
import type { Config } from '../config.ts';
import { toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import { type Output, prepareFolder, readOwn, type Written, writeOutputs } from '../output/write.ts';
import { type Finding, investigate, type Progress } from '../pipeline.ts';
import { isHint } from '../problem.ts';
import { render } from '../render/index.ts';
import {
  findAskedByLayouts,
  findAskedByPlots,
  type Layout,
  readLayouts,
  readPlots,
  toAnnexes,
  toCharts,
  toTables,
} from '../tables/index.ts';
import { readStyle } from './style.ts';

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
  const templates = readTemplates(config, catalogue);
  await prepareFolder(config.out);
  const layouts = new Map(templates.map((each) => [each, toLayouts(each, catalogue)]));
  const plots = config.formats.includes('html') ? readPlots(catalogue) : [];
  const asked = [
    ...findAskedFigures(templates),
    ...findAskedByLayouts([...layouts.values()].flat()),
    ...findAskedByPlots(plots),
  ];
  const finding = await investigate(config, catalogue, await readOwn(config.out), onProgress, asked);
  const template = chooseTemplate(templates, finding.report);
  // What a congress gets is public: counts of one or two persons are withheld.
  const { sheets } = toTables(layouts.get(template) ?? [], finding.report, catalogue, true);
  const composed = compose(template, finding.report, catalogue, { date: config.date }, toAnnexes(sheets));
  composed.draft.charts = toCharts(plots, finding.report, catalogue);
  const written = await writeOutputs(
    await toOutputs(config, catalogue, finding.report, composed, template),
    config.out,
    config.force,
  );
  const printed = findPrinted(composed);
  return {
    ...finding,
    catalogue,
    ...composed,
    written,
    printed,
    doubtful: isDoubtful(finding.report, composed, printed),
  };
}

/** 附表 that a template wants after its own annexes. */
const toLayouts = ({ about }: Template, catalogue: Catalogue): Layout[] =>
  about.tables.length === 0 ? [] : readLayouts(about.tables, catalogue);

async function toOutputs(
  config: Config,
  catalogue: Catalogue,
  report: Report,
  { draft }: Composed,
  { about }: Template,
): Promise<Output[]> {
  const name = `${report.organisation || '民政局'}${toPeriodText(report.period)}${about.title}`;
  const style = readStyle(catalogue.folders);
  const documents: Output[] = [];
  for (const format of config.formats)
    documents.push({ name: `${name}.${format}`, bytes: await render(draft, format, style, report) });
  return [
    ...documents,
    { name: `${name}.facts.json`, bytes: new TextEncoder().encode(`${JSON.stringify(report, null, 1)}\n`) },
  ];
}

/** The figure of which an area's is a part: what is wrong with the one is wrong with the other. */
const toWhole = (id: string): string => id.replace(/@[^#]*/, '');

function findPrinted(composed: Composed): string[] {
  return [
    ...new Set(
      toAllRuns(composed.draft).flatMap((run) => (run.type === 'figure' ? [toWhole(run.figure)] : [])),
    ),
  ];
}

function isDoubtful(report: Report, composed: Composed, printed: string[]): boolean {
  if (toAllRuns(composed.draft).some((run) => run.type === 'placeholder' && run.kind === '待核')) return true;
  const shown = new Set(printed);
  return report.problems.some((problem) => !isHint(problem) && problem.figures.some((id) => shown.has(id)));
}
