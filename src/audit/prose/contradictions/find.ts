import type { Prose } from '../../../catalogue/index.ts';
import type { Placed } from '../place.ts';
import type { Units } from '../units.ts';
import { findWrongGrowth } from './growth.ts';
import { findWrongParts } from './parts.ts';
import { findTooManyMonths } from './person-months.ts';
import { findTwoValues } from './same.ts';
import type { Contradiction, Scene } from './scene.ts';
import { findWrongShares } from './shares.ts';

/** Every number of a document that does not follow from others beside it. */
export function findContradictions(
  numbers: Placed[],
  knowledge: { prose: Prose; units: Units; months: number },
): Contradiction[] {
  const scenes = new Map<Placed['passage'], Scene>();
  for (const placed of numbers) {
    const { passage, token } = placed;
    const scene = scenes.get(passage) ?? { ...knowledge, text: passage.text, placed: [] };
    // A row of a table has no sentences.
    if (token.reason === null && !passage.text.includes('\t')) scene.placed.push(placed);
    scenes.set(passage, scene);
  }
  const all = [...scenes.values()];
  return [
    ...findTwoValues(all),
    ...all.flatMap((scene) => [
      ...findWrongGrowth(scene),
      ...findWrongShares(scene),
      ...findWrongParts(scene),
      ...findTooManyMonths(scene),
    ]),
  ];
}
