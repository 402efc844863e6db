/**
 * The stages in order.
 *
 *  files ─read→ Sheet ─recognise→ Recognition ─load→ tables in the store ─normalise→ views, problems
 *                  ↑ dictionary                              ↓ + period, place
 *        Report ←──────────────────── aggregate ←── indicators, stated facts and targets
 *          ├ compose → Draft ─ render → docx md txt
 *          └ facts.json
 */
import { randomBytes } from 'node:crypto';
import { type Asked, aggregate, findPeriods, toMeasures, toStandards, toStated } from './aggregate/index.ts';
import { findAreasChanged, findBefore, type Split, splitYears, toRefused } from './before.ts';
import type { Catalogue } from './catalogue/index.ts';
import { check } from './checks/index.ts';
import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import { toPeriodText } from './format.ts';
import { type Intake, type Progress, take } from './intake.ts';
import type { LoadedSheet, Period, Problem, Report } from './model.ts';
import { countRows, isDated, type LoadedTable, normalise, type StatedRow } from './normalise/index.ts';
import { findInputs, type Inputs } from './read/inputs.ts';
import { type Settled, settlePeriod, settlePlace } from './settle.ts';
import { openStore, type Store, sideBySide } from './store/index.ts';
import { VERSION } from './version.ts';

export type { Progress } from './intake.ts';

/** A report and how its place and period were found. */
export interface Finding {
  report: Report;
  place: Settled<string>;
  period: Settled<Period>;
  skipped: Inputs['skipped'];
}

/** Looks at the rows behind a report while they are still there. */
export type Look = (report: Report, store: Store) => Promise<void>;

/**
 * Reads all inputs and computes all figures, those that are `asked` for by area as well; writes nothing. `onRead` is called
 * when the inputs are read: from then on the store works, and this thread mostly waits.
 */
export async function investigate(
  config: Config,
  catalogue: Catalogue,
  isOwn: (path: string) => boolean,
  onProgress: Progress,
  asked: Asked[] = [],
  look: Look = async () => {},
  onRead: () => void = () => {},
): Promise<Finding> {
  const inputs = await findInputs(config.inputs, isOwn, config.lastYear);
  const store = await openStore(randomBytes(16).toString('hex'), config.megabytes);
  try {
    const intake = await take(inputs, config.mappings, catalogue, store, onProgress);
    onRead();
    const found = await toReport(config, intake, catalogue, store, asked);
    await look(found.report, store);
    return { ...found, skipped: inputs.skipped };
  } finally {
    store.close();
  }
}

/** What the sheets are, with rows counted for the period where one can be found; computes no figures. */
export async function survey(
  config: Config,
  catalogue: Catalogue,
  onProgress: Progress,
): Promise<Pick<Intake, 'recognised' | 'sheets' | 'problems'>> {
  const inputs = await findInputs(config.inputs, () => false, config.lastYear);
  const store = await openStore(randomBytes(16).toString('hex'), config.megabytes);
  try {
    const intake = await take(inputs, config.mappings, catalogue, store, onProgress);
    const period = await settlePeriod(config.period, toOwn(intake), store);
    const { problems } = await normalise(intake.tables, catalogue, store);
    const rows = intake.stated.flatMap((stated) => stated.rows);
    const stated = toStated(rows, { wanted: period.value, report: period.value }, catalogue);
    const split = splitYears(intake, period.value);
    const sheets = await countSheets(intake, split, stated.setAside, period.value, [], catalogue, store);
    return {
      recognised: intake.recognised,
      sheets,
      problems: [...intake.problems, ...problems, ...stated.problems],
    };
  } finally {
    store.close();
  }
}

async function toReport(config: Config, intake: Intake, catalogue: Catalogue, store: Store, asked: Asked[]) {
  const place = settlePlace(config.place, intake.recognised, catalogue);
  const period = await settlePeriod(config.period, toOwn(intake), store);
  const split = splitYears(intake, period.value);
  const before = await findBefore(intake, split, place.value, period.value, catalogue, store);
  const { problems, doubts } = await normalise(split.own, catalogue, store);
  const stated = toStated(
    intake.stated.flatMap(({ rows }) => rows),
    { wanted: period.value, report: period.value },
    catalogue,
  );
  const refused = toRefused([stated, ...before.stated]);
  const [checked, { sheets, figures, problems: differing }] = await sideBySide(
    store,
    (own) =>
      check({
        tables: split.own,
        catalogue,
        store: own,
        period: period.value,
        periods: new Map(split.own.map((table) => [table.id, findPeriods(table, period.value, catalogue)])),
        standards: toStandards(stated),
      }),
    async (own) => {
      const counted = await countSheets(intake, split, refused, period.value, before.spans, catalogue, own);
      requireRows(split.own, counted, period.value);
      const { lastYear, yearEnd } = before;
      const evidence = { catalogue, store: own, period: period.value, tables: split.own, sheets: counted };
      const found = await aggregate({ ...evidence, stated, lastYear, yearEnd, doubts, asked });
      return { sheets: counted, ...found };
    },
  );
  const measures = toMeasures(
    intake.stated.flatMap(({ rows }) => rows),
    figures,
  );
  const report: Report = {
    schemaVersion: 2,
    generator: { name: 'mzreport', version: VERSION },
    place: place.value,
    organisation: config.organisation ?? (place.value === '' ? '' : `${place.value}民政局`),
    period: period.value,
    sources: [...intake.sources, ...before.reports.map(({ source }) => source)].map(
      ({ name, bytes, sha256 }) => ({
        name,
        bytes,
        sha256,
      }),
    ),
    sheets,
    figures,
    ...(measures.length > 0 ? { measures } : {}),
    problems: withFigures(
      withoutTwins([
        ...intake.problems,
        ...problems,
        ...checked,
        ...stated.problems,
        ...before.problems,
        ...before.stated.flatMap((each) => each.problems),
        ...(await findAreasChanged(split, before.towns, store)),
        ...differing,
      ]),
      figures,
    ),
  };
  return { report, place, period };
}

/** What was not given as last year's: by this the period is found. */
function toOwn({ recognised, tables, lastYear }: Intake): Pick<Intake, 'recognised' | 'tables'> {
  return {
    recognised: recognised.filter((_, i) => !lastYear.has(i + 1)),
    tables: tables.filter(({ id }) => !lastYear.has(id)),
  };
}

/** A table that tells about both years is looked at twice; what is wrong with it is said once. */
function withoutTwins(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

async function countSheets(
  intake: Intake,
  split: Split,
  setAside: { row: StatedRow; reason: string }[],
  period: Period,
  spans: Period[],
  catalogue: Catalogue,
  store: Store,
): Promise<LoadedSheet[]> {
  const counted = await countRows(
    intake.tables.map((table) => ({
      table,
      periods: split.own.includes(table) ? findPeriods(table, period, catalogue) : [],
      compared: split.earlier.includes(table) ? spans : [],
    })),
    store,
  );
  for (const { id, rows, read: total } of intake.stated) {
    const refused = new Map<string, number>(
      total > rows.length ? [['没有指标或值', total - rows.length]] : [],
    );
    for (const { reason } of setAside.filter(({ row }) => rows.includes(row)))
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
    const reasons = [...refused].map(([reason, count]) => ({ reason, rows: count }));
    counted.set(id, {
      read: total,
      used: total - reasons.reduce((sum, { rows: n }) => sum + n, 0),
      setAside: reasons,
    });
  }
  return intake.sheets.map((sheet) => ({ ...sheet, ...counted.get(sheet.id) }));
}

/** A year without a single row is a slip of the hand, not a year in which nothing happened. */
function requireRows(tables: LoadedTable[], sheets: LoadedSheet[], period: Period): void {
  const ids = new Set(
    tables.filter((table) => isDated(table) && table.dataset !== 'statistics').map(({ id }) => id),
  );
  const own = sheets.filter(({ id }) => ids.has(id));
  if (own.length === 0 || own.some(({ used }) => used > 0)) return;
  throw new Failure('no-rows-in-period', {
    where: [...new Set(own.map(({ file }) => file))].join('、'),
    expected: toPeriodText(period),
  });
}

/** Tells each problem which figures stand on its sheet. */
function withFigures(problems: Problem[], figures: Report['figures']): Problem[] {
  return problems.map((problem) => {
    if (problem.figures.length > 0) return problem;
    const touched = figures.filter(
      ({ basis }) =>
        basis.type === 'rows' &&
        basis.sources.some(({ file, sheet }) => file === problem.file && sheet === problem.sheet),
    );
    return { ...problem, figures: touched.map(({ id }) => id) };
  });
}
