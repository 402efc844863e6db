import type { Catalogue } from '../catalogue/index.ts';
import { type Composed, compose, findAskedFigures, readTemplates, type Template } from '../compose/index.ts';
import { toPeriodText } from '../format.ts';
import type { Report } from '../model.ts';
import type { Output } from '../output/write.ts';
import { type Format, render } from '../render/index.ts';
import {
  findAskedByLayouts,
  findAskedByPlots,
  findAskedToWithhold,
  type Layout,
  readLayouts,
  readPlots,
  toAnnexes,
  toCharts,
  toTables,
  withholdInAnnexes,
  withholdInCharts,
} from '../tables/index.ts';
import { readStyle } from './style.ts';

/** Everything by which documents may be written, read and checked before there is a report. */
export interface Stationery {
  templates: Template[];
  /** 附表 that a template wants after its own annexes. */
  layouts: Map<Template, Layout[]>;
  plots: ReturnType<typeof readPlots>;
}

/** What is wanted of the documents. */
export interface Wanted {
  kind: string | null;
  template: string | null;
  formats: Format[];
}

/** Reads templates, layouts and charts; throws when a name in one of them is unknown. */
export function readStationery(wanted: Wanted, catalogue: Catalogue): Stationery {
  const templates = readTemplates(wanted, catalogue);
  return {
    templates,
    layouts: new Map(templates.map((each) => [each, toLayouts(each, catalogue)])),
    plots: wanted.formats.includes('html') ? readPlots(catalogue) : [],
  };
}

const toLayouts = ({ about }: Template, catalogue: Catalogue): Layout[] =>
  about.tables.length === 0 ? [] : readLayouts(about.tables, catalogue);

/** Figures that the documents list by area or month. */
export const findListed = ({ templates, layouts, plots }: Stationery) => [
  ...findAskedFigures(templates),
  ...findAskedByLayouts([...layouts.values()].flat()),
  ...findAskedByPlots(plots),
];

/** These, and those that must be looked at to see what may not be listed. */
export const findAsked = (stationery: Stationery, catalogue: Catalogue) => [
  ...findListed(stationery),
  ...findAskedToWithhold([...stationery.layouts.values()].flat(), catalogue),
];

/** A document in each of its formats, and the name that they and their facts share. */
export interface Documents extends Composed {
  name: string;
  outputs: Output[];
}

/** Writes what a template says of a report; the same report and stationery always give the same bytes. */
export async function toDocuments(
  report: Report,
  template: Template,
  { layouts, plots }: Stationery,
  { formats, date }: Pick<Wanted, 'formats'> & { date: string | null },
  catalogue: Catalogue,
): Promise<Documents> {
  // What a congress gets is public: counts of one or two persons are withheld.
  const { sheets, withheld } = toTables(layouts.get(template) ?? [], report, catalogue, true);
  const composed = compose(template, report, catalogue, { date }, toAnnexes(sheets));
  composed.draft.annexes = withholdInAnnexes(composed.draft.annexes, withheld);
  composed.draft.charts = withholdInCharts(toCharts(plots, report, catalogue), withheld);
  composed.draft.withheld = [...withheld.runs];
  const name = `${report.organisation || '民政局'}${toPeriodText(report.period)}${template.about.title}`;
  const style = readStyle(catalogue.folders);
  const outputs: Output[] = [];
  for (const format of formats)
    outputs.push({ name: `${name}.${format}`, bytes: await render(composed.draft, format, style, report) });
  return { ...composed, name, outputs };
}
