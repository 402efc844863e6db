import type { Explanation, Point } from '../../explain/index.ts';
import { escapeHtml } from './escape.ts';
import type { Pen } from './pen.ts';

/** The panel in which a figure says where it comes from; it opens at a click and is not printed. */
export function toPanel({ bases }: Pen): string {
  const sections = [...bases.values()].map(
    ({ id, explanation }) =>
      `<section class="basis" id="${id}" hidden>\n${toHead(id, explanation)}\n${toBody(explanation)}\n</section>`,
  );
  return `<aside id="panel" class="panel" role="dialog" aria-label="这个数怎么来的" tabindex="-1" hidden>
<button type="button" id="close">关闭（Esc）</button>
${sections.join('\n')}
</aside>`;
}

/** `.here` is filled with what is printed where somebody clicked. */
const toHead = (id: string, { name, id: figure }: Explanation): string =>
  `<p class="name" id="${id}-name">${escapeHtml(name)}<small>${escapeHtml(figure)}</small></p>
<p class="here">此处印的是 <b></b></p>`;

function toBody({ points, parts }: Explanation): string {
  const inner = parts.map(
    (part) =>
      `<details${isDoubtful(part) ? ' open' : ''}><summary>${escapeHtml(part.name)}：${escapeHtml(part.text)}</summary>\n${toBody(part)}\n</details>`,
  );
  const made = inner.length > 0 ? `\n<p class="made">由下面的数算出：</p>\n${inner.join('\n')}` : '';
  return `<dl>\n${points.map(toTerm).join('\n')}\n</dl>${made}`;
}

/** A fault deep down is seen at once. */
const isDoubtful = ({ points, parts }: Explanation): boolean =>
  points.some(({ label }) => label === '存疑' || label === '原因') || parts.some(isDoubtful);

const toTerm = ({ label, lines }: Point): string =>
  `<dt>${escapeHtml(label)}</dt>${lines.map((line) => `<dd>${escapeHtml(line)}</dd>`).join('')}`;
