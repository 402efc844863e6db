import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Runs mzreport over the sample bureau; returns the folder it wrote to. */
export function runSample(command: 'summarize' | 'export', out: string, ...args: string[]): string {
  const inputs = readdirSync(join(ROOT, 'samples'))
    .filter((name) => /\.(xlsx|csv)$/.test(name))
    .map((name) => join('samples', name));
  const config = ['--config', 'samples/mzreport.yaml', '--out', out, '--quiet', '--force'];
  execFileSync(process.execPath, ['bin/mzreport.js', command, ...inputs, ...config, ...args], { cwd: ROOT });
  return out;
}

/** Opens a file in LibreOffice and saves it as another format; returns the new file's path. */
export function convert(path: string, format: string, out: string): string {
  execFileSync('soffice', ['--headless', '--convert-to', format, '--outdir', out, path], { stdio: 'ignore' });
  return join(out, `${basename(path).replace(/\.[^.]+$/, '')}.${format}`);
}

/** Runs a piece of Python with Debian's packages; returns what it prints. */
export const runPython = (code: string, ...args: string[]): string =>
  execFileSync('/usr/bin/python3', ['-c', code, ...args], { encoding: 'utf8' });
