import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset } from '../model.ts';
import { toComparable } from '../recognise/index.ts';
import { type Store, toIdentifier, toLiteral } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import { toStoredColumns } from './plan.ts';

/** Coded texts of one sheet: SQL expressions that give the canonical value. */
export type Mapping = Map<string, string>;

/** More distinct values than this are no code but free text. */
const MOST_CODES = 2000;

/** Up to so many rows, copying a view once costs less than planning it again in every query. */
const COPIED_ROWS = 300_000;

/** Puts tables in the place of views over few rows; nothing may change the rows after that. */
export async function copySmallViews(
  tables: LoadedTable[],
  catalogue: Catalogue,
  store: Store,
): Promise<void> {
  const [found] = await store.rows('select coalesce(sum(estimated_size), 0) as n from duckdb_tables()');
  if (Number(found?.n) > COPIED_ROWS) return;
  const stored = Object.entries(toStoredColumns(catalogue));
  for (const dataset of new Set(tables.map((table) => table.dataset))) {
    const own = tables.filter((table) => table.dataset === dataset);
    const isHeld = ([name]: [string, string]) => own.some((table) => isPresent(name, table, catalogue));
    const held = stored.filter(isHeld).map(([name]) => toIdentifier(name));
    // Columns that none of the sheets has cost nothing in a view, and a copy of nulls in a table.
    const empty = stored
      .filter((column) => !isHeld(column))
      .map(([name, type]) => `null::${type} as ${toIdentifier(name)}`);
    await store.run(
      `create or replace table copied_${dataset} as select ${['sheet', 'row', 'aside', 'on_month', ...held].join(', ')} from all_${dataset};
       create or replace view all_${dataset} as select ${['*', ...empty].join(', ')} from copied_${dataset}`,
    );
  }
}

/** True of columns that a sheet may fill: its own, those made of its title, those with a preset value. */
function isPresent(name: string, { columns, recognition }: LoadedTable, catalogue: Catalogue): boolean {
  return (
    ALWAYS.has(name) ||
    columns.some(({ field }) => field === name) ||
    catalogue.fields.get(name)?.缺省 !== undefined ||
    (name === 'town' && recognition.town !== undefined)
  );
}

const ALWAYS = new Set(['on_day', 'headcount', 'unit_household', 'programme', 'item']);

/** One view per dataset over all its sheets, with spellings made canonical; unused columns are null. */
export async function createViews(
  tables: LoadedTable[],
  datasets: readonly Dataset[],
  catalogue: Catalogue,
  store: Store,
): Promise<void> {
  const stored = toStoredColumns(catalogue);
  const found = await findWords(tables, catalogue, store);
  for (const dataset of datasets) {
    const selects = [toEmptySelect(stored)];
    for (const table of tables.filter((loaded) => loaded.dataset === dataset)) {
      selects.push(toSelect(table, stored, toMapping(table, catalogue, found), catalogue));
    }
    await store.run(`create or replace view all_${dataset} as ${selects.join(' union all ')}`);
  }
  for (const table of tables.filter(({ columns }) => columns.some(({ field }) => field === 'programme'))) {
    const found = await store.rows(
      `select distinct programme from all_${table.dataset} where sheet = ${table.id} and aside is null and programme is not null`,
    );
    table.programmes = [
      ...new Set([...table.programmes, ...found.map(({ programme }) => String(programme))]),
    ].sort();
  }
}

function toEmptySelect(stored: Record<string, string>): string {
  const columns = Object.entries(stored).map(([name, type]) => `null::${type} as ${toIdentifier(name)}`);
  return `select 0 as sheet, 0 as row, null::varchar as aside, null::date as on_month, ${columns.join(', ')} where false`;
}

function toSelect(
  table: LoadedTable,
  stored: Record<string, string>,
  mapping: Mapping,
  catalogue: Catalogue,
): string {
  const present = new Set([
    ...table.columns.map((column) => column.field),
    'on_day',
    'headcount',
    'unit_household',
  ]);
  const { town } = table.recognition;
  if (town !== undefined && !present.has('town')) mapping.set('town', toLiteral(town));
  const columns = Object.entries(stored).map(([name, type]) => {
    const preset = catalogue.fields.get(name)?.缺省;
    const mapped =
      mapping.get(name) ?? (present.has(name) ? toIdentifier(name) : preset ? toLiteral(preset) : 'null');
    return `(${mapped})::${type} as ${toIdentifier(name)}`;
  });
  return `select ${table.id} as sheet, row, aside, to_month_start(on_day) as on_month, ${columns.join(', ')} from ${table.table}`;
}

/** What stands in the coded columns, by "table.field". */
type Found = Map<string, string[]>;

async function findWords(tables: LoadedTable[], catalogue: Catalogue, store: Store): Promise<Found> {
  const queries = tables.flatMap((table) =>
    toCoded(table, catalogue).map(({ field }) => {
      const name = toIdentifier(field);
      return `(select ${toLiteral(`${table.table}.${field}`)} as place, ${name} as value from ${table.table} where ${name} is not null group by 2 limit ${MOST_CODES})`;
    }),
  );
  const found: Found = new Map();
  if (queries.length === 0) return found;
  for (const { place, value } of await store.rows(`${queries.join(' union all ')} order by 1, 2`)) {
    const key = String(place);
    found.set(key, [...(found.get(key) ?? []), String(value)]);
  }
  return found;
}

/** Text columns whose spellings the dictionary knows, with these. */
const toCoded = (table: LoadedTable, catalogue: Catalogue): { field: string; words: Map<string, string> }[] =>
  table.columns
    .filter(({ type }) => type === '文本')
    .map(({ field }) => ({ field, words: toWordMap(field, table, catalogue) }))
    .filter(({ words }) => words.size > 0);

function toMapping(table: LoadedTable, catalogue: Catalogue, found: Found): Mapping {
  const mapping: Mapping = new Map();
  for (const { field, words } of toCoded(table, catalogue))
    mapping.set(field, toCase(field, words, found.get(`${table.table}.${field}`) ?? []));
  const { programme, item } = table.recognition;
  const base = programme ? toLiteral(programme) : 'null';
  mapping.set(
    'programme',
    mapping.has('programme') ? `coalesce(${mapping.get('programme')}, ${base})` : base,
  );
  const itemBase = item
    ? toLiteral(item)
    : toDefaultItem(mapping.get('programme') ?? base, programme, catalogue);
  mapping.set('item', mapping.has('item') ? `coalesce(${mapping.get('item')}, ${itemBase})` : itemBase);
  return mapping;
}

/** The 款项 of rows that name none: that of the programme which the sheet or, row by row, a column names. */
function toDefaultItem(expression: string, programme: string | null, catalogue: Catalogue): string {
  const own = programme ? catalogue.programmes.get(programme)?.默认款项 : undefined;
  if (programme !== null) return own ? toLiteral(own) : 'null';
  const whens = [...catalogue.programmes].flatMap(([name, { 默认款项 }]) =>
    默认款项 ? [`when ${toLiteral(name)} then ${toLiteral(默认款项)}`] : [],
  );
  return whens.length > 0 ? `case ${expression} ${whens.join(' ')} end` : 'null';
}

/** Comparable spelling → canonical value for a coded field of this sheet. */
function toWordMap(field: string, table: LoadedTable, catalogue: Catalogue): Map<string, string> {
  const words = new Map<string, string>();
  const add = (canonical: string, spellings: string[]) => {
    for (const spelling of [canonical, ...spellings]) {
      const key = toComparable(spelling);
      if (!words.has(key)) words.set(key, canonical);
    }
  };
  if (field === 'programme') {
    const own = table.recognition.programme
      ? (catalogue.programmes.get(table.recognition.programme)?.包含 ?? [])
      : [];
    for (const name of [...own, ...catalogue.programmes.keys()])
      add(name, catalogue.programmes.get(name)?.同义 ?? []);
  } else if (field === 'item') {
    const items = table.recognition.programme
      ? catalogue.programmes.get(table.recognition.programme)?.款项
      : undefined;
    for (const [name, spellings] of Object.entries(items ?? {})) add(name, spellings);
    // A sheet of several programmes: only the proper names of 款项, as 护理费 is another thing in each.
    if (!items)
      for (const { 款项 } of catalogue.programmes.values())
        for (const name of Object.keys(款项)) add(name, []);
  } else if (AREA_FIELDS.has(field)) {
    for (const [name, spellings] of Object.entries(catalogue.areas.别名)) add(name, spellings);
  } else {
    for (const [name, spellings] of Object.entries(catalogue.fields.get(field)?.取值 ?? {}))
      add(name, spellings);
  }
  return words;
}

const AREA_FIELDS = new Set(['county', 'town', 'village']);

/** "1-男", "01-本人": the code before the dash is the exporting system's. */
const withoutCode = (value: string): string => value.replace(/^\s*[0-9A-Za-z]{1,6}\s*[-－—_]\s*(?=\D)/, '');

function toCase(field: string, words: Map<string, string>, found: string[]): string {
  const name = toIdentifier(field);
  const whens = found.flatMap((value) => {
    const known = words.get(toComparable(value)) ?? words.get(toComparable(withoutCode(value)));
    // 第一批 in a 款项 column is no 款项 of the dictionary: the sheet's own counts.
    if (field === 'item' && known === undefined) return [`when ${toLiteral(value)} then null`];
    const canonical = known ?? withoutCode(value);
    return canonical === value ? [] : [`when ${toLiteral(value)} then ${toLiteral(canonical)}`];
  });
  return whens.length > 0 ? `case ${name} ${whens.join(' ')} else ${name} end` : name;
}
