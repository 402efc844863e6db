import type { Prose } from '../../catalogue/index.ts';
import type { Figure } from '../../model.ts';
import { align } from './align.ts';
import { bind, type Glossary, toPlaces } from './bind.ts';
import { findContradictions } from './contradictions/find.ts';
import { type Finding, toFinding } from './finding.ts';
import { judge } from './judge.ts';
import { findMarked } from './marked.ts';
import { alignMoved, exchange } from './moved.ts';
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
  figures: Figure[];
  aliases: Glossary['aliases'];
  units: Units;
  prose: Prose;
  /** Months that the document is about. */
  months: number;
}

/** A finding and the stretch of its passage that it is about. */
export interface Located {
  finding: Finding;
  placed: Placed;
}

/** Everything that was found out about the numbers of a document, in its order. */
export function checkPassages({ passages, drafts, figures, aliases, units, prose, months }: Case): Located[] {
  const numbers = passages.flatMap((passage) => toPlaced(passage, findNumbers(passage.text, units)));
  const pairs = pairWithDraft(numbers, drafts);
  const glossary = { figures, aliases, places: toPlaces(drafts), units, prose };
  const findings = new Map(
    numbers.map((placed) => [placed, toFindings(placed, pairs.get(placed), glossary)] as const),
  );
  const isChanged = (placed: Placed) =>
    findings.get(placed)?.some(({ verdict }) => verdict === 'changed') ?? false;
  for (const { primary, others, reason } of findContradictions(numbers, { prose, units, months })) {
    // A number that was changed makes others not follow from it: it alone is to be mended.
    if (!isChanged(primary) && others.some(isChanged)) continue;
    const own = (findings.get(primary) ?? []).filter(({ verdict }) => verdict !== 'unbound');
    findings.set(primary, [...own, toFinding('contradictory', primary, { reason })]);
  }
  return [...findings].flatMap(([placed, own]) => own.map((finding) => ({ finding, placed })));
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
  exchange(best.expected, best.pairs);
  alignMoved(numbers, best.expected, best.pairs);
  return best.pairs;
}

function toFindings(placed: Placed, expected: Expected | undefined, glossary: Glossary): Finding[] {
  const { token } = placed;
  if (expected?.figure == null) {
    const isTemplate = expected?.token.value.eq(token.value) ?? false;
    return token.reason === null && !isTemplate ? [toBoundFinding(placed, glossary)] : [];
  }
  const about = { was: expected.token.text, figure: expected.figure, name: expected.name };
  const nearness = judge(token, expected, glossary.units);
  return [toFinding(nearness === 'other' ? 'changed' : nearness, placed, about)];
}

/** A number that no draft has in this place. */
function toBoundFinding(placed: Placed, glossary: Glossary): Finding {
  const binding = bind(placed, glossary);
  if (binding === null) return toFinding('unbound', placed);
  const { figure, nearness, was } = binding;
  return toFinding(nearness === 'other' ? 'changed' : nearness, placed, {
    was,
    figure: figure.id,
    name: figure.name,
  });
}
