import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readStyle } from '../../src/commands/style.ts';
import { countMutations } from './count.ts';
import { BUREAUS, compose } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** bench/mutations.ts changes each figure in each format; here each changes in one format, and some in the others. */
const EVERY = { txt: 1, md: 19, docx: 61 } as const;

describe('every figure of a draft that a hand changed', () => {
  it.each(BUREAUS)('is found with what it was and what it is, and no other: %s', async (bureau) => {
    const summary = await compose(bureau, folder);
    for (const format of ['txt', 'md', 'docx'] as const) {
      const { figures, mutations, caught, missed, ...rest } = await countMutations(
        summary,
        format,
        readStyle(summary.catalogue.folders),
        EVERY[format],
      );
      console.log(
        `${bureau} ${format}: ${figures}个数，改动${mutations}个，查出${caught}个，误报${rest.false.length}个`,
      );
      expect(missed).toEqual([]);
      expect(rest.false).toEqual([]);
      expect(mutations).toBe(Math.ceil(figures / EVERY[format]));
      expect(caught).toBe(mutations);
    }
  });
});
