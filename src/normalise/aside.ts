import { toIdentifier, toLiteral } from '../store/index.ts';
import { isBad } from './faults.ts';
import { isText, LABEL_COLUMNS, type LoadedColumn, type LoadPlan, toTimeColumns } from './plan.ts';

/** Codes of the column `aside`; their words are in rows.ts. */
export const ASIDE = [
  'total',
  'head',
  'footer',
  'unreadable',
  'no-amount',
  'undated',
  'ragged',
  'part',
  'summary',
] as const;
export type Aside = (typeof ASIDE)[number];

/** Rows without any text; they are not counted as read. */
export const BLANK = 'blank';

/** Leading cells, in which 合计 and 填表人 are looked for; what was read as a number or a day is neither. */
export function toLeading(plan: LoadPlan, typed: LoadedColumn[]): string[] {
  return plan.bound
    .filter((index) => index < LABEL_COLUMNS)
    .map((index) => (typed.some((column) => column.index === index) ? `r${index}` : `c${index}`));
}

const toLead = (leading: string[]): string => `squeezed(concat_ws('|', ${leading.join(', ')}))`;

/** Alternatives for squeezed text, in which people's 合 计 is 合计. */
const toWords = (words: string[]): string =>
  words.map((word) => toPattern(word.replace(/\s/g, '')).replace(/[:：]$/, '[:：]')).join('|');

/** Why a row does not count: a code of ASIDE, BLANK or null. `before` are cases that stand before all others but the reader's mark. */
export function toAside(plan: LoadPlan, leading: string[], before: string[]): string {
  const { 合计, 其中, 表尾, 说明 } = plan.catalogue.rowWords;
  // A label may name its area (东湖街道小计) and add a remark in brackets.
  const totals = toLiteral(`(^|\\|)[^|]{0,12}(${toWords(合计)})([（(][^|]{0,8}[)）])?[:：]?(\\||$)`);
  const parts = toLiteral(`(^|\\|)(${toWords(其中)})`);
  const footers = toLiteral(`^\\|*(${toWords([...表尾, ...说明])})`);
  const cases = [
    `when mark <> '' then mark`,
    ...before,
    `when label is not null and regexp_matches(label, ${totals}) then 'total'`,
    ...(其中.length > 0 ? [`when label is not null and regexp_matches(label, ${parts}) then 'part'`] : []),
    ...toHeadCase(plan),
    `when case when ${toMeasureNull(plan)} then regexp_matches(${toLead(leading)}, ${footers}) else false end then 'footer'`,
    ...toUnreadable(plan),
    ...(plan.dataset === 'roll' ? [] : [`when on_day is null then 'undated'`]),
  ];
  return `case ${cases.join(' ')} end`;
}

/** Rows of a CSV that hold no text at all: looked for only where nothing was read. */
export function toBlankCase(plan: LoadPlan): string[] {
  const all = plan.recognition.columns.map(({ index }) => `coalesce(c${index}, '')`).join(' || ');
  const white = `' ' || chr(9) || chr(12288)`;
  return [
    `when case when ${toMeasureNull(plan)} then trim(${all}, ${white}) = '' else false end then '${BLANK}'`,
  ];
}

/** The leading cells as one squeezed text where a word for 合计 or 其中 may stand in them, else null: nearly every row. */
export function toLabel({ catalogue }: LoadPlan, leading: string[]): string {
  const { 合计, 其中 } = catalogue.rowWords;
  return `case when ${toCover([...合计, ...其中], leading)} then ${toLead(leading)} end`;
}

/** A cheap test that is true wherever one of the words may stand: one character for as many words as possible. */
function toCover(words: string[], leading: string[]): string {
  const tests: string[] = [];
  let left = words;
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const character of left.flatMap((word) => [...new Set(word)]))
      counts.set(character, (counts.get(character) ?? 0) + 1);
    const [best] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [''];
    tests.push(...leading.map((cell) => `contains(${cell}, ${toLiteral(best)})`));
    left = left.filter((word) => !word.includes(best));
  }
  return `(${tests.join(' or ')})`;
}

/** Printed lists repeat their head on every page. */
function toHeadCase(plan: LoadPlan): string[] {
  // Texts are trimmed already: they are compared first, and nearly always settle it.
  const first = plan.columns.slice(0, 3).sort((a, b) => Number(isText(b)) - Number(isText(a)));
  const tests = first.map((column) => {
    const text = isText(column) ? `t${column.index}` : `to_text(c${column.index})`;
    return `${text} = ${toLiteral(column.label.split(' ').at(-1) ?? '')}`;
  });
  return tests.length > 1 ? [`when ${tests.join(' and ')} then 'head'`] : [];
}

/** Footers have nothing in the columns that matter. */
function toMeasureNull(plan: LoadPlan): string {
  const measures = plan.columns.filter((column) => !isText(column) && column.index > 0);
  return measures.length > 0
    ? measures.map((column) => `${toIdentifier(column.field)} is null`).join(' and ')
    : 'true';
}

function toUnreadable(plan: LoadPlan): string[] {
  const amount = plan.columns.find((column) => column.field === 'amount');
  const times = toTimeColumns(plan);
  const unreadable: string[] = times.map(
    (column) => `when on_day is null and ${isBad(column)} then 'unreadable'`,
  );
  if (plan.dataset !== 'payouts' || !amount) return plan.dataset === 'roll' ? [] : unreadable;
  // A row may say only what came back.
  const recovered = plan.columns.some(({ field }) => field === 'recovered_amount');
  const empty = recovered ? 'amount is null and coalesce(recovered_amount, 0) = 0' : 'amount is null';
  return [`when ${isBad(amount)} then 'unreadable'`, `when ${empty} then 'no-amount'`, ...unreadable];
}

const toPattern = (word: string): string => word.replace(/[\\/.*+?()|[\]^$-]/g, '\\$&');
