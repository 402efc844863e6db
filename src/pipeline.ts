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
import { aggregate, toStated } from './aggregate/index.ts';
import type { Catalogue } from './catalogue/index.ts';
import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import type { LoadedSheet, Period, Problem, Recognition, Report, Sheet, Source } from './model.ts';
import {
  countRows,
  type LoadedTable,
  load,
  normalise,
  readStated,
  type StatedRow,
} from './normalise/index.ts';
import { isFactsFile, type LastYear, readLastYear } from './read/facts-file.ts';
import { read, readSource } from './read/index.ts';
import { findInputs, type Inputs } from './read/inputs.ts';
import { recognise, toSynonyms } from './recognise/index.ts';
import { type Settled, settlePeriod, settlePlace } from './settle.ts';
import { openStore, type Store } from './store/index.ts';
import { VERSION } from './version.ts';

/** What a run tells while it works. */
export type Progress = (file: string, rows: number) => void;

/** A report and how its place and period were found. */
export interface Finding {
  report: Report;
  place: Settled<string>;
  period: Settled<Period>;
  skipped: Inputs['skipped'];
}

/** Everything that was read, before the period is known. */
interface Intake {
  sources: Source[];
  recognised: { sheet: Sheet; recognition: Recognition }[];
  tables: LoadedTable[];
  stated: { id: number; recognition: Recognition; rows: StatedRow[]; read: number }[];
  lastYear: LastYear[];
  sheets: LoadedSheet[];
  problems: Problem[];
}

/** Reads all inputs and computes all figures; writes nothing. */
export async function investigate(
  config: Config,
  catalogue: Catalogue,
  own: ReadonlySet<string>,
  onProgress: Progress,
): Promise<Finding> {
  const inputs = await findInputs(config.inputs, own);
  const store = await openStore(randomBytes(16).toString('hex'));
  try {
    const intake = await take(inputs.files, catalogue, store, onProgress);
    return { ...(await toReport(config, intake, catalogue, store)), skipped: inputs.skipped };
  } finally {
    store.close();
  }
}

async function take(
  files: string[],
  catalogue: Catalogue,
  store: Store,
  onProgress: Progress,
): Promise<Intake> {
  const intake: Intake = {
    sources: [],
    recognised: [],
    tables: [],
    stated: [],
    lastYear: [],
    sheets: [],
    problems: [],
  };
  const synonyms = toSynonyms(catalogue);
  for (const path of files) {
    const source = await readSource(path);
    const same = intake.sources.find(({ sha256 }) => sha256 === source.sha256);
    if (same) {
      intake.problems.push({
        kind: 'same-file',
        file: source.name,
        sheet: '',
        row: 0,
        count: 1,
        detail: { other: same.name },
        figures: [],
      });
      continue;
    }
    intake.sources.push(source);
    if (isFactsFile(path)) {
      intake.lastYear.push(await readLastYear(source));
      continue;
    }
    for (const sheet of await read(source)) {
      const { recognition, problems } = sheet.hidden
        ? toHidden(sheet)
        : recognise(sheet, catalogue, synonyms);
      intake.problems.push(...problems);
      await takeSheet(sheet, recognition, intake, catalogue, store, (rows) => onProgress(source.name, rows));
    }
  }
  if (!intake.sheets.some(({ dataset }) => dataset !== null)) {
    throw new Failure('nothing-recognised', {
      where: intake.sources.map(({ name }) => name).join('、'),
      found: intake.problems.find(({ kind }) => kind === 'sheet-unknown')?.detail.found ?? '',
    });
  }
  return intake;
}

function toHidden(sheet: Sheet): { recognition: Recognition; problems: Problem[] } {
  const problem: Problem = {
    kind: 'hidden-sheet',
    file: sheet.source.name,
    sheet: sheet.name,
    row: 0,
    count: 1,
    detail: {},
    figures: [],
  };
  const recognition: Recognition = {
    dataset: null,
    programme: null,
    item: null,
    headBottom: 0,
    columns: [],
    preamble: [],
    period: null,
    reason: '隐藏的工作表',
  };
  return { recognition, problems: [problem] };
}

async function takeSheet(
  sheet: Sheet,
  recognition: Recognition,
  intake: Intake,
  catalogue: Catalogue,
  store: Store,
  onRows: (rows: number) => void,
): Promise<void> {
  const { dataset } = recognition;
  const id = intake.sheets.length + 1;
  const department = recognition.programme
    ? catalogue.programmes.get(recognition.programme)?.其他部门
    : undefined;
  const loaded: LoadedSheet = {
    id,
    file: sheet.source.name,
    sheet: sheet.name,
    dataset,
    programme: recognition.programme,
    reason: recognition.reason,
    read: 0,
    used: 0,
    setAside: [],
  };
  intake.sheets.push(loaded);
  intake.recognised.push({ sheet, recognition });
  if (dataset === 'facts' || dataset === 'targets') {
    intake.stated.push({ id, recognition, ...(await readStated(sheet, recognition, dataset)) });
  } else if (
    dataset === null ||
    dataset === 'statistics' ||
    dataset === 'funds' ||
    department !== undefined
  ) {
    const rows = await countOnly(sheet, recognition.headBottom);
    loaded.read = rows;
    if (rows > 0) loaded.setAside = [{ reason: toUnusedReason(sheet, dataset, department), rows }];
  } else {
    intake.tables.push(await load(id, sheet, { ...recognition, dataset }, catalogue, store, onRows));
  }
}

function toUnusedReason(
  sheet: Sheet,
  dataset: LoadedSheet['dataset'],
  department: string | undefined,
): string {
  if (sheet.hidden) return '隐藏的工作表';
  if (department !== undefined) return `业务由${department}负责`;
  return dataset === 'statistics'
    ? '汇总表，不与明细相加'
    : dataset === 'funds'
      ? '资金表，本版不用'
      : '未识别的表';
}

async function countOnly(sheet: Sheet, headBottom: number): Promise<number> {
  let rows = 0;
  for await (const batch of sheet.read()) {
    rows += batch.numbers.filter(
      (number, i) => number > headBottom && batch.columns.some((column) => (column[i] ?? '').trim() !== ''),
    ).length;
  }
  return rows;
}

async function toReport(config: Config, intake: Intake, catalogue: Catalogue, store: Store) {
  const place = settlePlace(config.place, intake.recognised, catalogue);
  const period = await settlePeriod(config.period, intake.recognised, intake.tables, store);
  const { problems, doubts } = await normalise(intake.tables, catalogue, store);
  const stated = toStated(
    intake.stated.flatMap(({ rows }) => rows),
    period.value,
    catalogue,
  );
  const sheets = await countSheets(intake, stated.setAside, period.value, store);
  requireRows(intake.tables, sheets, period.value);
  const lastYear = new Map(intake.lastYear.flatMap((file) => file.toValues(period.value)));
  const { figures, problems: differing } = await aggregate({
    catalogue,
    store,
    period: period.value,
    tables: intake.tables,
    sheets,
    stated,
    lastYear,
    doubts,
  });
  const report: Report = {
    schemaVersion: 1,
    generator: { name: 'mzreport', version: VERSION },
    place: place.value,
    organisation: config.organisation ?? (place.value === '' ? '' : `${place.value}民政局`),
    period: period.value,
    sources: intake.sources,
    sheets,
    figures,
    problems: withFigures([...intake.problems, ...problems, ...stated.problems, ...differing], figures),
  };
  return { report, place, period };
}

async function countSheets(
  intake: Intake,
  setAside: { row: StatedRow; reason: string }[],
  period: Period,
  store: Store,
): Promise<LoadedSheet[]> {
  const counted = new Map<number, Pick<LoadedSheet, 'read' | 'used' | 'setAside'>>();
  for (const table of intake.tables) counted.set(table.id, await countRows(table, period, store));
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
  const ids = new Set(tables.map(({ id }) => id));
  const own = sheets.filter(({ id }) => ids.has(id));
  if (own.length === 0 || own.some(({ used }) => used > 0)) return;
  throw new Failure('no-rows-in-period', {
    where: [...new Set(own.map(({ file }) => file))].join('、'),
    expected: `${period.from}至${period.to}`,
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
