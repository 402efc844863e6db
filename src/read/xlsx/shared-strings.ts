import { toShortText } from '../long-cells.ts';
import { type Column, checkCharacters, copyText, writeCopied } from './column.ts';
import { toUtf8 } from './encoding.ts';
import { damaged, overLimit } from './faults.ts';
import { LIMITS } from './limits.ts';
import { EMPTY, findMarkup, isNamed, newTag, OPEN, readTag } from './markup.ts';
import { newRichText, readRichText } from './rich-text.ts';
import { inflatePart, type Part, type ZipFile } from './zip.ts';

/**
 * The workbook's table of strings as UTF-8, which can be loaded only as far as it is asked for: the first rows of a sheet
 * seldom need more than its beginning. Bytes, not strings, because a roll of a million persons has millions of them.
 */
export interface SharedStrings {
  where: string;
  chunks: AsyncGenerator<Buffer, void, void>;
  /** The strings by groups of 1,024, one buffer each. */
  groups: Buffer[];
  /** Where each string begins in its group. */
  starts: Uint32Array;
  /** Characters (UTF-16 units) of each string. */
  characters: Uint32Array;
  /** Strings that can be used. */
  ready: number;
  complete: boolean;
  /** Strings read; those of the last group are not ready before it is full. */
  read: number;
  /** The group being read. */
  group: Buffer;
  groupLength: number;
  bytes: number;
  rest: Buffer;
  ended: boolean;
}

/** What is longer may have to be cut: a text of 32,767 characters in a million cells would be written out a million times. */
const SHORT_BYTES = 1000;

const GROUP_BITS = 10;
const GROUP = 1 << GROUP_BITS;

/** A table of which nothing is loaded yet; without a part it is empty. */
export function openSharedStrings(zip: ZipFile, part: Part | undefined): SharedStrings {
  return {
    where: zip.where,
    chunks: part ? toUtf8(inflatePart(zip, part), zip.where) : noChunks(),
    groups: [],
    starts: new Uint32Array(GROUP),
    characters: new Uint32Array(GROUP),
    ready: 0,
    complete: part === undefined,
    read: 0,
    group: Buffer.allocUnsafeSlow(64 * 1024),
    groupLength: 0,
    bytes: 0,
    rest: Buffer.alloc(0),
    ended: false,
  };
}

/** Loads the table at least up to string `index`; a table that has no such string is a failure. */
export async function loadSharedString(strings: SharedStrings, index: number): Promise<void> {
  while (strings.ready <= index && !strings.complete) await loadMore(strings);
  if (strings.ready <= index) throw damaged(strings.where, '共享文字表不完整');
}

/** Loads the whole table. */
export async function loadSharedStrings(strings: SharedStrings): Promise<SharedStrings> {
  try {
    while (!strings.complete) await loadMore(strings);
    return strings;
  } finally {
    await closeSharedStrings(strings);
  }
}

async function loadMore(strings: SharedStrings): Promise<void> {
  const { value, done } = await strings.chunks.next();
  if (done) endTable(strings);
  else readChunk(strings, value);
}

/** Gives up loading; what is loaded stays. */
export async function closeSharedStrings(strings: SharedStrings): Promise<void> {
  await strings.chunks.return();
}

/** Writes string `index`, which must be ready, as the text of a cell; returns its bytes. */
export function writeSharedString(strings: SharedStrings, index: number, column: Column, row: number): void {
  const group = strings.groups[index >> GROUP_BITS];
  if (group === undefined) return;
  const from = strings.starts[index] ?? 0;
  writeCopied(column, row, group, from, endOf(strings, index), strings.characters[index] ?? 0);
}

/** Bytes of string `index`, which must be ready. */
export function sharedStringSize(strings: SharedStrings, index: number): number {
  return endOf(strings, index) - (strings.starts[index] ?? 0);
}

function endOf(strings: SharedStrings, index: number): number {
  const next = index + 1;
  if (next < strings.ready && (next & (GROUP - 1)) !== 0) return strings.starts[next] ?? 0;
  return strings.groups[index >> GROUP_BITS]?.length ?? 0;
}

async function* noChunks(): AsyncGenerator<Buffer, void, void> {}

function readChunk(strings: SharedStrings, chunk: Buffer): void {
  const bytes = strings.rest.length > 0 ? Buffer.concat([strings.rest, chunk]) : chunk;
  const at = readStrings(strings, bytes);
  // A copy: the chunk's memory would live on with the rest.
  strings.rest = Buffer.from(bytes.subarray(at));
  if (strings.rest.length > LIMITS.cellBytes) throw overLimit(strings.where, '一段共享文字过长', '8 MB');
}

/** Reads all whole strings and returns where the first one that is not whole begins. */
function readStrings(strings: SharedStrings, bytes: Buffer): number {
  const tag = newTag(strings.where);
  const rich = newRichText(strings.where);
  let at = 0;
  for (;;) {
    const start = findMarkup(bytes, at);
    if (start < 0) return bytes.length;
    if (!readTag(bytes, start, tag)) return start;
    at = tag.next;
    if (isNamed(bytes, tag, 'si') && tag.kind === EMPTY) addString(strings, bytes, at, at);
    else if (isNamed(bytes, tag, 'si') && tag.kind === OPEN) {
      if (!readRichText(bytes, at, 'si', rich)) return start;
      at = rich.next;
      const text = rich.text === undefined ? bytes : Buffer.from(rich.text);
      if (rich.text === undefined) addString(strings, text, rich.from, rich.to);
      else addString(strings, text, 0, text.length);
    } else if (isNamed(bytes, tag, 'sst')) strings.ended = tag.kind !== OPEN;
  }
}

function addString(strings: SharedStrings, bytes: Buffer, from: number, to: number): void {
  const size = to - from;
  if (size > SHORT_BYTES) {
    const text = bytes.toString('utf8', from, to);
    checkCharacters(text.length, strings.where);
    const short = Buffer.from(toShortText(text));
    if (short.length < size) {
      addString(strings, short, 0, short.length);
      return;
    }
  }
  strings.bytes += size;
  if (strings.bytes > LIMITS.sharedStringBytes) throw overLimit(strings.where, '共享文字表过大', '1 GB');
  if (strings.read >= LIMITS.sharedStrings)
    throw overLimit(strings.where, '共享文字过多', `${LIMITS.sharedStrings} 条`);
  if (strings.read >= strings.starts.length) {
    strings.starts = widen(strings.starts);
    strings.characters = widen(strings.characters);
  }
  if (strings.groupLength + size > strings.group.length) strings.group = makeRoom(strings, size);
  strings.starts[strings.read] = strings.groupLength;
  strings.characters[strings.read++] = copyText(bytes, from, to, strings.group, strings.groupLength);
  strings.groupLength += size;
  if ((strings.read & (GROUP - 1)) === 0) endGroup(strings);
}

function widen(narrow: Uint32Array): Uint32Array {
  const wider = new Uint32Array(narrow.length * 2);
  wider.set(narrow);
  return wider;
}

function makeRoom(strings: SharedStrings, size: number): Buffer {
  const wider = Buffer.allocUnsafeSlow(Math.max(strings.groupLength + size, strings.group.length * 2));
  strings.group.copy(wider, 0, 0, strings.groupLength);
  return wider;
}

function endGroup(strings: SharedStrings): void {
  const exact = Buffer.allocUnsafeSlow(strings.groupLength);
  strings.group.copy(exact, 0, 0, strings.groupLength);
  strings.groups.push(exact);
  strings.groupLength = 0;
  strings.ready = strings.read;
}

function endTable(strings: SharedStrings): void {
  if (!strings.ended) throw damaged(strings.where, '共享文字表不完整');
  if (strings.read > strings.ready) endGroup(strings);
  strings.complete = true;
  strings.group = Buffer.alloc(0);
}
