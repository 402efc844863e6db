import { align, alignMoved } from './align.ts';
import { type Finding, toFinding } from './finding.ts';
import { judge } from './judge.ts';
import { findMarked } from './marked.ts';
import { findNumbers } from './numbers.ts';
import type { Passage } from './passage.ts';
import { type Placed, toPlaced } from './place.ts';
import type { Expected } from './reference.ts';
import type { Units } from './units.ts';

/** A document and what is known of what it should say. */
export interface Case {
  passages: Passage[];
  /** The numbers of each draft that the data can give; the one that is most like the document is taken. */
  drafts: Expected[][];
  units: Units;
}

/** Everything that was found out about the numbers of a document, in its order. */
export function checkPassages({ passages, drafts, units }: Case): Finding[] {
  const numbers = passages.flatMap((passage) => toPlaced(passage, findNumbers(passage.text, units)));
  const pairs = pairWithDraft(numbers, drafts);
  return numbers.flatMap((placed) => toFindings(placed, pairs.get(placed), units));
}

interface Tried {
  expected: Expected[];
  pairs: Map<Placed, Expected>;
}

/** By bookmarks where there are any, else by the words around. */
function pairWithDraft(numbers: Placed[], drafts: Expected[][]): Map<Placed, Expected> {
  const none: Tried = { expected: [], pairs: new Map() };
  const tries = drafts.map((expected): Tried => {
    const marked = findMarked(numbers, expected);
    const taken = new Set(marked.values());
    const rest = align(
      numbers.filter((each) => !marked.has(each)),
      expected.filter((each) => !taken.has(each)),
    );
    return { expected, pairs: new Map([...marked, ...rest]) };
  });
  const best = tries.reduce((a, b) => (b.pairs.size > a.pairs.size ? b : a), none);
  alignMoved(numbers, best.expected, best.pairs);
  return best.pairs;
}

function toFindings(placed: Placed, expected: Expected | undefined, units: Units): Finding[] {
  const { token } = placed;
  if (expected?.figure == null)
    return token.reason === null && !expected?.token.value.eq(token.value)
      ? [toFinding('unbound', placed)]
      : [];
  const about = { was: expected.token.text, figure: expected.figure, name: expected.name };
  const nearness = judge(token, expected, units);
  return [toFinding(nearness === 'other' ? 'changed' : nearness, placed, about)];
}
