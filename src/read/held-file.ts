import { constants, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { createSpillFolder } from '../store/index.ts';

/** Bytes that can be opened by a path for a while. */
export interface HeldFile {
  path: string;
  release(): Promise<void>;
}

/** libuv's name for what Windows calls delete on close: the file goes when the process does, however that ends. */
const DELETE_ON_CLOSE = 0x40;
const { O_CREAT, O_EXCL, O_RDWR } = constants;
const FLAGS = O_CREAT | O_EXCL | O_RDWR | (process.platform === 'win32' ? DELETE_ON_CLOSE : 0);

/**
 * Lets a reader that needs a file read bytes that are held in memory. Linux keeps a file that is open after its name is
 * gone, and the name goes before the first byte is written: a run that is killed at any moment leaves nothing of the
 * bytes behind. Windows removes the file with the process. Elsewhere it is removed at the end.
 */
export async function holdAsFile(bytes: Buffer): Promise<HeldFile> {
  const folder = createSpillFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const path = join(folder, 'member');
  const file = await open(path, FLAGS, 0o600);
  if (process.platform === 'linux') remove();
  const release = async () => {
    process.off('exit', remove);
    await file.close();
    remove();
  };
  try {
    await file.writeFile(bytes);
  } catch (error) {
    await release();
    const found = error instanceof Error && 'code' in error ? String(error.code) : '写不进去';
    throw new Failure('output-unwritable', { where: `临时文件夹 ${tmpdir()}`, found }, error);
  }
  return { path: process.platform === 'linux' ? `/proc/self/fd/${file.fd}` : path, release };
}
