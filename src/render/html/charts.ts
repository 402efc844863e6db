import { createRequire } from 'node:module';
import type * as ECharts from 'echarts';
import type { Chart } from '../../model.ts';
import { escapeHtml } from './escape.ts';
import type { Pen } from './pen.ts';

const WIDTH = 640;
const BAR = 28;
/** Grey on white with the number at each bar: the same on a black and white printer. */
const INK = '#333333';
const FILL = '#7f7f7f';

/** Charts as SVG, each with a text alternative and its numbers as a table; '' without any. */
export function renderCharts(charts: Chart[], pen: Pen): string {
  if (charts.length === 0) return '';
  const draw = loadDrawing();
  const figures = charts.map((chart) => toFigure(chart, draw(chart), pen));
  return `<section class="page annex charts">\n${figures.join('\n')}\n</section>`;
}

/** Loaded only where there is something to draw, in one file: the library's two hundred modules take ten times as long. */
function loadDrawing(): (chart: Chart) => string {
  const { init } = createRequire(import.meta.url)('echarts/dist/echarts.common.min.js') as typeof ECharts;
  return (chart) => {
    const height = chart.upright ? 320 : chart.bars.length * BAR + 60;
    const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
    drawing.setOption(toOption(chart));
    const svg = drawing.renderToSVGString({ useViewBox: true });
    drawing.dispose();
    return svg;
  };
}

function toOption({ bars, unit, upright, full }: Chart) {
  const text = { color: INK, fontFamily: 'sans-serif', fontSize: 12 };
  const names = {
    type: 'category' as const,
    data: bars.map(({ label }) => label),
    axisLabel: { ...text, interval: 0 },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK } },
    inverse: !upright,
  };
  const values = {
    type: 'value' as const,
    name: unit,
    axisLabel: text,
    splitLine: { show: false },
    axisLine: { lineStyle: { color: INK } },
    nameTextStyle: text,
  };
  const line = full === null ? [] : [upright ? { yAxis: full } : { xAxis: full }];
  return {
    animation: false,
    grid: { left: 8, right: 64, top: 32, bottom: 8, containLabel: true },
    xAxis: upright ? names : values,
    yAxis: upright ? values : names,
    series: [
      {
        type: 'bar' as const,
        data: bars.map(({ value }) => value),
        itemStyle: { color: FILL, borderColor: INK, borderWidth: 1 },
        barMaxWidth: 22,
        label: {
          ...text,
          show: true,
          position: upright ? ('top' as const) : ('right' as const),
          fontSize: upright ? 10 : 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.text ?? '',
        },
        markLine: {
          silent: true,
          symbol: 'none',
          data: line,
          lineStyle: { color: INK, type: 'dashed' as const },
          label: { show: false },
        },
      },
    ],
  };
}

function toFigure({ title, unit, bars }: Chart, svg: string, pen: Pen): string {
  const said = `${title}：${bars.map(({ label, text }) => `${label}${text}${unit}`).join('，')}`;
  const rows = bars.map(
    ({ label, text, figure }) =>
      `<tr><td>${escapeHtml(label)}</td><td class="number">${pen.write([{ type: 'figure', text, figure }])}</td></tr>`,
  );
  return `<figure class="chart">
<figcaption>${escapeHtml(title)}</figcaption>
<div role="img" aria-label="${escapeHtml(said)}">${svg}</div>
<table>
<thead><tr><th scope="col">项目</th><th scope="col">${escapeHtml(unit)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</figure>`;
}
