/** The year before: what its own exports, stated facts and facts.json say, to be compared with. */
import { aggregate, type Earlier, type StatedFigures, toDefinition, toStated } from './aggregate/index.ts';
import type { Catalogue } from './catalogue/index.ts';
import { toPeriodText, toYearBefore, toYearEnded } from './format.ts';
import type { Intake } from './intake.ts';
import type { Figure, Period, Problem } from './model.ts';
import { isDated, type LoadedTable, normalise, type StatedRow } from './normalise/index.ts';
import type { EarlierReport } from './read/facts-file.ts';
import type { Store } from './store/index.ts';

/** Whose tables are whose. A list of payments or events may tell about both years: each row has its day. */
export interface Split {
  own: LoadedTable[];
  earlier: LoadedTable[];
}

/** What a report is compared with. */
export interface Before {
  /** By id, the same span a year before. */
  lastYear: Map<string, Earlier>;
  /** By id, at the end of the year before. */
  yearEnd: Map<string, Earlier>;
  /** Spans of which rows were used. */
  spans: Period[];
  /** What stated facts of these spans could not be used. */
  stated: StatedFigures[];
  /** Townships in the tables of the year before. */
  towns: string[];
  /** Earlier reports that were used. */
  reports: EarlierReport[];
  problems: Problem[];
}

/** Tables of the year before are those that were given as such, and those whose title names that year. */
export function splitYears({ tables, lastYear }: Intake, period: Period): Split {
  const year = String(Number(period.to.slice(0, 4)) - 1);
  const names = ({ recognition: { period: named } }: LoadedTable) =>
    named !== null && named.from.slice(0, 4) <= year && named.to.slice(0, 4) >= year;
  const endsBefore = (table: LoadedTable) =>
    names(table) && (table.recognition.period?.to ?? '') < period.from;
  const given = tables.filter(({ id }) => !lastYear.has(id));
  // A roll has no days of its own: last year's stands for this year where nothing newer was given.
  const isOld = (table: LoadedTable) =>
    !isDated(table) &&
    endsBefore(table) &&
    given.some((other) => !endsBefore(other) && isSameRoll(other, table));
  return {
    own: given.filter((table) => !isOld(table)),
    earlier: tables.filter(
      (table) => lastYear.has(table.id) || (isDated(table) ? names(table) : isOld(table)),
    ),
  };
}

const isSameRoll = (a: LoadedTable, b: LoadedTable): boolean =>
  a.dataset === b.dataset && a.recognition.programme === b.recognition.programme;

const toNothing = (): Before => ({
  lastYear: new Map(),
  yearEnd: new Map(),
  spans: [],
  stated: [],
  towns: [],
  reports: [],
  problems: [],
});

/** Computes the figures of the year before; its tables' views are replaced by the next `normalise`. */
export async function findBefore(
  intake: Intake,
  { earlier }: Split,
  place: string,
  period: Period,
  catalogue: Catalogue,
  store: Store,
): Promise<Before> {
  const isEmpty = earlier.length === 0 && intake.earlier.length === 0 && intake.stated.length === 0;
  if (isEmpty) return toNothing();
  const { problems, doubts } = await normalise(earlier, catalogue, store);
  const towns = await findTowns(earlier, store);
  const rows = intake.stated.flatMap((stated) => stated.rows);
  const [same, end] = [toYearBefore(period), toYearEnded(period)];
  const spans = same.to === end.to ? [same] : [same, end];
  const found: { figures: Map<string, Earlier>; stated: StatedFigures }[] = [];
  for (const span of spans) {
    const stated = toStated(rows, { wanted: span, report: period }, catalogue);
    const evidence = {
      catalogue,
      store,
      period: span,
      tables: earlier,
      sheets: intake.sheets,
      stated,
      doubts,
    };
    const none = new Map<string, Earlier>();
    const { figures } = await aggregate({ ...evidence, lastYear: none, yearEnd: none, asked: [] });
    found.push({ figures: toEarlier(figures, evidence), stated });
  }
  const known = ({ period: own }: EarlierReport, span: Period) =>
    own.from === span.from && own.to === span.to;
  const used = intake.earlier.filter((report) => known(report, same) || report.period.to === end.to);
  const inSame = intake.earlier.filter((report) => known(report, same));
  const atEnd = intake.earlier.filter((report) => report.period.to === end.to);
  return {
    lastYear: merge(toReported(inSame), found[0]?.figures, catalogue, period),
    yearEnd: merge(toReported(atEnd), found.at(-1)?.figures, catalogue, period),
    spans,
    stated: found.map(({ stated }) => stated),
    towns,
    reports: used,
    problems: [
      ...problems,
      ...intake.earlier.filter((report) => !used.includes(report)).map((report) => toUnused(report, same)),
      ...used.filter((report) => report.place !== place).map((report) => toMoved(report, place)),
    ],
  };
}

/** A figure of last year's own data goes before one that an earlier report says; one with a period of its own is not compared. */
function merge(
  reported: Map<string, Earlier>,
  computed: Map<string, Earlier> | undefined,
  { indicators }: Catalogue,
  period: Period,
): Map<string, Earlier> {
  const merged = new Map(reported);
  for (const [id, earlier] of computed ?? [])
    if (earlier.value !== null || !merged.has(id)) merged.set(id, earlier);
  for (const [id, { span }] of indicators)
    if (span(period).to === span(toYearBefore(period)).to) merged.delete(id);
  return merged;
}

/** Known figures, and those that last year's tables were given for and do not give surely. */
function toEarlier(
  figures: Figure[],
  { tables, catalogue, stated }: { tables: LoadedTable[]; catalogue: Catalogue; stated: StatedFigures },
): Map<string, Earlier> {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const datasets = new Set<string>(tables.map(({ dataset }) => dataset));
  return new Map(
    figures.flatMap((figure): [string, Earlier][] => {
      const { id, value, period, status, reason, covered, basis } = figure;
      const where = toWhere(figure, byId) || '上年的表格';
      const base = { period, where, note: null, definition: toDefinition(basis), covered };
      if (status === 'known') return [[id, { ...base, value, reason: null }]];
      const dataset = catalogue.indicators.get(id)?.取自 ?? '';
      const isGiven = stated.current.has(id) || (datasets.has(dataset) && !(reason ?? '').startsWith('没有'));
      return status === 'pending' && isGiven ? [[id, { ...base, value: null, reason }]] : [];
    }),
  );
}

/** Files from which a figure comes, itself or by its parts. */
function toWhere(figure: Figure, all: Map<string, Figure>): string {
  const files = (each: Figure): string[] => {
    if (each.basis.type === 'rows') return each.basis.sources.map(({ file }) => file);
    if (each.basis.type === 'manual') return [`${each.basis.file}第${each.basis.row}行`];
    if (each.basis.type === 'none') return [];
    if (each.basis.type === 'counties') return each.basis.from.flatMap(({ file }) => file ?? []);
    return each.basis.from.flatMap((id) => files(all.get(id) ?? { ...each, basis: { type: 'none' } }));
  };
  return [...new Set(files(figure))].join('、');
}

const toReported = (reports: EarlierReport[]): Map<string, Earlier> =>
  new Map(
    reports.flatMap(({ source, values }) =>
      values.map(({ id, ...value }) => [id, { ...value, where: source.name, reason: null, note: null }]),
    ),
  );

const toUnused = ({ source, period }: EarlierReport, wanted: Period): Problem => ({
  kind: 'base-unused',
  ...toPlace(source.name),
  detail: { found: toPeriodText(period), expected: toPeriodText(wanted) },
});

const toMoved = ({ source, place: theirs }: EarlierReport, place: string): Problem => ({
  kind: 'areas-changed',
  ...toPlace(source.name),
  detail: { gone: theirs, added: place },
});

const toPlace = (file: string) => ({ file, sheet: '', row: 0, count: 1, figures: [] });

/** Townships that only one of the two years has, in programmes that both have; own tables' views are in place. */
export async function findAreasChanged(
  { own, earlier }: Split,
  before: string[],
  store: Store,
): Promise<Problem[]> {
  if (before.length === 0) return [];
  const programmes = new Set(earlier.flatMap((table) => table.programmes));
  const newer = own.filter((table) => !earlier.includes(table));
  const now = await findTowns(newer, store);
  const common = await findTowns(
    newer.filter((table) => table.programmes.some((each) => programmes.has(each))),
    store,
  );
  const gone = before.filter((town) => !now.includes(town)).join('、');
  const added = common.filter((town) => !before.includes(town)).join('、');
  if (now.length === 0 || gone + added === '') return [];
  return [
    { kind: 'areas-changed', ...toPlace(earlier[0]?.sheet.source.name ?? ''), detail: { gone, added } },
  ];
}

async function findTowns(tables: LoadedTable[], store: Store): Promise<string[]> {
  const towns = tables.map(
    ({ id, dataset }) =>
      `select town from all_${dataset} where sheet = ${id} and aside is null and town is not null`,
  );
  if (towns.length === 0) return [];
  const rows = await store.rows(`select distinct town from (${towns.join(' union all ')}) order by town`);
  return rows.map(({ town }) => String(town));
}

/** Which rows of stated figures no span could use. */
export const toRefused = (all: StatedFigures[]): { row: StatedRow; reason: string }[] =>
  (all[0]?.setAside ?? []).filter(({ row }) =>
    all.every(({ setAside }) => setAside.some((each) => each.row === row)),
  );
