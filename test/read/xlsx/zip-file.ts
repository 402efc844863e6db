import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../src/read/xlsx/crc32.ts';

/** Parts of a zip by path. */
export type Parts = Record<string, string | Buffer>;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A zip written by hand, so that it can also be written wrongly. */
export function zipOf(
  parts: Parts,
  change: { crc?: number; zip64?: boolean; stored?: boolean } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(parts)) {
    const plain = Buffer.from(content);
    const packed = change.stored ? plain : deflateRawSync(plain);
    const name = Buffer.from(path);
    const crc = change.crc ?? crc32(plain, 0);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(change.stored ? 0 : 8, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(plain.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(change.stored ? 0 : 8, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(change.zip64 ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(change.zip64 ? 0xffffffff : plain.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(change.zip64 ? 0xffffffff : offset, 42);
    const extra = change.zip64 ? extra64([plain.length, packed.length, offset]) : Buffer.alloc(0);
    entry.writeUInt16LE(extra.length, 30);
    bodies.push(local, name, packed);
    directory.push(entry, name, extra);
    offset += 30 + name.length + packed.length;
  }
  return Buffer.concat([
    ...bodies,
    ...directory,
    endOf(Object.keys(parts).length, offset, directory, change.zip64),
  ]);
}

function extra64(values: number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + i * 8);
  return extra;
}

function endOf(count: number, offset: number, directory: Buffer[], zip64 = false): Buffer {
  const size = Buffer.concat(directory).length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  if (!zip64) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  for (const [i, value] of [count, count, size, offset].entries())
    end64.writeBigUInt64LE(BigInt(value), 24 + i * 8);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  return Buffer.concat([end64, locator, end]);
}

/** What a test wants to say about a workbook; the rest is the usual frame. */
export interface BookSpec {
  /** What is inside <worksheet>, of one sheet or of several by name. */
  sheet: string | Record<string, string>;
  /** What is inside <sst>. */
  strings?: string;
  /** What is inside <styleSheet>. */
  styles?: string;
  /** What stands before <sheets>. */
  properties?: string;
  /** Parts that replace or join the others; undefined leaves one out. */
  parts?: Record<string, string | Buffer | undefined>;
}

/** The parts of a workbook around hand-written XML. */
export function partsOf(spec: BookSpec): Parts {
  const sheets = typeof spec.sheet === 'string' ? { Sheet1: spec.sheet } : spec.sheet;
  const names = Object.keys(sheets);
  const parts: Record<string, string | Buffer | undefined> = {
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${TYPES}">${spec.properties ?? ''}<sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, i): [string, string, string] => [
        `rId${i + 1}`,
        'worksheet',
        `worksheets/sheet${i + 1}.xml`,
      ]),
      ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdT', 'styles', 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${spec.strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${spec.styles ?? ''}</styleSheet>`,
  };
  for (const [i, xml] of Object.values(sheets).entries())
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet xmlns="${MAIN}">${xml}</worksheet>`;
  const all = Object.entries({ ...parts, ...spec.parts });
  return Object.fromEntries(all.filter((part): part is [string, string | Buffer] => part[1] !== undefined));
}

/** A relations part. */
export function relations(list: [id: string, type: string, target: string][]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}
