/**
 * The program in one file, dist/mzreport.cjs, with its compiled code beside it: loading some four hundred files and compiling
 * them again took a third of a short run. dist/ as tsc leaves it stays: threads are started from it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const PROGRAM = join(DIST, 'mzreport.cjs');

/** A module goes on finding templates and threads from where it stood; what it requires becomes part of the file. */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?js$/ }, ({ path }) => {
      const url = `new URL(${JSON.stringify(relative(DIST, path).replaceAll('\\', '/'))}, distUrl).href`;
      const contents = readFileSync(path, 'utf8')
        .replaceAll(/createRequire\(import\.meta\.url\)\(('[^']+')\)/g, 'require($1)')
        .replaceAll('import.meta.url', url);
      return { contents };
    });
  },
};

// V8 knows a source by its length: compiled code must not outlive it.
for (const name of readdirSync(DIST)) if (name.endsWith('.cache')) rmSync(join(DIST, name));
await build({
  entryPoints: [join(DIST, 'main.js')],
  outfile: PROGRAM,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The script has no module loader of its own: import() of what stays outside becomes require().
  supported: { 'dynamic-import': false },
  // Native code, and what few runs need.
  external: ['@duckdb/node-bindings', 'exceljs', '@e965/xlsx', '@xmldom/xmldom'],
  banner: { js: "const distUrl = require('node:url').pathToFileURL(__dirname + '/');" },
  plugins: [ownUrls],
  logLevel: 'warning',
});

// Code is compiled when it first runs: a run leaves behind what runs need.
const out = mkdtempSync(join(tmpdir(), 'mzreport-build-'));
try {
  const [loader, program] = [pathToFileURL(join(ROOT, 'bin/load.js')).href, PROGRAM].map((text) =>
    JSON.stringify(text),
  );
  const keep = `import { writeFileSync } from 'node:fs';
    const { cacheOf, load } = await import(${loader});
    const script = load(${program});
    process.once('beforeExit', () => writeFileSync(cacheOf(${program}), script.createCachedData()));`;
  const names = readdirSync(join(ROOT, 'samples')).filter((name) =>
    /\.csv$|^(?:任务指标|手工填报)/.test(name),
  );
  const samples = names.map((name) => join(ROOT, 'samples', name));
  const run = [
    'summarize',
    ...samples,
    '--config',
    join(ROOT, 'samples/mzreport.yaml'),
    '--out',
    out,
    '--quiet',
  ];
  execFileSync(process.execPath, ['--input-type=module', '--eval', keep, '--', 'mzreport', ...run], {
    cwd: dirname(PROGRAM),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} finally {
  rmSync(out, { recursive: true, force: true });
}
