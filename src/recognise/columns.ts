import type { FieldSpec } from '../catalogue/index.ts';
import type { ColumnMatch, HeadRow } from '../model.ts';
import { findYuan } from './label.ts';
import { findSynonyms, type Synonyms } from './synonyms.ts';

/** Two columns that fit one field equally well. */
export interface Clash {
  field: string;
  first: string;
  second: string;
}

export interface Columns {
  matches: ColumnMatch[];
  clashes: Clash[];
  /** Each column's head texts, parents first. */
  labels: string[][];
  /** Columns whose whole label is a 首选 word that no other column has: what they are is beyond doubt. */
  firm: Set<number>;
}

/** The texts of a column's head cells, parents first; a parent reaches right over blank cells that have a leaf below. */
export function toLabels(rows: HeadRow[]): string[][] {
  const width = Math.max(...rows.map((row) => row.cells.length));
  const parents = rows.map(() => '');
  return Array.from({ length: width }, (_, column) => {
    const texts: string[] = [];
    rows.forEach((row, level) => {
      const text = (row.cells[column] ?? '').trim();
      const hasLeaf = rows.slice(level + 1).some((below) => (below.cells[column] ?? '').trim() !== '');
      if (text !== '') {
        parents[level] = text;
        parents.fill('', level + 1);
      } else if (!hasLeaf) {
        parents[level] = '';
      }
      const inherited = text || (hasLeaf ? (parents[level] ?? '') : '');
      if (inherited !== '') texts.push(inherited);
    });
    return texts;
  });
}

interface Claim {
  column: number;
  field: string;
  rank: number;
  /** Place of the word in the dictionary's list. */
  order: number;
}

/** Gives each column its field; the better claim wins, equal claims are clashes and nobody gets the field. */
export function matchColumns(rows: HeadRow[], synonyms: Synonyms, fields: Map<string, FieldSpec>): Columns {
  const labels = toLabels(rows);
  const claims = labels.flatMap((label, column) => toClaims(label, column, synonyms));
  const firm = new Set<number>();
  const assigned = new Map<number, string>();
  const taken = new Set<string>();
  const clashes: Clash[] = [];
  for (const rank of [0, 1, 2, 3]) {
    const open = claims.filter(
      (claim) => claim.rank === rank && !assigned.has(claim.column) && !taken.has(claim.field),
    );
    for (const [field, rivals] of groupByField(open)) {
      const free = rivals.filter((claim) => !assigned.has(claim.column));
      if (free.length === 0) continue;
      const shared = fields.get(field)?.类型 === '不存';
      const [first, second] = free;
      const preferred = fields.get(field)?.类型 === '日期' ? findPreferred(free) : undefined;
      if (rank === 0 && free.length === 1 && first) firm.add(first.column);
      if (preferred) {
        assigned.set(preferred.column, field);
      } else if (first && second && !shared) {
        clashes.push({ field, first: toText(labels[first.column]), second: toText(labels[second.column]) });
      } else {
        for (const claim of free) assigned.set(claim.column, field);
      }
      if (!shared) taken.add(field);
    }
  }
  settleUnit(claims, assigned);
  settleProject(claims, assigned);
  const matches = labels.map((label, index) => ({
    index,
    label: toText(label),
    field: assigned.get(index) ?? null,
    yuan: findYuan(toText(label)),
  }));
  return { matches, clashes, labels, firm };
}

/** 单位 is an area in a summary table; beside an indicator it is what the indicator is measured in. */
function settleUnit(claims: Claim[], assigned: Map<number, string>): void {
  const fields = new Set(assigned.values());
  if (!fields.has('indicator') || fields.has('value_unit')) return;
  const unit = claims.find(({ column, field }) => field === 'value_unit' && assigned.get(column) === 'town');
  if (unit) assigned.set(unit.column, 'value_unit');
}

/** 项目名称 is what a target or a value is given for; beside money alone it is a project. */
function settleProject(claims: Claim[], assigned: Map<number, string>): void {
  const fields = new Set(assigned.values());
  if (fields.has('project') || ['target', 'value', 'quantity'].some((field) => fields.has(field))) return;
  const name = claims.find(
    ({ column, field }) => field === 'project' && assigned.get(column) === 'indicator',
  );
  if (name) assigned.set(name.column, 'project');
}

/** Lists carry several dates (申请、审批、完成): the dictionary's order says which one counts, unless one word stands twice. */
function findPreferred(claims: Claim[]): Claim | undefined {
  const [first, second] = [...claims].sort((a, b) => a.order - b.order);
  return first && second && first.order < second.order ? first : undefined;
}

const toText = (label: string[] | undefined): string => (label ?? []).join(' ');

function toClaims(label: string[], column: number, synonyms: Synonyms): Claim[] {
  const leaf = label.at(-1);
  if (leaf === undefined) return [];
  const whole = label.join('');
  const claimsOf = (text: string, worse: number): Claim[] =>
    findSynonyms(text, synonyms).map(({ field, rank, order }) => ({
      column,
      field,
      order,
      rank: rank * 2 + worse,
    }));
  return [...claimsOf(whole, 0), ...(label.length > 1 ? claimsOf(leaf, 1) : [])];
}

function groupByField(claims: Claim[]): Map<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = groups.get(claim.field) ?? [];
    if (!group.some((other) => other.column === claim.column)) groups.set(claim.field, [...group, claim]);
  }
  return groups;
}
