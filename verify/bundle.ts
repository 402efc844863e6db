/** npm run verify:bundle, after npm run bundle: runs the Linux folder where there is nothing else, and looks into the Windows one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSample } from './programs.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const OUT = join(ROOT, 'out', 'bundle');
const work = mkdtempSync(join(tmpdir(), 'mzreport-verify-bundle-'));

const listFiles = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
const toHash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function tell(what: string, faults: string[], note = ''): void {
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${what}${note ? `: ${note}` : ''}`);
  for (const fault of faults.slice(0, 20)) console.log(`     ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** The zip as a person unpacks it, in a folder whose name has spaces and Chinese in it. */
function unpack(platform: string): string {
  const zip = readdirSync(OUT).find((name) => name.endsWith(`${platform}.zip`));
  if (zip === undefined) throw new Error('npm run bundle comes first');
  const folder = join(work, `民政 程序 ${platform}`);
  mkdirSync(folder);
  execFileSync('unzip', ['-q', join(OUT, zip), '-d', folder]);
  return join(folder, basename(zip, '.zip'));
}

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Without any environment, from another folder: no PATH, no HOME, no Node.js but the bundle's own. */
function runBare(folder: string, cwd: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync('env', ['-i', join(folder, 'mzreport'), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

function readFacts(folder: string): { figures: { status: string }[] } | null {
  const name = existsSync(folder) && readdirSync(folder).find((each) => each.endsWith('.facts.json'));
  return name ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : null;
}

async function checkLinux(folder: string): Promise<void> {
  const cwd = join(work, '别的 文件夹');
  mkdirSync(cwd);
  const samples = join(folder, 'samples');
  const inputs = readdirSync(samples)
    .filter((name) => /\.(?:xlsx|csv)$/.test(name))
    .map((name) => join(samples, name));
  const config = ['--config', join(samples, 'mzreport.yaml')];
  const expect = (what: string, { code, stdout, stderr }: Outcome, wanted: RegExp) =>
    tell(
      what,
      code === 0 && stderr === '' && wanted.test(stdout)
        ? []
        : [`exit ${code}`, stderr.slice(0, 2000), stdout.slice(0, 500)],
    );

  expect('linux doctor', runBare(folder, cwd, 'doctor'), /ok {4}数据库组件：DuckDB/);
  const out = join(cwd, '总结');
  expect('linux summarize', runBare(folder, cwd, 'summarize', ...inputs, ...config, '--out', out), /已写出/);
  const own = runSample('summarize', join(work, '本机'));
  const [theirs, ours] = [readFacts(out), readFacts(own)];
  const known = theirs?.figures.filter(({ status }) => status === 'known').length ?? 0;
  tell(
    'linux facts.json equals that of the program here',
    known > 0 && JSON.stringify(theirs) === JSON.stringify(ours) ? [] : ['differs'],
    `${known} known figures`,
  );
  for (const format of ['html', 'md', 'txt', 'docx'])
    tell(
      `linux ${format}`,
      listFiles(out).some((name) => name.endsWith(`.${format}`)) ? [] : ['was not written'],
    );
  expect(
    'linux export',
    runBare(
      folder,
      cwd,
      'export',
      ...inputs,
      ...config,
      '--out',
      join(cwd, '附表'),
      '--format',
      'xlsx,csv,docx',
    ),
    /附表1 /,
  );
  expect('linux init', runBare(folder, cwd, 'init', ...inputs.slice(0, 1), ...config, '--out', join(cwd, '配置')), /手工填报\.xlsx/);
  writeFileSync(
    join(cwd, '计划.yaml'),
    `年度: 2022\n输出目录: 成批\n各任务: {材料: ${JSON.stringify(join(samples, '*.csv'))}, 格式: txt}\n任务:\n  - 地区: 东湖区\n`,
  );
  expect('linux batch', runBare(folder, cwd, 'batch', '计划.yaml'), /共1个任务：完成1个/);
  for (const path of await writeInputs(cwd))
    expect(`linux inspect ${basename(path)}`, runBare(folder, cwd, 'inspect', path), /依据：/);
  tell('linux needs of the system', [], toNeeds(folder));
}

/** The sample targets in the formats of old; the sample registrations are GB18030 as they are. */
async function writeInputs(folder: string): Promise<string[]> {
  const { read, write } = await import('@e965/xlsx');
  const book = read(readFileSync(join(ROOT, 'samples', '任务指标2022.xlsx')));
  return (['xls', 'xlsb', 'ods'] as const).map((bookType) => {
    const path = join(folder, `任务指标2022.${bookType}`);
    writeFileSync(path, write(book, { type: 'buffer', bookType }));
    return path;
  });
}

/** The newest glibc that the binaries ask for. */
function toNeeds(folder: string): string {
  const newest = (path: string): string => {
    const text = execFileSync('objdump', ['-T', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const versions = [...text.matchAll(/GLIBC_(\d+)\.(\d+)/g)].map(([, a, b]) => Number(a) * 1000 + Number(b));
    const top = Math.max(0, ...versions);
    return `glibc ${Math.floor(top / 1000)}.${top % 1000}`;
  };
  const binding = 'app/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so';
  return `node ${newest(join(folder, 'app/node/node'))}, DuckDB ${newest(join(folder, binding))}`;
}

/** Machine of a Windows binary: 0x8664 is x64. */
function readMachine(path: string): number {
  const bytes = readFileSync(path);
  const at = bytes.readUInt32LE(0x3c);
  return bytes.toString('latin1', 0, 2) === 'MZ' && bytes.toString('latin1', at, at + 2) === 'PE'
    ? bytes.readUInt16LE(at + 4)
    : 0;
}

/** Libraries that come with every Windows; a runtime that would have to be installed is not among them. */
const OF_WINDOWS =
  /^(?:kernel32|user32|advapi32|ws2_32|rstrtmgr|dbghelp|winmm|iphlpapi|psapi|userenv|bcrypt|crypt32|ole32|shell32|version|secur32|dnsapi|api-ms-win-[\w-]+)\.dll$/i;

function checkWindows(folder: string, linux: string): void {
  const bindings = 'app/node_modules/@duckdb/node-bindings-win32-x64';
  const binaries = ['app/node/node.exe', `${bindings}/duckdb.node`, `${bindings}/duckdb.dll`];
  tell(
    'win binaries are for x64',
    binaries.filter((path) => readMachine(join(folder, path)) !== 0x8664),
    binaries.map((path) => basename(path)).join(', '),
  );
  const needs = binaries.flatMap((path) =>
    [
      ...execFileSync('objdump', ['-p', join(folder, path)], { encoding: 'utf8', maxBuffer: 1 << 28 }).matchAll(
        /DLL Name: (\S+)/g,
      ),
    ].map(([, name]) => name ?? ''),
  );
  const foreign = [...new Set(needs)].filter((name) => !OF_WINDOWS.test(name) && name !== 'duckdb.dll');
  tell('win binaries need what every Windows has', foreign, [...new Set(needs)].join(', '));
  const cmd = readFileSync(join(folder, 'mzreport.cmd'));
  const text = cmd.toString('latin1');
  tell('win mzreport.cmd is ASCII with CRLF', [
    ...(cmd.some((byte) => byte > 126) ? ['not ASCII'] : []),
    ...(/(?<!\r)\n/.test(text) ? ['a line ends without CR'] : []),
    ...['chcp 65001', 'pause', 'node.exe', 'dropped.js'].filter((word) => !text.includes(word)),
  ]);
  // What was run on Linux is what lies here, but for the binaries and the launcher.
  const ownOnly =
    /^(?:app\/node\/|app\/node_modules\/@duckdb\/node-bindings-(?:win32|linux)-x64\/|mzreport(?:\.cmd)?$|app\/bin\/dropped\.js$|许可\.txt$)/;
  const list = (top: string) => listFiles(top).filter((path) => !ownOnly.test(path));
  const [here, there] = [list(folder), new Set(list(linux))];
  const differing = here.filter(
    (path) => !there.delete(path) || toHash(join(folder, path)) !== toHash(join(linux, path)),
  );
  tell(
    'win holds the same program as linux',
    [...differing, ...there],
    `${here.length} files, equal by sha256`,
  );
  const bindingsOf = readdirSync(join(folder, 'app/node_modules/@duckdb')).filter((name) =>
    name.startsWith('node-bindings-'),
  );
  tell(
    'win has its own binding only',
    bindingsOf.filter((name) => name !== 'node-bindings-win32-x64'),
  );
}

/** No trace of the machine on which it was made, no address of a registry, nothing that was to be left out. */
function checkTraces(folder: string): void {
  const registry = /registry\.[\w-]+\.(?:org|com|cn)|npmjs\.org\/|npmmirror/;
  const own = [ROOT, tmpdir() + sep, homedir() + sep].filter((path) => path.length > 2);
  const files = listFiles(folder).filter((path) => !/\.(?:node|so|dll|exe|xlsx|png|jpg)$|\/node$/.test(path));
  const found = files.filter((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return (
      own.some((each) => text.includes(each)) || (/\.(?:json|js|mjs|cjs)$/.test(path) && registry.test(text))
    );
  });
  tell(
    `${basename(folder)}: no machine path, no registry`,
    found.filter((path) => path !== '许可.txt'),
    `${files.length} texts`,
  );
  const waste = files.filter((path) => /\.(?:map|d\.ts)$|node_modules\/\.package-lock/.test(path));
  tell(`${basename(folder)}: no maps, no types`, waste);
  const licences = readFileSync(join(folder, '许可.txt'), 'utf8');
  const missing = files
    .filter((path) => /node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map((path) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as { name: string; version: string })
    .filter(({ name, version }) => !licences.includes(`\n${name} ${version}    `));
  tell(
    `${basename(folder)}: every module is in 许可.txt`,
    missing.map(({ name }) => name),
    `${licences.split('（包内没有附许可正文）').length - 1} of them bring no text`,
  );
}

try {
  const [linux, windows] = [unpack('linux-x64'), unpack('win-x64')];
  await checkLinux(linux);
  checkWindows(windows, linux);
  for (const folder of [linux, windows]) checkTraces(folder);
} finally {
  rmSync(work, { recursive: true, force: true });
}
