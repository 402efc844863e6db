import { inflateRawSync } from 'node:zlib';
import { parseArchive } from '../../src/read/archive.ts';
import { writeCaseFile } from './case-file.ts';
import { toPack } from './pack.ts';

/** A file from which mutants are made. */
export interface Seed {
  name: string;
  bytes: Buffer;
}

/** A name that stands in every seed and must stand in no message. */
export const PERSON = '样例甲某';

const ROWS = [
  ['甲县2022年低保金发放明细', null, null, null, null, null, null],
  ['乡镇街道', '户编号', '户主姓名', '身份证号', '保障人数', '发放年月', '发放合计（元）'],
  ...Array.from({ length: 30 }, (_, i) => [
    i % 2 ? '东街道' : '西街道',
    `H${i % 7}`,
    PERSON,
    '11010519491231002X',
    (i % 3) + 1,
    `2022-${String((i % 12) + 1).padStart(2, '0')}`,
    300.25 + i,
  ]),
  ['合计', null, null, null, 60, null, 9442.5],
];

/** Small files of every kind that is read. */
export async function makeSeeds(): Promise<Seed[]> {
  const csv = ROWS.map((row) => row.map((cell) => cell ?? '').join(',')).join('\r\n');
  const html = `<table>${ROWS.map((row) => `<tr>${row.map((cell) => `<td>${cell ?? ''}</td>`).join('')}</tr>`).join('')}</table>`;
  const book = { 工作表: [{ 名称: '低保', 行: ROWS, 合并: ['A1:G1'], 隐藏列: [9] }] };
  const files = {
    'a.csv': csv,
    'b.csv': { 编码: 'gb18030', 内容: csv },
    'c.xls': html,
    'd.xlsx': book,
    'e.xls': { ...book, 格式: 'xls' },
    'f.xlsb': { ...book, 格式: 'xlsb' },
    'g.ods': { ...book, 格式: 'ods' },
    'h.xls': { ...book, 格式: 'xml' },
    'i.zip': { 压缩包: { 文件: { '东/a.xlsx': book, 'b.csv': csv } } },
  } as const;
  const seeds: Seed[] = [];
  for (const [name, file] of Object.entries(files))
    seeds.push({ name: `甲县2022${name}`, bytes: Buffer.from(await writeCaseFile(file)) });
  return seeds;
}

/** The mutant of a number: the same number always gives the same one. */
export function toMutant(seeds: Seed[], number: number): Seed {
  const next = toRandom(number);
  // xlsx, xls and csv carry the main load and get twice their share.
  const order = [...seeds, ...seeds.filter(({ name }) => /(?:[abe]\.(?:csv|xls)|xlsx)$/.test(name))];
  const seed = order[number % order.length] ?? { name: '', bytes: Buffer.alloc(0) };
  const isZip = seed.bytes.subarray(0, 2).toString() === 'PK';
  // Most bytes of a zip are guarded by check sums: three of four mutants change what is inside.
  const bytes = isZip && next(4) > 0 ? mutateInside(seed.bytes, next) : mutate(seed.bytes, next);
  return { name: seed.name, bytes };
}

type Random = (below: number) => number;

/** Mulberry32. */
function toRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutateInside(zip: Buffer, next: Random): Buffer {
  const members = parseArchive(zip, '').filter(({ isFolder }) => !isFolder);
  const chosen = next(members.length);
  const parts = members.map((member, i) => {
    const start =
      member.offset + 30 + zip.readUInt16LE(member.offset + 26) + zip.readUInt16LE(member.offset + 28);
    const raw = zip.subarray(start, start + member.compressed);
    const plain = member.method === 0 ? raw : inflateRawSync(raw);
    return [member.path, i === chosen ? mutate(plain, next) : plain] as const;
  });
  return toPack(Object.fromEntries(parts));
}

function mutate(bytes: Buffer, next: Random): Buffer {
  let mutant: Buffer = Buffer.from(bytes);
  for (let times = 1 + next(3); times > 0 && mutant.length > 8; times--) mutant = mutateOnce(mutant, next);
  return mutant;
}

const BYTES = [0x00, 0x0a, 0x22, 0x26, 0x2c, 0x3c, 0x3e, 0x7f, 0x80, 0xff];

function mutateOnce(bytes: Buffer, next: Random): Buffer {
  const at = next(bytes.length);
  const size = 1 + next(Math.min(64, bytes.length - at));
  const block = bytes.subarray(at, at + size);
  const changed = Buffer.from(bytes);
  switch (next(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), block, block, bytes.subarray(at + size)]);
    case 3:
      return changed.fill(0, at, at + size);
    case 4:
      changed[at] = BYTES[next(BYTES.length)] ?? 0;
      return changed;
    case 5:
      changed[at] = next(256);
      return changed;
    default:
      changed[at] = (changed[at] ?? 0) ^ (1 << next(8));
      return changed;
  }
}
