const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/**
 * The stored text of a number as plain decimal text at 15 significant digits (what Excel shows and guarantees),
 * so that 0.30000000000000004 is "0.3" and 3.5103E+17 is "351030000000000000"; null when it is not a finite number.
 */
export function toPlainNumber(stored: string): string | null {
  const value = NUMBER.test(stored) ? Number(stored) : Number.NaN;
  return Number.isFinite(value) ? toPlainText(value) : null;
}

/** A finite number as plain decimal text at 15 significant digits, without exponent and trailing zeros; -0 is "0". */
export function toPlainText(value: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * True when bytes[from, to) already are what `toPlainNumber` would return: at most 15 digits, no exponent,
 * no leading or trailing zero to drop. Spares nearly every number the way through a double.
 */
export function isPlainNumber(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  if (bytes[at] === 0x2d) at++;
  const first = bytes[at] ?? 0;
  if (to - at > 16 || to === at) return false;
  if (first === 0x30 && to - from > 1 && (bytes[at + 1] !== 0x2e || to - at < 3)) return false;
  if (first === 0x2e) return false;
  let point = -1;
  for (let i = at; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) continue;
    if (byte !== 0x2e || point >= 0) return false;
    point = i;
  }
  if (point < 0) return to - at <= 15;
  return bytes[to - 1] !== 0x30 && point < to - 1;
}
