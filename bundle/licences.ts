import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLicence } from './files.ts';

/** A package and the texts of its licence; none where it brings none along. */
export interface Licence {
  package: string;
  licence: string;
  texts: string[];
}

/** Licences of all packages below a folder, nested ones too, by name. */
export function findLicences(modules: string): Licence[] {
  const found = new Map<string, Licence>();
  for (const path of findPackages(modules)) {
    const json = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Record<string, unknown>;
    const name = `${json.name} ${json.version}`;
    found.set(name, { package: name, licence: toName(json), texts: readTexts(path) });
  }
  return [...found.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
}

/** Old packages write {type} or [{type}]. */
function toName({ license, licenses }: Record<string, unknown>): string {
  const said = license ?? (Array.isArray(licenses) ? licenses[0] : licenses);
  if (typeof said === 'string') return said;
  return said !== null && typeof said === 'object' && 'type' in said ? String(said.type) : '未注明';
}

function findPackages(modules: string): string[] {
  if (!existsSync(modules)) return [];
  const folders = readdirSync(modules, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
  );
  return folders.flatMap(({ name }) => {
    const path = join(modules, name);
    if (name.startsWith('@')) return findPackages(path);
    if (!existsSync(join(path, 'package.json'))) return [];
    return [path, ...findPackages(join(path, 'node_modules'))];
  });
}

const readTexts = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isLicence(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim());

const RULE = '='.repeat(72);

/** One text of all licences; the program's own and Node.js's stand first. */
export function toLicenceText(first: Licence[], modules: Licence[]): string {
  const parts = [...first, ...modules].map(({ package: name, licence, texts }) =>
    [RULE, `${name}    ${licence}`, RULE, ...(texts.length > 0 ? texts : ['（包内没有附许可正文）'])].join(
      '\n',
    ),
  );
  return `本文件夹里的程序由下列各部分组成，各按自己的许可使用。\n\n${parts.join('\n\n')}\n`;
}
