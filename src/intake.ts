/** The first half of a run: files to sheets, sheets to recognised tables in the store. Nothing here needs the period. */
import type { Catalogue } from './catalogue/index.ts';
import { Failure } from './failure.ts';
import { toLetters } from './format.ts';
import { toHeadText } from './mask.ts';
import type { LoadedSheet, Problem, Recognition, Sheet, Source } from './model.ts';
import {
  countHidden,
  type LoadedTable,
  load,
  readStated,
  type StatedRow,
  unfold,
} from './normalise/index.ts';
import { type EarlierReport, isFactsFile, readEarlierReport } from './read/facts-file.ts';
import { findDoubts, read, readSources } from './read/index.ts';
import type { Inputs } from './read/inputs.ts';
import {
  applyFound,
  applyMapping,
  findTables,
  type Mapping,
  recognise,
  toSynonyms,
} from './recognise/index.ts';
import type { Store } from './store/index.ts';

/** Hears which file is being read and how many rows of it so far. */
export type Progress = (file: string, rows: number) => void;

/** Everything that was read, before the period is known. */
export interface Intake {
  sources: Source[];
  recognised: { sheet: Sheet; recognition: Recognition }[];
  tables: LoadedTable[];
  stated: { id: number; recognition: Recognition; rows: StatedRow[]; read: number }[];
  /** Reports of earlier runs; only one of the year before counts as a source. */
  earlier: EarlierReport[];
  /** Numbers of the sheets that were given as last year's. */
  lastYear: Set<number>;
  sheets: LoadedSheet[];
  problems: Problem[];
}

/** Reads all files, recognises and loads their sheets; throws when there is no business table among them. */
export async function take(
  inputs: Inputs,
  mappings: Mapping[],
  catalogue: Catalogue,
  store: Store,
  onProgress: Progress,
): Promise<Intake> {
  const intake: Intake = {
    sources: [],
    recognised: [],
    tables: [],
    stated: [],
    earlier: [],
    lastYear: new Set(),
    sheets: [],
    problems: [],
  };
  await takeFiles(inputs, inputs.files, mappings, catalogue, store, onProgress, intake);
  const own = intake.sheets.length;
  await takeFiles(inputs, inputs.lastYear, mappings, catalogue, store, onProgress, intake);
  for (const { id } of intake.sheets.slice(own)) intake.lastYear.add(id);
  if (!intake.sheets.some(({ dataset }) => dataset !== null)) {
    throw new Failure('nothing-recognised', {
      where: intake.sources.map(({ name }) => name).join('、'),
      found: intake.problems.find(({ kind }) => kind === 'sheet-unknown')?.detail.found ?? '',
    });
  }
  return intake;
}

async function takeFiles(
  { skipped }: Inputs,
  files: string[],
  mappings: Mapping[],
  catalogue: Catalogue,
  store: Store,
  onProgress: Progress,
  intake: Intake,
): Promise<void> {
  const synonyms = toSynonyms(catalogue);
  for await (const source of readSources({ files, skipped })) {
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
    if (isFactsFile(source.name)) {
      intake.earlier.push(await readEarlierReport(source));
      continue;
    }
    intake.sources.push(source);
    const tables = (await read(source)).flatMap((sheet) => findTables(sheet, synonyms, catalogue));
    const takings: Promise<void>[] = [];
    try {
      for (const { sheet, head } of tables) {
        const { recognition, problems } = sheet.hidden
          ? toHidden(sheet)
          : applyFound(applyMapping(sheet, mappings, catalogue), recognise(sheet, catalogue, synonyms, head));
        intake.problems.push(...findDoubts(sheet), ...problems);
        await takings.at(source.bytes < SMALL_BYTES ? -2 : -1);
        const onRows = (rows: number) => onProgress(source.name, rows);
        const taking = takeSheet(sheet, recognition, intake, catalogue, store, onRows);
        taking.catch(() => {});
        takings.push(taking);
      }
      await Promise.all(takings);
    } finally {
      await Promise.allSettled(takings);
    }
  }
  intake.tables.sort((a, b) => a.id - b.id);
  intake.stated.sort((a, b) => a.id - b.id);
}

/** Of a file below this size, one sheet is read while the store works on the one before. */
const SMALL_BYTES = 32 * 2 ** 20;

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
    columns: toColumns(recognition, catalogue),
    read: 0,
    used: 0,
    setAside: [],
  };
  intake.sheets.push(loaded);
  intake.recognised.push({ sheet, recognition });
  if (dataset === 'facts' || dataset === 'targets') {
    intake.stated.push({ id, recognition, ...(await readStated(sheet, recognition, dataset)) });
  } else if (dataset === null || department !== undefined) {
    const rows = await countOnly(sheet, recognition.headBottom);
    loaded.read = rows;
    if (rows > 0) loaded.setAside = [{ reason: toUnusedReason(sheet, department), rows }];
  } else {
    const counted = countHidden(sheet, recognition.headBottom);
    const long = unfold(counted.sheet, recognition);
    const own = await store.fork();
    try {
      intake.tables.push(
        await load(id, long.sheet, { ...long.recognition, dataset }, catalogue, own, onRows),
      );
    } finally {
      own.close();
    }
    intake.problems.push(...counted.problems(recognition));
  }
}

/** What was taken: a column that is known so as not to be loaded is none. */
function toColumns({ dataset, columns }: Recognition, { fields }: Catalogue): LoadedSheet['columns'] {
  if (dataset === null) return [];
  return columns.flatMap(({ index, label, field }) => {
    const spec = field === null ? undefined : fields.get(field);
    if (!spec || spec.类型 === '不存') return [];
    return [{ column: toLetters(index), label: toHeadText(label), field: spec.名称 }];
  });
}

function toUnusedReason(sheet: Sheet, department: string | undefined): string {
  if (sheet.hidden) return '隐藏的工作表';
  return department === undefined ? '未识别的表' : `业务由${department}负责`;
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
