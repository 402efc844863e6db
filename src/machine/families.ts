import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readFontNames } from './font-names.ts';

/** The system and its folders, as far as fonts go; tests give their own. */
export interface Shelf {
  platform: NodeJS.Platform;
  folders: string[];
  /** Output of fc-list; null where there is no such program. */
  list: () => Promise<string | null>;
}

/** Names of the installed fonts in lower case: what fontconfig says, else what the files in the font folders say. */
export async function findFamilies(shelf: Shelf = toShelf()): Promise<Set<string>> {
  const listed = shelf.platform === 'linux' ? await shelf.list() : null;
  const names = listed === null ? shelf.folders.flatMap(readFolder) : listed.split(/[,\n]/);
  return new Set(names.map((name) => name.trim().toLowerCase()).filter(Boolean));
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ttf|ttc|otf|otc)$/i.test(path))
      .flatMap((path) => readFontNames(join(folder, path)));
  } catch {
    // A folder that is not there or not ours to read holds no font that we could use.
    return [];
  }
}

const toShelf = (): Shelf => ({
  platform: process.platform,
  folders: FOLDERS[process.platform]?.() ?? FOLDERS.linux?.() ?? [],
  list: askFontconfig,
});

const FOLDERS: Partial<Record<NodeJS.Platform, () => string[]>> = {
  win32: () => [
    join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'),
    ...(process.env.LOCALAPPDATA ? [join(process.env.LOCALAPPDATA, 'Microsoft', 'Windows', 'Fonts')] : []),
  ],
  darwin: () => ['/System/Library/Fonts', '/Library/Fonts', join(homedir(), 'Library', 'Fonts')],
  linux: () => [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.fonts'),
    join(homedir(), '.local', 'share', 'fonts'),
  ],
};

/** Without a shell: nothing of a path or a setting is ever part of a command line. */
async function askFontconfig(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('fc-list', ['--format', '%{family}\\n'], {
      timeout: 10_000,
      maxBuffer: 1 << 24,
    });
    return stdout;
  } catch {
    return null;
  }
}
