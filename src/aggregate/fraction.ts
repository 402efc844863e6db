/** An exact rational number; the denominator is positive. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

/** Places after which an endless decimal is cut off and not rounded: the one rounding is at print. */
const PLACES = 40n;

/** Parses an exact decimal: "-12.50". */
export function toFraction(text: string): Fraction {
  const [whole = '0', places = ''] = text.split('.');
  return { n: BigInt(whole + places), d: 10n ** BigInt(places.length) };
}

/** The fraction as an exact decimal without trailing zeros; cut off after 40 places. */
export function toDecimal({ n, d }: Fraction): string {
  const scaled = (n * 10n ** PLACES) / d;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(Number(PLACES) + 1, '0');
  const places = digits.slice(-Number(PLACES)).replace(/0+$/, '');
  const whole = digits.slice(0, -Number(PLACES));
  return `${scaled < 0n ? '-' : ''}${whole}${places === '' ? '' : `.${places}`}`;
}

export const add = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

/** Null where there is nothing to divide by. */
export function divide(a: Fraction, b: Fraction): Fraction | null {
  if (b.n === 0n) return null;
  return b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The greatest whole number that is not greater. */
export function floor({ n, d }: Fraction): Fraction {
  const cut = n / d;
  return { n: n < 0n && cut * d !== n ? cut - 1n : cut, d: 1n };
}

/** The least whole number that is not less. */
export const ceiling = ({ n, d }: Fraction): Fraction => {
  const below = floor({ n: -n, d });
  return { n: -below.n, d: 1n };
};
