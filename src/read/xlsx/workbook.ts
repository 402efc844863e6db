import { posix } from 'node:path';
import { Failure } from '../../failure.ts';
import { attributesOf, readElements } from './element.ts';
import { toUtf8 } from './encoding.ts';
import { damaged } from './faults.ts';
import { parseStyles } from './styles.ts';
import { findPart, type Part, readPart, type Zip } from './zip.ts';

/** A workbook's table of contents. */
export interface Workbook {
  zip: Zip;
  /** Worksheets in the order of their tabs; chart and dialogue sheets hold no data and are left out. */
  sheets: WorkbookSheet[];
  strings: Part | undefined;
  /** The kind of each cell style, see date.ts. */
  styles: Uint8Array;
  date1904: boolean;
}

export interface WorkbookSheet {
  name: string;
  hidden: boolean;
  part: Part;
}

interface Relation {
  id: string;
  /** The last word of its type, the same in transitional and strict OOXML: "worksheet", "styles". */
  type: string;
  target: string;
}

/** Reads which sheets a workbook has; a zip that is something else is a 'file-type' failure that names it. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const path = await findWorkbook(zip);
  const part = findPart(zip, path);
  if (!part) throw new Failure('file-type', { where: zip.where, found: nameOf(zip) });
  const relations = await readRelations(zip, path);
  const { root, entries, date1904 } = parseWorkbook(await readXml(zip, part), zip.where);
  if (root !== 'workbook') throw new Failure('file-type', { where: zip.where, found: nameOf(zip) });
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const sheets = entries.flatMap((entry, i) => toSheet(zip, entry, i + 1, byId.get(entry.id)));
  if (sheets.length === 0) throw damaged(zip.where, '没有工作表');
  const styles = partOf(zip, relations, 'styles');
  return {
    zip,
    sheets,
    strings: partOf(zip, relations, 'sharedStrings'),
    styles: styles ? parseStyles(await readXml(zip, styles), zip.where) : new Uint8Array(),
    date1904,
  };
}

interface SheetEntry {
  name: string;
  state: string;
  id: string;
}

function parseWorkbook(bytes: Buffer, where: string) {
  const entries: SheetEntry[] = [];
  let root = '';
  let date1904 = false;
  readElements(bytes, where, (name, kind, tag) => {
    if (kind === 'close') return;
    root ||= name;
    if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributesOf(bytes, tag).date1904 ?? '');
    if (name !== 'sheet') return;
    const { name: title = '', state = 'visible', id = '' } = attributesOf(bytes, tag);
    entries.push({ name: title, state, id });
  });
  return { root, entries, date1904 };
}

function toSheet(
  zip: Zip,
  entry: SheetEntry,
  place: number,
  relation: Relation | undefined,
): WorkbookSheet[] {
  if (relation && relation.type !== 'worksheet') return [];
  const part = relation && findPart(zip, relation.target);
  if (!part) throw damaged(zip.where, `缺少第 ${place} 张工作表的内容`);
  return [{ name: entry.name, hidden: entry.state !== 'visible', part }];
}

function partOf(zip: Zip, relations: Relation[], type: string): Part | undefined {
  const relation = relations.find((candidate) => candidate.type === type);
  return relation && findPart(zip, relation.target);
}

async function findWorkbook(zip: Zip): Promise<string> {
  const relations = await readRelations(zip, '');
  const target = relations.find((relation) => relation.type === 'officeDocument')?.target;
  // A document of another kind has the same relation: its root is word/document.xml or ppt/presentation.xml.
  if (target && !/\.bin$|^(?:word|ppt|visio)\//i.test(target)) return target;
  return 'xl/workbook.xml';
}

/** The relations of a part, '' for those of the package itself; targets are paths from the zip's root. */
async function readRelations(zip: Zip, path: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(path);
  const part = findPart(zip, posix.join(dir, '_rels', `${base}.rels`));
  if (!part) return [];
  const bytes = await readXml(zip, part);
  const relations: Relation[] = [];
  readElements(bytes, zip.where, (name, kind, tag) => {
    if (name !== 'Relationship' || kind === 'close') return;
    const {
      Id: id = '',
      Type: type = '',
      Target: target = '',
      TargetMode: mode = '',
    } = attributesOf(bytes, tag);
    if (mode !== 'External')
      relations.push({ id, type: posix.basename(type), target: resolve(zip, dir, target) });
  });
  return relations;
}

/** Targets are relative to the part; some writers mean the root without saying so. */
function resolve(zip: Zip, folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  if (path.startsWith('/')) return path.slice(1);
  const relative = posix.normalize(posix.join(folder, path));
  return findPart(zip, relative) ? relative : findPart(zip, path) ? path : relative;
}

async function readXml(zip: Zip, part: Part): Promise<Buffer> {
  const bytes = await readPart(zip, part);
  const chunks: Buffer[] = [];
  for await (const chunk of toUtf8(once(bytes), zip.where)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, void> {
  yield bytes;
}

const KINDS: [part: RegExp, name: string][] = [
  [/^word\//, 'Word 文档'],
  [/^ppt\//, 'PowerPoint 演示文稿'],
  [/^visio\//, 'Visio 绘图'],
  [/^xl\/workbook\.bin$/, 'Excel 二进制工作簿（xlsb）'],
  [/^ofd\.xml$/, 'OFD 版式文件'],
  [/^(?:content\.xml|meta-inf\/manifest\.xml)$/, 'OpenDocument 文档'],
];

function nameOf(zip: Zip): string {
  const paths = [...zip.parts.keys()];
  return KINDS.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1] ?? '压缩包（zip）';
}
