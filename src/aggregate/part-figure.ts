import { toPartId } from '../format.ts';
import type { Figure, FigurePart } from '../model.ts';
import { toCompletions } from './targets.ts';

type Place = Pick<FigurePart, 'name' | 'within'>;

const UNNAMED = '未写明';

/** A figure of one part, with the target set for it; pending, with a reason, where the figure has no such part. */
export function toPartFigure(
  { parts = [], ...whole }: Figure,
  place: Place & Pick<FigurePart, 'by'>,
  label = place.name ?? UNNAMED,
): Figure {
  const part = parts.find(
    ({ by, name, within }) => by === place.by && name === place.name && within === place.within,
  );
  const reason = part ? part.reason : `${label}没有${whole.name}`;
  return {
    ...whole,
    id: toPartId(whole.id, place),
    name: `${label}${whole.name}`,
    status: part?.value == null ? 'pending' : 'known',
    value: part?.value ?? null,
    text: part?.text ?? `〔待核：${reason}〕`,
    reason,
    lastYear: null,
    yearEnd: null,
    targets: part?.target ? [part.target] : [],
  };
}

/** A figure and, where it is one of a part, the part and the figure of the whole. */
export interface FoundFigure {
  figure: Figure;
  part: FigurePart | null;
  whole: Figure;
}

/** The figure of an id, also that of a part or of a part's completion, none of which stand in a report; null when there is none. */
export function findFigure(id: string, figures: Figure[]): FoundFigure | null {
  const own = figures.find((figure) => figure.id === id);
  if (own) return { figure: own, part: null, whole: own };
  const whole = figures.find((figure) => id.startsWith(`${figure.id}@`));
  if (!whole) return null;
  for (const part of whole.parts ?? []) {
    const figure = toPartFigure(whole, part);
    if (figure.id === id) return { figure, part, whole };
    if (figure.value === null || !id.startsWith(`${figure.id}#`)) continue;
    const completion = toCompletions(figure, figure.value).find((each) => each.id === id);
    if (completion) return { figure: completion, part, whole };
  }
  return null;
}
