import type { Cell, Grid } from './grid.ts';

export type Encoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le';

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** All two-byte characters of GB18030, found by asking the decoder: Node has no encoder. */
function makeGbTable(): Map<string, [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return table;
}

function toGb18030(text: string): Buffer {
  const table = makeGbTable();
  const bytes = [...text].flatMap((char): number[] => {
    const code = char.charCodeAt(0);
    if (code < 0x80) return [code];
    const pair = table.get(char);
    if (!pair) throw new RangeError(`GB18030 has no two bytes for ${char}`);
    return pair;
  });
  return Buffer.from(bytes);
}

function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'gb18030') return toGb18030(text);
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  return Buffer.from(encoding === 'utf-8-bom' ? `\uFEFF${text}` : text, 'utf8');
}

/** Writes a sheet as CSV with CRLF line ends. */
export function toCsv(grid: Grid, encoding: Encoding): Buffer {
  const lines = grid.rows.map(({ cells }) => `${cells.map(writeCell).join(',')}\r\n`);
  return encode(lines.join(''), encoding);
}
