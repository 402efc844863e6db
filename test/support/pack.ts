import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/read/xlsx/crc32.ts';

/** Parts of a zip by path; {开头, 重复, 次数, 结尾} repeats a text with {n} counting from 从, else 1. */
export type PackSpec = Record<string, string | Uint8Array | Repeated>;

interface Repeated {
  开头: string;
  重复: string;
  次数: number;
  从?: number;
  结尾: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** What a workbook with one sheet needs beside xl/worksheets/sheet1.xml. */
export const SKELETON: PackSpec = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="s1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="s1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
};

interface PackOptions {
  nameOf?: (name: string) => Buffer;
  isEncrypted?: boolean;
}

/** A zip written by hand, so that it can be an odd one: names in GBK without a flag, parts marked as encrypted. */
export function toPack(spec: PackSpec, options: PackOptions = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(spec)) {
    if (content === '') continue;
    const plain = toBytes(content);
    const packed = deflateRawSync(plain);
    const name = options.nameOf?.(path) ?? Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(options.isEncrypted ? 1 : 0, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(plain, 0), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(plain.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    local.copy(entry, 8, 6, 28);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, name, packed);
    directory.push(entry, name);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(spec).length, 8);
  end.writeUInt16LE(Object.keys(spec).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

function toBytes(content: PackSpec[string]): Buffer {
  if (typeof content === 'string' || content instanceof Uint8Array) return Buffer.from(content as string);
  const { 开头, 重复, 次数, 从: first = 1, 结尾 } = content;
  const middle = Array.from({ length: 次数 }, (_, i) => 重复.replaceAll('{n}', String(i + first)));
  return Buffer.from(开头 + middle.join('') + 结尾);
}
