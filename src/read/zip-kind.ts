import type { Source } from '../model.ts';
import { parseArchive, readMember } from './archive.ts';
import { contentOf, readBytes } from './bytes.ts';
import { readZip } from './xlsx/zip.ts';

/** What a zip is: a workbook of some format (another Office document too, which its reader names), or files packed together. */
export type ZipKind = 'xlsx' | 'xlsb' | 'ods' | 'archive';

/** Tells by its parts what a zip is. */
export async function findZipKind(source: Source): Promise<ZipKind> {
  const content = contentOf(source);
  const paths = content
    ? parseArchive(content, source.name).map(({ path }) => path)
    : [...(await readZip(source.path, source.name)).parts.keys()];
  return toKind(new Set(paths.map((path) => path.toLowerCase().replace(/^\/+/, ''))), source);
}

async function toKind(paths: Set<string>, source: Source): Promise<ZipKind> {
  if (paths.has('xl/workbook.bin')) return 'xlsb';
  if (paths.has('[content_types].xml') || paths.has('_rels/.rels') || paths.has('xl/workbook.xml'))
    return 'xlsx';
  if (paths.has('content.xml')) return (await isSpreadsheet(source)) ? 'ods' : 'xlsx';
  return paths.has('ofd.xml') ? 'xlsx' : 'archive';
}

/** Text documents and presentations have the same parts. */
async function isSpreadsheet(source: Source): Promise<boolean> {
  const bytes = await readBytes(source);
  const type = parseArchive(bytes, source.name).find(({ path }) => path === 'mimetype');
  return (
    type === undefined || readMember(bytes, type, source.name).toString('latin1').includes('spreadsheet')
  );
}
