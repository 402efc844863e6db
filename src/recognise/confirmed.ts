import type { Recognition } from '../model.ts';
import type { Mapped } from './mapping.ts';

/**
 * What a person confirmed, with what no entry can say: code rows under the head, the township of the sheet's name, and how
 * a wide sheet unfolds. Columns that the entry gives a field of their own do not unfold.
 */
export function applyFound(mapped: Mapped | null, found: Mapped): Mapped {
  if (mapped === null) return found;
  const { fold, headBottom, columns } = found.recognition;
  const confirmed = mapped.recognition;
  if (confirmed.dataset === null || columns.length !== confirmed.columns.length) return mapped;
  const named = new Set(
    confirmed.columns
      .filter((match) => match.field !== columns[match.index]?.field)
      .map(({ index }) => index),
  );
  const unfolds = fold && !fold.groups.some(({ cells }) => cells.some(({ index }) => named.has(index)));
  const recognition: Recognition = {
    ...confirmed,
    headBottom: Math.max(headBottom, confirmed.headBottom),
    period: found.recognition.period ?? confirmed.period,
    ...(found.recognition.town === undefined ? {} : { town: found.recognition.town }),
    ...(unfolds ? { fold } : {}),
  };
  return { recognition, problems: mapped.problems };
}
