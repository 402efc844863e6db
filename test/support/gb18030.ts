const tables = new Map<string, Map<string, number>>();

/** The two-byte part of an encoding, by decoding every pair: Node decodes it and encodes it not. */
function toTable(label: string): Map<string, number> {
  const decoder = new TextDecoder(label);
  const pairs = new Map<string, number>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\ufffd' && !pairs.has(character))
        pairs.set(character, high * 256 + low);
    }
  }
  return pairs;
}

/** Encodes a text in GB18030; throws on a character beyond its two-byte part. */
export const toGb18030 = (text: string): Uint8Array => toTwoByte(text, 'gb18030');

/** Encodes a text in an encoding of one or two bytes; throws on a character that it does not have. */
export function toTwoByte(text: string, label: string): Uint8Array {
  const table = tables.get(label) ?? toTable(label);
  tables.set(label, table);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else throw new Error(`no two-byte code for ${character}`);
  }
  return Uint8Array.from(bytes);
}
