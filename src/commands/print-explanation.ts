import type { Explanation } from '../explain/index.ts';
import type { FigurePart } from '../model.ts';
import type { Explained } from './explain.ts';
import { toWidth, wrap } from './wrap.ts';

/** Columns of a terminal that nobody has made wider. */
const COLUMNS = 80;
/** The longest label, 精确值, and a gap. */
const LABEL = 8;

/** What `explain` prints: the figure, then those that it is made of, one step in for each step down. */
export function toExplanationLines({ explanation, parts, statements, written, notes }: Explained): string[] {
  return [
    ...notes.map((note) => `注意：${note}`),
    ...toTree(explanation, '', '', statements),
    ...toPartLines(parts),
    ...written.flatMap(({ path, kept }) => [
      `已写出 ${path}`,
      ...(kept ? [`  （${kept}被人改过或不是本程序写的，予以保留）`] : []),
    ]),
  ];
}

function toTree(
  explanation: Explanation,
  first: string,
  rest: string,
  statements: Map<string, string>,
): string[] {
  const { id, name, text, points, parts } = explanation;
  const bar = parts.length > 0 ? '│ ' : '  ';
  const sql = statements.get(id);
  return [
    ...hang(`${name}（${id}）：${text}`, first, `${rest}  `),
    ...points.flatMap(({ label, lines }) => toPoint(label, lines, `${rest}${bar}`)),
    ...(sql === undefined
      ? []
      : [
          `${rest}${bar}语句    all_… 是读入的各张表，已整理好；取出的值还没有四舍五入`,
          ...sql.split('\n').map((line) => `${rest}${bar}  ${line}`),
        ]),
    ...parts.flatMap((part, index) => {
      const last = index === parts.length - 1;
      return toTree(part, `${rest}${last ? '└ ' : '├ '}`, `${rest}${last ? '  ' : '│ '}`, statements);
    }),
  ];
}

const toPoint = (label: string, lines: string[], before: string): string[] =>
  lines.flatMap((line, index) => {
    const head = index === 0 ? label : '';
    return hang(
      line,
      `${before}${head}${' '.repeat(LABEL - toWidth(head))}`,
      `${before}${' '.repeat(LABEL)}`,
    );
  });

/** A text after `first`, its further lines after `rest`. */
const hang = (text: string, first: string, rest: string): string[] =>
  wrap(text, COLUMNS - toWidth(first)).map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());

/** More areas than this fill a screen. */
const MOST_PARTS = 30;

/** Values of areas, months and institutions: for those who work with the figure, not for publication. */
function toPartLines(parts: FigurePart[]): string[] {
  const ways = [...new Set(parts.map(({ by }) => by))];
  return ways.flatMap((by) => {
    const own = parts.filter((part) => part.by === by);
    const shown = own.slice(0, MOST_PARTS).map(toPartText);
    const more = own.length > MOST_PARTS ? `；共${own.length}个，其余的用 指标@名称 查看` : '';
    const first = `按${by}  `;
    return hang(`${shown.join('、')}${more}`, first, ' '.repeat(toWidth(first)));
  });
}

const toPartText = ({ name, within, text, few }: FigurePart): string =>
  `${within ?? ''}${name ?? '未写明'}${text}${few ? '（只涉及1至2人，不宜公开）' : ''}`;

/** The machine form of the same. */
export function toExplanationJson({ explanation, report, statements, written, notes }: Explained): string {
  const { place, period } = report;
  const ids = new Set(toIds(explanation));
  const problems = report.problems.filter(({ figures }) => figures.some((id) => ids.has(id)));
  const figures = report.figures.filter(({ id }) => ids.has(id));
  const sql = Object.fromEntries(statements);
  return JSON.stringify({ place, period, explanation, figures, problems, sql, notes, written }, null, 1);
}

const toIds = ({ id, parts }: Explanation): string[] => [id.replace(/@[^#]*/, ''), ...parts.flatMap(toIds)];
