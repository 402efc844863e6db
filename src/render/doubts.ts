import type { Figure, Problem, Report } from '../model.ts';
import { isHint, toLine } from '../problem.ts';

/** A problem may touch a hundred sheets. */
const SHOWN = 5;

/** What is wrong with a figure, one line each; none where nothing is. */
export type Doubts = (figure: string) => string[];

/** Finds the problems that touch figures: those of their rows, and those of the figures that they are computed from. */
export function createDoubts({ figures, problems }: Pick<Report, 'figures' | 'problems'>): Doubts {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const serious = problems.filter((problem) => !isHint(problem));
  return (id) => {
    const parts = new Set<string>();
    addParts(byId, toWhole(id), parts);
    const lines = serious
      .filter((problem) => problem.figures.some((each) => parts.has(each)))
      .map(toDoubtLine);
    return lines.length <= SHOWN
      ? lines
      : [...lines.slice(0, SHOWN), `另有${lines.length - SHOWN}条，见运行时的显示。`];
  };
}

const toDoubtLine = (problem: Problem): string => toLine(problem);

/** What is wrong with the whole is wrong with an area's part. */
const toWhole = (id: string): string => id.replace(/@[^#]*/, '');

function addParts(byId: Map<string, Figure>, id: string, parts: Set<string>): void {
  if (parts.has(id)) return;
  parts.add(id);
  const basis = byId.get(id)?.basis;
  if (basis?.type === 'derived') for (const part of basis.from) addParts(byId, part, parts);
  // An area's completion stands in no report, but that of which it is one does.
  if (id.includes('#')) addParts(byId, id.replace(/#.*/, ''), parts);
}
