import { createWriteStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import JSZip from 'jszip';

/** Always the same, so that the same files give the same zip. */
const DATE = new Date(Date.UTC(2026, 0, 1));

/** Writes a folder as a zip whose one entry at the top is that folder; files keep the right to be run. */
export async function writeZip(folder: string, path: string): Promise<void> {
  const zip = new JSZip();
  const top = basename(folder);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names.filter((each) => statSync(join(folder, each)).isFile()))
    zip.file(`${top}/${name.split(sep).join('/')}`, readFileSync(join(folder, name)), {
      date: DATE,
      unixPermissions: statSync(join(folder, name)).mode & 0o111 ? 0o755 : 0o644,
      createFolders: false,
    });
  const stream = zip.generateNodeStream({
    platform: 'UNIX',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
    streamFiles: false,
  });
  await pipeline(stream, createWriteStream(path));
}
