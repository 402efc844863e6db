/** What a run leaves in the temp folder while it reads: never a byte of a file, so that it may be killed at any moment. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdAsFile } from '../../src/read/held-file.ts';

const before = process.env.TMPDIR;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-held-'));
  process.env.TMPDIR = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true });
});

/** Bytes of all files under their names. */
function countBytes(): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}

describe.runIf(process.platform === 'linux')('a member of a zip that is held as a file', () => {
  it('has no name from before its first byte is written', async () => {
    let written = false;
    const holding = holdAsFile(Buffer.alloc(80_000_000, 'a')).finally(() => {
      written = true;
    });
    let looks = 0;
    while (!written) {
      expect(countBytes()).toBe(0);
      looks++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(looks).toBeGreaterThan(3);
    await (await holding).release();
  });

  it('can be read until it is let go of', async () => {
    const held = await holdAsFile(Buffer.from('甲'));
    expect(readFileSync(held.path, 'utf8')).toBe('甲');
    expect(readdirSync(folder)).toEqual([]);
    await held.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});
