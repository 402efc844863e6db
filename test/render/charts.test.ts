import { describe, expect, it } from 'vitest';
import type { Chart } from '../../src/model.ts';
import { renderCharts } from '../../src/render/html/charts.ts';
import { createPen } from '../../src/render/html/pen.ts';
import { REPORT } from './sample.ts';

const PEN = createPen(REPORT);
const MONTHS: Chart = {
  title: '低保金按月发放情况',
  unit: '万元',
  upright: true,
  full: null,
  bars: [
    { label: '1月', value: 243.07, text: '243.07', figure: '低保.发放金额@2023-01' },
    { label: '2月', value: 240.74, text: '240.74', figure: '低保.发放金额@2023-02' },
  ],
};
const TASKS: Chart = {
  title: '完成率 <市>',
  unit: '%',
  upright: false,
  full: 100,
  bars: [
    { label: '床位（民政部）', value: 110.3, text: '110.3', figure: '床位#完成率' },
    { label: '床位（<市>）', value: 88.3, text: '88.3', figure: '床位#完成率2' },
  ],
};

describe('charts', () => {
  it('are SVG with a text alternative and their numbers as a table', () => {
    const html = renderCharts([MONTHS], PEN);
    expect(html).toContain('<figcaption>低保金按月发放情况</figcaption>');
    expect(html).toContain('aria-label="低保金按月发放情况：1月243.07万元，2月240.74万元"');
    expect(html).toMatch(
      /<tr><td>2月<\/td><td class="number"><span class="figure"[^>]*>240\.74<\/span><\/td><\/tr>/,
    );
    expect(html.match(/<svg /g)).toHaveLength(1);
    expect(html).toMatch(/<text[^>]*>243\.07<\/text>/);
  });

  it('fetch and run nothing, have no colour, and escape what a file says', () => {
    const html = renderCharts([MONTHS, TASKS], PEN);
    expect(html).not.toMatch(/<script|<image|href=|url\(|on[a-z]+=/i);
    expect(html).not.toContain('<市>');
    const colours = new Set(
      [...html.matchAll(/#([0-9a-f]{6}|[0-9a-f]{3})\b/gi)].map(([, colour = '']) => colour),
    );
    for (const colour of colours) {
      const full = colour.length === 3 ? [...colour].map((each) => each + each).join('') : colour;
      expect(new Set(full.match(/../g))).toHaveProperty('size', 1);
    }
  });

  it('are drawn longer for more, and marked where 100% is', () => {
    const html = renderCharts([TASKS], PEN);
    expect(html).toContain('stroke-dasharray');
    const widths = [...html.matchAll(/<path d="M[\d. ]+l([\d.]+) 0l0 [\d.]+l-[\d.]+ 0Z"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(2);
    expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(110.3 / 88.3, 2);
  });

  it('are nothing where there is nothing to show', () => {
    expect(renderCharts([], PEN)).toBe('');
  });
});
