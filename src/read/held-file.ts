import { rmSync } from 'node:fs';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that can be opened by a path for a while. */
export interface HeldFile {
  path: string;
  release(): Promise<void>;
}

/**
 * Lets a reader that needs a file read bytes that are held in memory. Linux keeps a file that is open after its
 * name is gone, so even a run that is killed leaves nothing behind; elsewhere the file is removed at the end.
 */
export async function holdAsFile(bytes: Buffer): Promise<HeldFile> {
  const folder = await mkdtemp(join(tmpdir(), 'mzreport-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const path = join(folder, 'member');
  const file = await open(path, 'wx+', 0o600);
  try {
    await file.writeFile(bytes);
  } finally {
    if (process.platform === 'linux') remove();
  }
  return {
    path: process.platform === 'linux' ? `/proc/self/fd/${file.fd}` : path,
    release: async () => {
      process.off('exit', remove);
      await file.close();
      remove();
    },
  };
}
