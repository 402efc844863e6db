import type { Appearance, Printed } from '../render/index.ts';

/** A printed figure and the same one in the fresh draft. */
export interface Pair {
  printed: Printed;
  /** Null when the fresh draft does not print it. */
  fresh: Appearance | null;
  /** True when both stand in the same words. */
  same: boolean;
}

type Fits = (own: Printed, each: Appearance) => boolean;

/** Pairs what was printed with the fresh draft, first by figure and words, then by the figure alone; `left` are new ones. */
export function pairFigures(
  printed: readonly Printed[],
  fresh: readonly Appearance[],
): { pairs: Pair[]; left: Appearance[] } {
  const left = [...fresh];
  const found = new Map<Printed, Pair>();
  const pass = (same: boolean, fits: Fits): void => {
    for (const own of printed.filter((each) => !found.has(each))) {
      const index = left.findIndex((each) => fits(own, each));
      if (index >= 0) found.set(own, { printed: own, fresh: left.splice(index, 1)[0] ?? null, same });
    }
  };
  pass(true, (own, each) => each.words === own.words && each.figure === own.figure);
  pass(true, (own, each) => each.words === own.words && isKin(own, each));
  pass(false, (own, each) => each.figure === own.figure);
  const pairs = printed.map((own) => found.get(own) ?? { printed: own, fresh: null, same: false });
  return { pairs, left };
}

/** 同比 of a figure that is not known is printed as that figure's own 〔待核〕. */
const isKin: Fits = (own, each) =>
  (isPending(own.text) && each.figure.startsWith(`${own.figure}#`)) ||
  (each.pending && own.figure.startsWith(`${each.figure}#`));

/** True for the mark of a figure that is not known. */
export const isPending = (text: string): boolean => text.startsWith('〔待核');
