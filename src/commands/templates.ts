import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Catalogue } from '../catalogue/index.ts';
import { findKinds, findPartials, readAbout, readTemplates } from '../compose/index.ts';
import { type Output, prepareFolder, type Written, writeOutputs } from '../output/write.ts';

/** The 文种 as lines: name and purpose. */
export function listTemplates(catalogue: Catalogue): string[] {
  const kinds = findKinds(catalogue);
  const width = Math.max(...kinds.map(({ kind }) => kind.length));
  return kinds.map(({ kind, path }) => {
    const { purpose, suits } = readAbout(readFileSync(path, 'utf8'), basename(path));
    return `${kind.padEnd(width)}  ${purpose}${suits === null ? '（写明文种时才用）' : ''}`;
  });
}

/** Copies a template and the partials that it uses into a folder; files that a person edited there are kept. */
export async function ejectTemplate(kind: string, folder: string, catalogue: Catalogue): Promise<Written[]> {
  const [template] = readTemplates({ kind, template: null }, catalogue);
  const path = findKinds(catalogue).find((each) => each.kind === kind)?.path ?? '';
  const partials = findPartials(path, catalogue);
  const toOutput = (file: string): Output => ({ name: basename(file), bytes: readFileSync(file) });
  const used = Object.keys(template?.partials ?? {}).flatMap((name) => partials.get(name) ?? []);
  await prepareFolder(folder);
  const written = await writeOutputs([toOutput(path)], folder, false);
  if (used.length === 0) return written;
  const beside = join(folder, 'partials');
  await prepareFolder(beside);
  return [...written, ...(await writeOutputs(used.map(toOutput), beside, false))];
}
