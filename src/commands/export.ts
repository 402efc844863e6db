import { loadCatalogue } from '../catalogue/index.ts';
import type { Config } from '../config.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import type { Draft, Report } from '../model.ts';
import { type Output, prepareFolder, readOwn, type Written, writeOutputs } from '../output/write.ts';
import { type Finding, investigate, type Progress } from '../pipeline.ts';
import { render } from '../render/index.ts';
import {
  findAskedByLayouts,
  findAskedToWithhold,
  readLayouts,
  renderCsv,
  renderWorkbook,
  type Sheet,
  type Tables,
  toAnnexes,
  toTables,
} from '../tables/index.ts';
import { readStyle } from './style.ts';

const FORMATS = ['xlsx', 'csv', 'docx'] as const;
type TableFormat = (typeof FORMATS)[number];

/** What is wanted of the tables, as it stands on the command line. */
export interface ExportFlags {
  layout?: string;
  /** False with --no-suppress. */
  suppress?: boolean;
}

/** What `export` did, for the one who prints it. */
export interface Exported extends Finding, Tables {
  written: Written[];
}

/** Reads the inputs and writes the 附表. */
export async function exportTables(
  config: Config,
  flags: ExportFlags & { format?: string },
  onProgress: Progress,
): Promise<Exported> {
  const formats = parseFormats(flags.format);
  const catalogue = loadCatalogue(config);
  const layouts = readLayouts(toList(flags.layout), catalogue);
  await prepareFolder(config.out);
  const hide = flags.suppress ?? true;
  const asked = hide ? findAskedToWithhold(layouts, catalogue) : findAskedByLayouts(layouts);
  const finding = await investigate(config, catalogue, await readOwn(config.out), onProgress, asked);
  const tables = toTables(layouts, finding.report, catalogue, hide);
  if (tables.sheets.length === 0)
    throw new Failure('no-tables', {
      where: layouts.map(({ name }) => name).join('、'),
      found: tables.leftOut.map(({ name, reason }) => `${name}${reason}`).join('；'),
    });
  const outputs = await toOutputs(finding.report, tables.sheets, formats, catalogue.folders);
  return { ...finding, ...tables, written: await writeOutputs(outputs, config.out, config.force) };
}

async function toOutputs(
  report: Report,
  sheets: Sheet[],
  formats: TableFormat[],
  folders: string[],
): Promise<Output[]> {
  const name = `${report.organisation || '民政局'}${toPeriodText(report.period)}附表`;
  const outputs: Output[] = [];
  if (formats.includes('xlsx')) outputs.push({ name: `${name}.xlsx`, bytes: await renderWorkbook(sheets) });
  if (formats.includes('csv'))
    for (const [index, sheet] of sheets.entries())
      outputs.push({ name: `${name}${index + 1}${sheet.name}.csv`, bytes: renderCsv(sheet, index + 1) });
  if (formats.includes('docx'))
    outputs.push({
      name: `${name}.docx`,
      bytes: await render(toDraft(name, sheets), 'docx', readStyle(folders), report),
    });
  return outputs;
}

/** A document of nothing but its annexes. */
function toDraft(title: string, sheets: Sheet[]): Draft {
  const annexes = toAnnexes(sheets).map((annex, index) => ({ ...annex, mark: `附表${index + 1}` }));
  return {
    title: [[{ type: 'text', text: title }]],
    captions: [],
    blocks: [{ type: 'enclosures', annexes: annexes.map(({ mark, title: own }) => ({ mark, title: own })) }],
    annexes,
  };
}

function parseFormats(text: string | undefined): TableFormat[] {
  const names = toList(text) ?? ['xlsx'];
  const unknown = names.find((name) => !(FORMATS as readonly string[]).includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new Failure('usage', {
      where: '--format',
      found: `“${unknown ?? text}”不是附表可用的格式，可用 ${FORMATS.join('、')}`,
    });
  return names as TableFormat[];
}

/** "a,b" or "a，b" → a, b; null when nothing was written. */
const toList = (text: string | undefined): string[] | null =>
  text === undefined
    ? null
    : text
        .split(/[,，、]/)
        .map((each) => each.trim())
        .filter(Boolean);
