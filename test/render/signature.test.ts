import { describe, expect, it } from 'vitest';
import { placeSignature } from '../../src/render/signature.ts';
import { STYLE } from './sample.ts';

describe('placeSignature, of 28 字', () => {
  it('leaves 二字 on the right of a long 署名 and starts the date 二字 further right', () => {
    expect(placeSignature('某某市某某区民政局办公室', '2024年1月5日', STYLE, 0)).toEqual({
      organisation: 14,
      date: 16,
    });
  });

  it('leaves 二字 on the right of the date when it reaches further', () => {
    expect(placeSignature('某某局', '2024年12月31日', STYLE, 0)).toEqual({ organisation: 17, date: 19 });
  });

  it('starts at the margin when a line is too long for all that', () => {
    expect(placeSignature('某'.repeat(30), '2024年1月5日', STYLE, 0)).toEqual({ organisation: 0, date: 2 });
  });

  it('counts the gaps that Word sets between Chinese and digits', () => {
    expect(placeSignature('某', '2024年1月5日', STYLE, 0.25).date).toBe(28 - 2 - (6 + 5 * 0.25));
  });
});
