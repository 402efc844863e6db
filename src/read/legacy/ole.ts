import { damaged } from '../xlsx/faults.ts';

/** An OLE2 file: a small file system in a file, in which old Office documents lie. */
export interface Ole {
  where: string;
  bytes: Buffer;
  /** Size of a sector as a power of two. */
  shift: number;
  /** Next sector by sector. */
  next: number[];
  /** Streams by name. */
  streams: Map<string, OleStream>;
}

interface OleStream {
  first: number;
  size: number;
}

const END_OF_CHAIN = 0xfffffffe;
const IN_HEADER = 109;
const MINI_CUTOFF = 4096;
const ROOT = 5;

/** Reads which streams an OLE2 file has; a file that does not hold together is a failure. */
export function parseOle(bytes: Buffer, where: string): Ole {
  if (bytes.length < 512) throw damaged(where, '文件不完整');
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw damaged(where, '文件头有误');
  const ole: Ole = { where, bytes, shift, next: [], streams: new Map() };
  for (const sector of findTableSectors(ole)) {
    const table = readSector(ole, sector);
    for (let at = 0; at + 4 <= table.length; at += 4) ole.next.push(table.readUInt32LE(at));
  }
  const directory = readChain(ole, bytes.readUInt32LE(48), null);
  for (let at = 0; at + 128 <= directory.length; at += 128) addStream(ole, directory.subarray(at, at + 128));
  return ole;
}

/** The bytes of a stream; undefined when there is none of that name. Fewer than the directory promises is a failure. */
export function readStream(ole: Ole, name: string): Buffer | undefined {
  const stream = ole.streams.get(name);
  if (stream === undefined) return undefined;
  return stream.size < MINI_CUTOFF
    ? readMini(ole, stream)
    : readChain(ole, stream.first, stream.size).subarray(0, stream.size);
}

function findTableSectors(ole: Ole): number[] {
  const { bytes } = ole;
  const count = bytes.readUInt32LE(44);
  if (count > bytes.length >> ole.shift) throw damaged(ole.where, '文件不完整');
  const sectors: number[] = [];
  for (let i = 0; i < Math.min(count, IN_HEADER); i++) sectors.push(bytes.readUInt32LE(76 + i * 4));
  let more = bytes.readUInt32LE(68);
  const perSector = (1 << ole.shift) / 4 - 1;
  while (sectors.length < count) {
    const table = readSector(ole, more);
    for (let i = 0; i < perSector && sectors.length < count; i++) sectors.push(table.readUInt32LE(i * 4));
    more = table.readUInt32LE(perSector * 4);
  }
  return sectors;
}

function readSector({ bytes, shift, where }: Ole, sector: number): Buffer {
  const from = (sector + 1) * 2 ** shift;
  if (from >= bytes.length) throw damaged(where, '文件不完整');
  return bytes.subarray(from, from + 2 ** shift);
}

function readChain(ole: Ole, first: number, size: number | null): Buffer {
  const sectors: Buffer[] = [];
  let read = 0;
  for (let at = first; at !== END_OF_CHAIN && (size === null || read < size); at = ole.next[at] ?? -1) {
    if (at < 0 || sectors.length > ole.next.length) throw damaged(ole.where, '文件内部链接有误');
    const sector = readSector(ole, at);
    sectors.push(sector);
    read += sector.length;
  }
  if (size !== null && read < size) throw damaged(ole.where, '文件不完整');
  return Buffer.concat(sectors, read);
}

function addStream(ole: Ole, entry: Buffer): void {
  const length = entry.readUInt16LE(64);
  if (length < 2 || length > 64) return;
  const name = entry.toString('utf16le', 0, length - 2);
  const key = entry[66] === ROOT ? '' : name;
  if (!ole.streams.has(key))
    ole.streams.set(key, { first: entry.readUInt32LE(116), size: entry.readUInt32LE(120) });
}

/** Small streams lie in sectors of 64 bytes within the root's own stream. */
function readMini(ole: Ole, { first, size }: OleStream): Buffer {
  const root = ole.streams.get('');
  if (root === undefined) throw damaged(ole.where, '文件目录有误');
  const held = readChain(ole, root.first, root.size);
  const table = readChain(ole, ole.bytes.readUInt32LE(60), null);
  const parts: Buffer[] = [];
  for (let at = first, read = 0; read < size; read += 64) {
    if (at * 64 + 64 > held.length + 63 || at * 4 + 4 > table.length)
      throw damaged(ole.where, '文件内部链接有误');
    parts.push(held.subarray(at * 64, at * 64 + 64));
    at = table.readUInt32LE(at * 4);
  }
  return Buffer.concat(parts).subarray(0, size);
}
