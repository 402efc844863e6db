import type { Report } from '../../model.ts';
import { isHint, toLine } from '../../problem.ts';
import { createDoubts } from '../doubts.ts';
import { escapeHtml } from './escape.ts';
import type { Pen, Place } from './pen.ts';

/** What a person has still to do, each line leading to its place; it is not printed. */
export function toTodo({ places }: Pen, report: Report): string {
  const of = (kind: Place['kind']) => places.filter((place) => place.kind === kind).map(toPlaceLine);
  const { touching, others } = toProblems(places, report);
  return `<nav id="todo" aria-label="要办的事">
<details open>
<summary>要办的事</summary>
<p>有下划线的数可以点开，看怎么来的；点线下的数是手写的，没有依据。打印时都不印。</p>
${[
  toList('待核', of('待核')),
  toList('待填', of('待填')),
  toList('涉及文中的数据问题', touching),
  toList('其他数据问题', others),
  toList('手写的数', of('typed')),
].join('')}</details>
</nav>`;
}

const toList = (title: string, items: string[]): string =>
  items.length === 0 ? '' : `<h2>${title} <b>${items.length}</b></h2>\n<ol>\n${items.join('\n')}\n</ol>\n`;

const toPlaceLine = ({ anchor, text }: Place): string =>
  toLink(anchor, text.replace(/^〔待[核填]：|〕$/g, ''));

const toLink = (anchor: string, text: string): string =>
  `<li><a href="#${anchor}">${escapeHtml(text)}</a></li>`;

/** Problems by whether a figure in the document stands on what they are about; hints are no work. */
function toProblems(places: Place[], report: Report): { touching: string[]; others: string[] } {
  const figures = places.filter(({ figure }) => figure !== null);
  const lists: { touching: string[]; others: string[] } = { touching: [], others: [] };
  for (const problem of report.problems.filter((each) => !isHint(each))) {
    const isTouched = createDoubts({ figures: report.figures, problems: [problem] });
    const place = figures.find(({ figure }) => isTouched(figure ?? '').length > 0);
    if (place) lists.touching.push(toLink(place.anchor, toLine(problem)));
    else lists.others.push(`<li>${escapeHtml(toLine(problem))}</li>`);
  }
  return lists;
}
