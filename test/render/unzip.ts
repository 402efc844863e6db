import { inflateRawSync } from 'node:zlib';

/** The entries of a zip by name, in the order of its central directory; enough for what the docx library writes. */
export function unzip(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map<string, string>();
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(entry + 28);
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength);
    parts.set(
      name,
      readEntry(zip, zip.readUInt32LE(entry + 42), zip.readUInt32LE(entry + 20)).toString('utf8'),
    );
    entry += 46 + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return parts;
}

function readEntry(zip: Buffer, local: number, packedSize: number): Buffer {
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + packedSize);
  return zip.readUInt16LE(local + 8) === 0 ? packed : inflateRawSync(packed);
}
