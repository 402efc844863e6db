import type { Catalogue } from '../catalogue/index.ts';
import type { ColumnMatch, FoldGroup } from '../model.ts';
import type { Head } from './head.ts';
import { toPlain } from './label.ts';
import { findSynonyms, type Synonyms } from './synonyms.ts';
import type { Wide } from './wide.ts';

const ORDINAL = '十[一二三四五]?|[一二三四五六七八九]|\\d{1,2}';
const PERSONAL = new Set([
  'person_name',
  'person_id',
  'relation',
  'sex',
  'age',
  'covered',
  'selfcare',
  'category',
]);

/** Finds members side by side in a household's row (成员一姓名 成员一身份证号 …, 姓名1 身份证号1 …); null when there are none. */
export function findMembers(head: Head, synonyms: Synonyms, catalogue: Catalogue): Wide | null {
  const members = new Map<string, FoldGroup>();
  for (const match of head.matches) {
    const found = readMemberLabel(head.labels[match.index] ?? [], synonyms, catalogue);
    if (found === null) continue;
    const group = members.get(found.ordinal) ?? { says: {}, cells: [] };
    group.cells.push({ index: match.index, field: found.field, label: match.label, yuan: null });
    members.set(found.ordinal, group);
  }
  const groups = [...members.values()].filter(({ cells }) => cells.some(({ field }) => isName(field)));
  return groups.length === 0 ? null : toWide(head.matches, groups, catalogue);
}

const isName = (field: string): boolean => field === 'person_id' || field === 'person_name';

/** 成员一姓名, 成员1 姓名, 姓名1 → its ordinal and field. */
function readMemberLabel(
  label: string[],
  synonyms: Synonyms,
  catalogue: Catalogue,
): { ordinal: string; field: string } | null {
  const text = toPlain(label.join(''));
  const words = catalogue.wide.成员.join('|');
  const before = words === '' ? null : new RegExp(`^(?:${words})(${ORDINAL})的?(.+)$`).exec(text);
  const after = new RegExp(`^(\\D+?)(${ORDINAL})$`).exec(text);
  const [ordinal, rest] = before ? [before[1], before[2]] : [after?.[2], after?.[1]];
  if (ordinal === undefined || rest === undefined) return null;
  const field = findSynonyms(rest, synonyms).find((synonym) => PERSONAL.has(synonym.field))?.field;
  if (field === undefined || (!before && !isName(field))) return null;
  return { ordinal, field };
}

/** The head of the household is the first of its members; its money stays with it. */
function toWide(matches: ColumnMatch[], members: FoldGroup[], catalogue: Catalogue): Wide {
  const cells = new Map(
    members.flatMap((group) => group.cells.map(({ index, field }) => [index, field] as const)),
  );
  // What stands in a member's columns is a person's all the same: known, masked, and not loaded from there.
  const shared = matches.map((match) => {
    const field = cells.get(match.index);
    if (field === undefined) return match;
    return {
      ...match,
      field: field === 'person_id' ? 'other_id' : field === 'person_name' ? 'other_name' : null,
    };
  });
  const own = (...fields: string[]) => shared.find(({ field }) => field !== null && fields.includes(field));
  const headName = own('head_name', 'person_name');
  const headId = own('head_id', 'person_id');
  const covered = own('covered');
  const first: FoldGroup = { says: {}, cells: [] };
  for (const [match, field] of [
    [headName, 'person_name'],
    [headId, 'person_id'],
    [covered, 'covered'],
  ] as const)
    if (match) first.cells.push({ index: match.index, field, label: match.label, yuan: null });
  const preset = catalogue.fields.get('covered')?.缺省;
  const groups = covered && preset ? members.map((group) => withCovered(group, preset)) : members;
  const columns = shared.map((match) => {
    if (match.index === headName?.index) return { ...match, field: 'head_name' };
    if (match.index === headId?.index) return { ...match, field: 'head_id' };
    return match.index === covered?.index ? { ...match, field: null } : match;
  });
  return {
    columns,
    settled: new Set(),
    unused: [],
    fold: {
      note: `家庭成员并排，每户按户主和至多${members.length}名成员展开`,
      groups: [first, ...groups],
      once: columns
        .filter(({ field }) => ['金额', '整数'].includes(catalogue.fields.get(field ?? '')?.类型 ?? ''))
        .map(({ index }) => index),
      keepFirst: true,
      blank: catalogue.emptyWords,
      year: null,
      yearColumn: null,
      monthColumn: null,
    },
  };
}

const withCovered = (group: FoldGroup, preset: string): FoldGroup =>
  group.cells.some(({ field }) => field === 'covered')
    ? group
    : { ...group, says: { ...group.says, covered: preset } };
