import zlib from 'node:zlib';

/** Continues a CRC-32 (as zip uses it) over `bytes`; begin with 0. */
export function crc32(bytes: Buffer, crc: number): number {
  // Node 20.0 to 20.14 have no zlib.crc32.
  return typeof zlib.crc32 === 'function' ? zlib.crc32(bytes, crc) : slowCrc32(bytes, crc);
}

/** The same by table, for old Node versions. */
export function slowCrc32(bytes: Buffer, crc: number): number {
  let value = ~crc;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
