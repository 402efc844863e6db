/** npm run bundle [-- linux-x64]: for each platform a folder and a zip that need nothing installed. Fetches packages through npm; the program itself never does. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepsModuleFile, toPackageJson, toPlace } from './files.ts';
import { toPage } from './html.ts';
import { findLicences, type Licence, toLicenceText } from './licences.ts';
import { NODE_VERSION, PLATFORMS, type Platform } from './versions.ts';
import { writeZip } from './zip.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const OUT = join(ROOT, 'out', 'bundle');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** npm as it was started, since Windows has no program of that name that can be run without a shell. */
function npm(args: string[], cwd: string): string {
  const script = process.env.npm_execpath;
  if (script === undefined) throw new Error('start it as: npm run bundle');
  return execFileSync(process.execPath, [script, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();

function put(folder: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What the program needs at run time, for that platform, by the lockfile. */
function installModules(platform: Platform, work: string): string {
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, name), join(work, name));
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  npm(
    ['ci', '--omit=dev', '--ignore-scripts', `--os=${platform.os}`, `--cpu=${platform.cpu}`, ...quiet],
    work,
  );
  return join(work, 'node_modules');
}

/** The Node.js binary out of npm's package; throws when the tarball is not the one that is written down. */
function fetchNode({ node }: Platform, work: string): { binary: string; folder: string } {
  const packed = npm(['pack', `${node.package}@${NODE_VERSION}`, '--json', '--loglevel=error'], work);
  const [{ filename, integrity }] = JSON.parse(packed) as [{ filename: string; integrity: string }];
  if (integrity !== node.integrity) throw new Error(`${node.package}: ${integrity}`);
  execFileSync('tar', ['-xzf', filename], { cwd: work });
  const folder = join(work, 'package');
  return { binary: join(folder, 'bin', node.binary), folder };
}

function copyOwn(folder: string): void {
  const tracked = ['bin', 'dist', 'src', 'templates', 'docs', 'samples'].flatMap((top) =>
    listFiles(join(ROOT, top)).map((path) => `${top}/${path}`),
  );
  for (const path of [...tracked, 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    const place = toPlace(path);
    if (place === null) continue;
    put(folder, place, readFileSync(join(ROOT, path)));
    // To be read where nothing shows Markdown.
    if (place.endsWith('.md'))
      put(folder, place.replace(/\.md$/, '.html'), toPage(readFileSync(join(ROOT, path), 'utf8')));
  }
  put(folder, 'app/package.json', toPackageJson(readFileSync(join(ROOT, 'package.json'), 'utf8')));
}

function copyModules(modules: string, folder: string): void {
  for (const path of listFiles(modules).filter((each) => keepsModuleFile(`node_modules/${each}`))) {
    const bytes = readFileSync(join(modules, path));
    const isManifest =
      path.endsWith('/package.json') && JSON.parse(bytes.toString('utf8')).name !== undefined;
    put(folder, `app/node_modules/${path}`, isManifest ? toPackageJson(bytes.toString('utf8')) : bytes);
  }
}

function copyLaunchers({ launcher }: Platform, folder: string): void {
  const from = fileURLToPath(new URL('launchers/', import.meta.url));
  const read = (name: string) => readFileSync(join(from, name), 'utf8');
  put(folder, launcher.name, read(launcher.name).replaceAll('\n', launcher.lineEnd));
  chmodSync(join(folder, launcher.name), 0o755);
  if (launcher.lineEnd === '\r\n') put(folder, 'app/bin/dropped.js', read('dropped.js'));
  // Notepad of older Windows needs the mark and the line ends.
  put(folder, '说明.txt', `\ufeff${read('说明.txt').replaceAll('\n', '\r\n')}`);
}

/** Node.js's licence comes with the Linux package only; both are of one version. */
function readNodeLicence(work: string): Licence {
  const linux = PLATFORMS.find(({ os }) => os === 'linux');
  const folder = join(work, 'licence');
  mkdirSync(folder);
  const fetched = fetchNode(linux ?? (PLATFORMS[0] as Platform), folder).folder;
  return {
    package: `Node.js ${NODE_VERSION}`,
    licence: 'MIT',
    texts: [readFileSync(join(fetched, 'LICENSE'), 'utf8').trim()],
  };
}

async function bundle(platform: Platform, nodeLicence: Licence, work: string): Promise<string> {
  const name = `mzreport-${version}-${platform.name}`;
  const folder = join(OUT, name);
  rmSync(folder, { recursive: true, force: true });
  copyOwn(folder);
  const modules = installModules(platform, work);
  copyModules(modules, folder);
  const { binary } = fetchNode(platform, work);
  mkdirSync(join(folder, 'app', 'node'), { recursive: true });
  cpSync(binary, join(folder, 'app', 'node', platform.node.binary));
  chmodSync(join(folder, 'app', 'node', platform.node.binary), 0o755);
  copyLaunchers(platform, folder);
  const own = {
    package: `mzreport ${version}`,
    licence: 'MIT',
    texts: [readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim()],
  };
  put(folder, '许可.txt', `\ufeff${toLicenceText([own, nodeLicence], findLicences(modules))}`);
  await writeZip(folder, `${folder}.zip`);
  return folder;
}

const toMib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
const sizeOf = (folder: string, path = ''): number =>
  existsSync(join(folder, path))
    ? listFiles(join(folder, path)).reduce((sum, each) => sum + statSync(join(folder, path, each)).size, 0)
    : 0;

const work = mkdtempSync(join(tmpdir(), 'mzreport-bundle-'));
try {
  const nodeLicence = readNodeLicence(work);
  const asked = process.argv.slice(2);
  for (const platform of PLATFORMS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const own = join(work, platform.name);
    mkdirSync(own);
    const folder = await bundle(platform, nodeLicence, own);
    const parts = ['app/node', 'app/node_modules/@duckdb', 'app/node_modules', 'app/dist', 'docs', 'samples'];
    console.log(
      `${platform.name}: ${listFiles(folder).length} files, ${toMib(sizeOf(folder))}, zip ${toMib(statSync(`${folder}.zip`).size)}`,
    );
    for (const part of parts) console.log(`  ${part}  ${toMib(sizeOf(folder, part))}`);
    console.log(`  modules as npm installs them  ${toMib(sizeOf(join(own, 'node_modules')))}`);
  }
  console.log(`in ${OUT}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
