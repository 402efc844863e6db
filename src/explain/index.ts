import { type FoundFigure, findFigure } from '../aggregate/index.ts';
import type { Basis, Figure, Problem, Report } from '../model.ts';
import { isHint, toLine } from '../problem.ts';
import { toAdvice } from './advice.ts';
import { toBasePoints, toTargetPoints } from './comparison.ts';
import { toOriginPoints } from './origin.ts';
import { toValuePoints } from './value.ts';

/** One thing that a figure says about itself: a word and what stands behind it, a line for each. */
export interface Point {
  label: string;
  lines: string[];
}

/** Everything that a figure says about itself, in Chinese, and the same of the figures that it is made of. */
export interface Explanation {
  id: string;
  name: string;
  status: Figure['status'];
  /** As printed, unit included, or 〔待核：…〕. */
  text: string;
  points: Point[];
  parts: Explanation[];
}

/** The rows of one sheet that count: ranges as the file numbers them, both ends inclusive, ascending. */
export interface Ranges {
  file: string;
  sheet: string;
  ranges: [first: number, last: number][];
  /** What was counted: more than there are rows where a wide row was unfolded into several. */
  items: number;
}

/** Exact row ranges by figure id, where somebody has looked at the rows. */
export type Traced = ReadonlyMap<string, Ranges[]>;

/** What a report knows of a figure and of all that it is made of; null when it has none of this id. */
export function explain(id: string, report: Report, traced: Traced = new Map()): Explanation | null {
  const found = findFigure(id, report.figures);
  if (!found) return null;
  const explanation = toExplanation(found, report, traced);
  const { figure } = found;
  const isAlone = figure.status === 'known' && figure === found.whole && !id.includes('#');
  return isAlone && figure.lastYear === null ? withoutBase(explanation) : explanation;
}

/** Said once, and not of each figure that it is made of. */
const withoutBase = ({ points, ...explanation }: Explanation): Explanation => ({
  ...explanation,
  points: [...points, { label: '上年', lines: ['没有上年的数，所以没有同比'] }],
});

function toExplanation(found: FoundFigure, report: Report, traced: Traced): Explanation {
  const { figure } = found;
  return {
    id: figure.id,
    name: figure.name,
    status: figure.status,
    text: figure.status === 'absent' ? '没有来源' : figure.text,
    points: toPoints(found, report, traced).filter(({ lines }) => lines.length > 0),
    parts: findMadeOf(found, report.figures).map((part) => toExplanation(part, report, traced)),
  };
}

function toPoints(found: FoundFigure, report: Report, traced: Traced): Point[] {
  const { figure } = found;
  const problems = findProblems(found, report.problems);
  return [
    { label: '原因', lines: figure.status === 'known' || figure.reason === null ? [] : [figure.reason] },
    { label: '怎么办', lines: figure.status === 'known' ? [] : toAdvice(figure) },
    ...toValuePoints(found, report),
    ...toOriginPoints(found, report, traced),
    ...toBasePoints(figure, report),
    ...toTargetPoints(figure, report),
    { label: '存疑', lines: problems.filter((problem) => !isHint(problem)).map(toLine) },
    { label: '提示', lines: problems.filter(isHint).map(toLine) },
  ];
}

/** Figures of which this one is made; those of an area are made of the same area's where the parts say so. */
function findMadeOf({ figure, part }: FoundFigure, figures: Figure[]): FoundFigure[] {
  return toMembers(figure.basis).flatMap((id) => {
    const whole = findFigure(id, figures);
    if (!whole || part === null) return whole ?? [];
    const own = whole.figure.parts?.find(
      ({ by, name, within }) => by === part.by && name === part.name && within === part.within,
    );
    return own ? (findFigure(toOwnId(id, figure.id), figures) ?? whole) : whole;
  });
}

/** A ratio of 低保.x@甲镇 is made of 低保.y@甲镇; a completion of it, of the part itself. */
const toOwnId = (id: string, part: string): string =>
  id.includes('@') ? id : `${id}${part.slice(part.indexOf('@')).replace(/#.*$/, '')}`;

const toMembers = (basis: Basis): string[] => (basis.type === 'derived' ? [...new Set(basis.from)] : []);

/** Problems that touch a figure or the whole of which it is a part. */
function findProblems({ figure, whole }: FoundFigure, problems: Problem[]): Problem[] {
  return problems.filter(({ figures }) => figures.includes(figure.id) || figures.includes(whole.id));
}
