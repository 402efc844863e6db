import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(ROOT, 'dist/mzreport.cjs');
const folder = mkdtempSync(join(tmpdir(), 'mzreport-program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm run build` leaves in dist/, which `npm test` runs first. */
describe('the program in one file', () => {
  it('finds its version, templates and threads from wherever it is called', () => {
    const version = execFileSync(process.execPath, [join(ROOT, 'bin/mzreport.js'), '--version'], {
      cwd: folder,
    });
    expect(version.toString().trim()).toMatch(/^\d+\.\d+\.\d+$/);
    const input = join(ROOT, 'samples/东湖区2022.xlsx');
    const options = [
      '--config',
      join(ROOT, 'samples/mzreport.yaml'),
      '--format',
      'txt',
      '--out',
      folder,
      '--quiet',
    ];
    execFileSync(process.execPath, [join(ROOT, 'bin/mzreport.js'), 'summarize', input, ...options], {
      cwd: folder,
    });
    expect(existsSync(join(folder, '东湖区民政局2022年工作总结.txt'))).toBe(true);
  }, 60_000);

  it('takes whatever is written for a file or an option', () => {
    const long = '县'.repeat(100);
    for (const args of [['没有.csv', '--place', long], [`${long}.xlsx`], [join(PROGRAM, '表.xlsx')]]) {
      const { status, stderr } = spawnSync(process.execPath, [
        join(ROOT, 'bin/mzreport.js'),
        'summarize',
        ...args,
      ]);
      expect(status).toBe(2);
      expect(stderr.toString()).toMatch(/^错误：[^\n]+\n$/);
    }
  });

  it('is run with its compiled code', () => {
    const loader = pathToFileURL(join(ROOT, 'bin/load.js')).href;
    const look = `const { load } = await import(${JSON.stringify(loader)});
      const script = load(${JSON.stringify(PROGRAM)});
      process.once('beforeExit', () => console.log(JSON.stringify({ rejected: script.cachedDataRejected })));`;
    const args = ['--input-type=module', '--eval', look, '--', 'mzreport', '--version'];
    const printed = execFileSync(process.execPath, args, { cwd: folder }).toString();
    expect(printed.trim().split('\n').at(-1)).toBe('{"rejected":false}');
  });
});
