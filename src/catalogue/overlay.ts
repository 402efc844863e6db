import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The first folder's file of that name; null when none has it. A bureau's folder stands before the project's own. */
export function findFile(folders: string[], name: string): string | null {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** All files with that ending in a subfolder of any of the folders, by name; of two with one name the first folder's. */
export function findFiles(folders: string[], subfolder: string, ending: string): string[] {
  const found = new Map<string, string>();
  for (const folder of folders.map((each) => join(each, subfolder)).filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith(ending))) {
      if (!found.has(name)) found.set(name, join(folder, name));
    }
  }
  return [...found.values()].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}
