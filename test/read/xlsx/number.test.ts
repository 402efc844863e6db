import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slowCrc32 } from '../../../src/read/xlsx/crc32.ts';
import { isPlainNumber, toPlainNumber } from '../../../src/read/xlsx/number.ts';

describe('numbers as plain text', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['72', '72'],
    ['72.0', '72'],
    ['12.50', '12.5'],
    ['0.10', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['2850.4599999999996', '2850.46'],
    ['-838.37', '-838.37'],
    ['3.5103E+17', '351030000000000000'],
    ['360102198001011234', '360102198001011000'],
    ['1E-7', '0.0000001'],
    ['1.5e3', '1500'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['+5', '5'],
    [' 12 ', '12'],
    ['1E21', '1000000000000000000000'],
    ['999999999999999.9', '1000000000000000'],
  ])('%s is %s', (stored, plain) => expect(toPlainNumber(stored)).toBe(plain));

  it.each([[''], ['abc'], ['1,234'], ['0x10'], ['NaN'], ['Infinity'], ['1E999'], ['1.2.3'], ['-'], ['１２']])(
    '%s is no number',
    (stored) => expect(toPlainNumber(stored)).toBeNull(),
  );

  it('gives any double at 15 digits, without exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const plain = toPlainNumber(String(value)) ?? '';
        expect(plain).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(Number(plain)).toBe(Number(value.toPrecision(15)) + 0);
      }),
    );
  });

  it('takes the short way only for what the long way leaves as it is', () => {
    const texts = fc.stringMatching(/^-?[0-9]{0,9}\.?[0-9]{0,9}(?:E[+-]?[0-9])?$/);
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.from(text);
        if (isPlainNumber(bytes, 0, bytes.length)) expect(toPlainNumber(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
    for (const text of ['0', '5', '-5', '0.5', '-0.25', '123456789012345', '1234567.89'])
      expect(isPlainNumber(Buffer.from(text), 0, text.length)).toBe(true);
  });
});

it('has the same checksum as zlib, for Node versions whose zlib tells none', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const [a, b] = [Buffer.from(first), Buffer.from(second)];
      expect(slowCrc32(b, slowCrc32(a, 0))).toBe(crc32(Buffer.concat([a, b])));
    }),
  );
});
