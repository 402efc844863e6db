import { z } from 'zod';
import type { Asked } from '../aggregate/index.ts';
import { type Catalogue, findFiles } from '../catalogue/index.ts';
import { readYaml } from '../catalogue/read-yaml.ts';
import { Failure } from '../failure.ts';
import type { Chart, Report } from '../model.ts';
import { toPartCell } from './cells.ts';
import { toPlaces } from './frame.ts';
import { toTaskList } from './lists.ts';
import type { Cell } from './table.ts';
import type { Withheld } from './withheld.ts';

/** templates/charts/*.yaml */
const PlotSpec = z.strictObject({
  名称: z.string(),
  方式: z.enum(['地区', '月份', '任务']),
  数: z.string().optional(),
});

/** A chart that may be drawn; its figure is in the catalogue. */
export type Plot = z.infer<typeof PlotSpec>;

/** The charts of the house and the bureau, in the order of their files. */
export const readPlots = (catalogue: Catalogue): Plot[] =>
  findFiles(catalogue.folders, 'charts', '.yaml').map((path) => {
    const plot = readYaml(path, PlotSpec, 'catalogue-invalid');
    const found = plot.方式 === '任务' ? plot.数 === undefined : catalogue.indicators.has(plot.数 ?? '');
    if (!found)
      throw new Failure('catalogue-invalid', { where: plot.名称, found: `“数”应为一个指标，任务图不写` });
    return plot;
  });

/** Figures that charts show by area or month. */
export const findAskedByPlots = (plots: Plot[]): Asked[] =>
  plots.flatMap(({ 方式, 数 }) =>
    数 === undefined ? [] : [{ id: 数, by: 方式 === '月份' ? '月份' : null }],
  );

/** The charts for which there is something to show: a single bar says no more than a sentence. */
export const toCharts = (plots: Plot[], report: Report, catalogue: Catalogue): Chart[] =>
  plots
    .map((plot) => (plot.方式 === '任务' ? toTaskChart(plot, report) : toPartChart(plot, report, catalogue)))
    .filter(({ bars }) => bars.length > 1);

function toPartChart({ 名称, 方式, 数 }: Plot, report: Report, catalogue: Catalogue): Chart {
  const figure = report.figures.find(({ id }) => id === 数);
  const chart = { title: 名称, unit: figure?.unit ?? '', full: null, upright: 方式 === '月份' };
  if (!figure) return { ...chart, bars: [] };
  const places = toPlaces(方式 === '月份' ? '月份' : '地区', [figure], catalogue, report.period);
  const bars = places.flatMap(({ label, matches }) =>
    toBar(label, toPartCell(figure, figure.parts?.find(matches))),
  );
  return { ...chart, bars };
}

/** Completion of each target; a dashed line stands at 100%. */
function toTaskChart({ 名称 }: Plot, report: Report): Chart {
  const bars = toTaskList([], report).rows.flatMap(({ cells }) => {
    const [name, , setter, , , share] = cells;
    const label = name?.type === 'text' ? name.text : '';
    const by = setter?.type === 'text' && setter.text !== '—' ? `（${setter.text}）` : '';
    return share ? toBar(`${label}${by}`, share) : [];
  });
  return { title: 名称, unit: '%', full: 100, upright: false, bars };
}

const toBar = (label: string, cell: Cell): Chart['bars'] =>
  cell.type === 'number' ? [{ label, value: Number(cell.value), text: cell.text, figure: cell.figure }] : [];

/** A bar would tell what the tables withhold. */
export const withholdInCharts = (charts: Chart[], { runs }: Withheld): Chart[] =>
  charts.map((chart) => ({ ...chart, bars: chart.bars.filter(({ figure }) => !runs.has(figure)) }));
