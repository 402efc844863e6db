import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import type { Config } from '../config.ts';
import { Failure } from '../failure.ts';
import { toLetters } from '../format.ts';
import { toMasked } from '../mask.ts';
import type { ColumnMatch, LoadedSheet, Problem, Recognition, Sheet } from '../model.ts';
import { replaceFile } from '../output/write.ts';
import { type Progress, survey } from '../pipeline.ts';
import type { Mapping } from '../recognise/index.ts';

/** One column as `inspect` shows it. */
export interface InspectedColumn {
  /** A, B … as spreadsheets name it. */
  letter: string;
  label: string;
  /** 名称 of the field; null when the column is not used. */
  field: string | null;
  /** The field's 类型; null when the column is not used. */
  type: string | null;
  /** First value below the head, masked. */
  sample: string;
}

/** A sheet as `inspect` shows it. */
export interface Inspection {
  sheet: LoadedSheet;
  headBottom: number;
  period: string;
  columns: InspectedColumn[];
}

export interface Inspected {
  inspections: Inspection[];
  problems: Problem[];
  catalogue: Catalogue;
  /** The file that now holds the mapping; null when none was asked for. */
  written: string | null;
}

/** Says what each sheet is and why, column by column; with `write` the recognition goes into that file as 识别. */
export async function inspect(
  config: Config,
  write: string | null,
  onProgress: Progress,
): Promise<Inspected> {
  const catalogue = loadCatalogue(config);
  const { recognised, sheets, problems } = await survey(config, catalogue, onProgress);
  const inspections = recognised.flatMap(({ sheet, recognition }, index) => {
    const loaded = sheets[index];
    return loaded ? [toInspection(sheet, recognition, loaded, catalogue)] : [];
  });
  if (write !== null) await writeMapping(write, recognised, catalogue);
  return { inspections, problems, catalogue, written: write };
}

function toInspection(
  sheet: Sheet,
  recognition: Recognition,
  loaded: LoadedSheet,
  catalogue: Catalogue,
): Inspection {
  const below = sheet.head.filter(({ number }) => number > recognition.headBottom);
  const toSample = ({ index, field }: ColumnMatch): string => {
    const text = below.map(({ cells }) => (cells[index] ?? '').trim()).find((cell) => cell !== '') ?? '';
    return toMasked(text, field === null ? undefined : catalogue.fields.get(field));
  };
  const columns = recognition.columns
    .filter(({ label }) => label !== '')
    .map((match) => {
      const spec = match.field === null ? undefined : catalogue.fields.get(match.field);
      return {
        letter: toLetters(match.index),
        label: match.label,
        field: spec?.名称 ?? null,
        type: spec?.类型 ?? null,
        sample: toSample(match),
      };
    });
  const { period } = recognition;
  return {
    sheet: loaded,
    headBottom: recognition.headBottom,
    period: period ? `${period.from}至${period.to}` : '',
    columns,
  };
}

const KEY = '识别';

/** Puts the recognition under 识别; every other byte of the file stays as it is. */
async function writeMapping(
  path: string,
  recognised: { sheet: Sheet; recognition: Recognition }[],
  catalogue: Catalogue,
): Promise<void> {
  const entries = recognised.filter(
    ({ sheet, recognition }) => !sheet.hidden && recognition.columns.length > 0,
  );
  const mappings = entries.map(({ sheet, recognition }) => toMapping(sheet, recognition, catalogue));
  const text = stringify({ [KEY]: mappings }, { lineWidth: 0 });
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const bytes = new TextEncoder().encode(replaceKey(old, text, path));
  await replaceFile(path, bytes);
}

function toMapping(sheet: Sheet, recognition: Recognition, catalogue: Catalogue): Mapping {
  const named = recognition.columns.filter(({ label }) => label !== '');
  const columns = named.map(
    ({ label, field }) =>
      [label, field === null ? '不用' : (catalogue.fields.get(field)?.名称 ?? '不用')] as const,
  );
  return {
    表: sheet.name === '' ? sheet.source.name.replace(/\.[^.]+$/, '') : sheet.name,
    数据集: recognition.dataset ?? '不用',
    ...(recognition.programme === null ? {} : { 业务: recognition.programme }),
    ...(recognition.item === null ? {} : { 款项: recognition.item }),
    列: Object.fromEntries(columns),
  };
}

function replaceKey(old: string, text: string, path: string): string {
  const document = parseDocument(old, { logLevel: 'error' });
  if (document.errors.length > 0)
    throw new Failure(
      'config-invalid',
      { where: basename(path), found: 'YAML 写法不对' },
      document.errors[0],
    );
  const contents = document.contents as {
    items?: { key: { value: unknown; range?: number[] }; value: { range?: number[] } | null }[];
  } | null;
  const pair = contents?.items?.find(({ key }) => key.value === KEY);
  const start = pair?.key.range?.[0];
  const end = pair?.value?.range?.[2] ?? pair?.key.range?.[2];
  if (start === undefined || end === undefined)
    return `${old}${old === '' || old.endsWith('\n') ? '' : '\n'}${text}`;
  return old.slice(0, start) + text + old.slice(end);
}
