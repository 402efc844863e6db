import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isLicence, keepsModuleFile, toPackageJson, toPlace } from '../bundle/files.ts';
import { toPage } from '../bundle/html.ts';
import { findLicences, toLicenceText } from '../bundle/licences.ts';
import { NODE_VERSION, PLATFORMS } from '../bundle/versions.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'mzreport-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('files of the bundle', () => {
  it.each([
    ['dist/cli.js', 'app/dist/cli.js'],
    ['src/normalise/macros.sql', 'app/src/normalise/macros.sql'],
    ['templates/indicators/社会救助.yaml', 'app/templates/indicators/社会救助.yaml'],
    ['bin/mzreport.js', 'app/bin/mzreport.js'],
    ['docs/消息.md', 'docs/消息.md'],
    ['samples/东湖区2022.xlsx', 'samples/东湖区2022.xlsx'],
    ['README.md', 'README.md'],
  ])('%s lies at %s', (path, place) => {
    expect(toPlace(path)).toBe(place);
  });

  it.each(['src/cli.ts', 'dist/.tsbuildinfo', 'samples/generate.ts', 'test/a.test.ts', 'node_modules/x.js'])(
    '%s stays at home',
    (path) => {
      expect(toPlace(path)).toBeNull();
    },
  );

  it.each([
    'node_modules/chalk/source/index.js',
    'node_modules/chalk/package.json',
    'node_modules/yaml/dist/doc/Document.js',
    'node_modules/echarts/dist/echarts.common.min.js',
    // Without it Node would take the file above for an ES module.
    'node_modules/echarts/dist/package.json',
    'node_modules/docx/dist/index.mjs',
    'node_modules/@e965/xlsx/xlsx.mjs',
    'node_modules/@e965/xlsx/dist/cpexcel.full.mjs',
    'node_modules/@duckdb/node-bindings-win32-x64/duckdb.dll',
    'node_modules/exceljs/node_modules/uuid/dist/index.js',
    'node_modules/zrender/LICENSE',
  ])('%s goes along', (path) => {
    expect(keepsModuleFile(path)).toBe(true);
  });

  it.each([
    'node_modules/.package-lock.json',
    'node_modules/.bin/handlebars',
    'node_modules/echarts/dist/echarts.js',
    'node_modules/echarts/dist/echarts.common.min.js.map',
    'node_modules/zrender/lib/zrender.js',
    'node_modules/docx/dist/index.umd.cjs',
    'node_modules/exceljs/dist/exceljs.min.js',
    'node_modules/zod/v4/index.d.ts',
    'node_modules/handlebars/README.md',
    'node_modules/exceljs/node_modules/uuid/test/index.js',
  ])('%s does not', (path) => {
    expect(keepsModuleFile(path)).toBe(false);
  });

  it('hold each file that src/ loads by its path within a package', () => {
    // A list that rots would be noticed only on the clerk's computer.
    const named = ['echarts/dist/echarts.common.min.js', '@e965/xlsx/dist/cpexcel.full.mjs'];
    const sources = [read('src/render/html/charts.ts'), read('src/read/legacy/workbook.ts')].join('\n');
    for (const path of named) {
      expect(sources).toContain(`'${path}'`);
      expect(keepsModuleFile(`node_modules/${path}`)).toBe(true);
    }
  });

  it('say nothing of registries and scripts in their package.json', () => {
    const text = toPackageJson(
      JSON.stringify({
        name: 'x',
        version: '1.0.0',
        type: 'module',
        exports: './x.js',
        publishConfig: { registry: 'https://…' },
        scripts: { install: 'y' },
      }),
    );
    expect(JSON.parse(text)).toEqual({ name: 'x', version: '1.0.0', type: 'module', exports: './x.js' });
  });
});

describe('documents as pages', () => {
  it('keep headings, tables, lists, pictures, code and links to one another', () => {
    const page = toPage(
      '# 手册\n\n见[下](#二用法)和[消息](消息.md#usage)。\n\n## 二、用法\n\n1. 甲 `a|b`\n2. **乙**\n\n```sh\nmzreport <x>\n```\n\n3. 丙\n\n| 词 | 意思 |\n|---|---|\n| a & b | ![图](p.png) |\n',
    );
    for (const piece of [
      '<title>手册</title>',
      '<h2 id="二用法">二、用法</h2>',
      '<a href="#二用法">下</a>和<a href="消息.html#usage">消息</a>。',
      '<ol start="1"><li>甲 <code>a|b</code></li>\n<li><b>乙</b></li></ol>',
      '<pre><code>mzreport &lt;x&gt;</code></pre>',
      '<ol start="3"><li>丙</li></ol>',
      '<tr><th>词</th><th>意思</th></tr>',
      '<td>a &amp; b</td><td><img alt="图" src="p.png"></td>',
    ])
      expect(page).toContain(piece);
  });

  it('show the manual with all its pictures, and leave no mark of Markdown', () => {
    const page = toPage(read('docs/手册.md'));
    expect(page.match(/<img /g)?.length).toBe(read('docs/手册.md').match(/!\[/g)?.length);
    expect(page.replace(/<code>.*?<\/code>|<pre>[\s\S]*?<\/pre>/g, '')).not.toMatch(/\*\*|```|\]\(|^\|/m);
  });
});

describe('licences', () => {
  it('are known by their names', () => {
    const names = ['LICENSE', 'LICENSE.md', 'license.txt', 'LICENCE', 'COPYING', 'NOTICE', 'LICENSE-MIT'];
    expect(names.filter((name) => !isLicence(name))).toEqual([]);
    expect(['license.js', 'licenses', 'index.js', 'noticeboard'].filter(isLicence)).toEqual([]);
  });

  it('are collected from nested packages and from those with an old way of naming it', () => {
    const put = (path: string, text: string) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    put('m/a/package.json', '{"name":"a","version":"1.0.0","license":"MIT"}');
    put('m/a/LICENSE', 'text of a\n');
    put('m/@s/b/package.json', '{"name":"@s/b","version":"2.0.0","licenses":[{"type":"BSD"}]}');
    put('m/a/node_modules/c/package.json', '{"name":"c","version":"3.0.0"}');
    const found = findLicences(join(folder, 'm'));
    expect(found).toEqual([
      { package: '@s/b 2.0.0', licence: 'BSD', texts: [] },
      { package: 'a 1.0.0', licence: 'MIT', texts: ['text of a'] },
      { package: 'c 3.0.0', licence: '未注明', texts: [] },
    ]);
    expect(toLicenceText([], found)).toContain('a 1.0.0    MIT');
  });
});

describe('versions', () => {
  it('ship the Node.js that package.json asks for at least, with what it must hash to', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${NODE_VERSION.split('.')[0]}`);
    expect(PLATFORMS.map(({ name }) => name)).toEqual(['linux-x64', 'win-x64']);
    for (const { node } of PLATFORMS) expect(node.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
  });
});

describe('mzreport.cmd', () => {
  const cmd = read('bundle/launchers/mzreport.cmd');

  it('is ASCII, sets UTF-8, waits at the end and leaves nothing of a name to be run', () => {
    expect([...cmd].every((each) => each <= '~')).toBe(true);
    expect(cmd).toContain('chcp 65001');
    const shown = cmd.slice(cmd.indexOf(':shown'));
    expect(shown).toContain('\npause\n');
    expect(shown.trimEnd()).toMatch(/\nexit$/);
    // Names reach Node.js through the environment, never as words of a command.
    expect(shown).not.toContain('%');
  });

  it('gives the dropped files as Windows wrote them', async () => {
    const path = join(ROOT, 'bundle/launchers/dropped.js');
    const { findDropped } = (await import(path)) as { findDropped: (line: string) => string[] };
    const line = (rest: string) => `C:\\Windows\\system32\\cmd.exe /c ""D:\\民政 程序\\mzreport.cmd"${rest}"`;
    expect(findDropped(line(' D:\\导出\\低保.xlsx "D:\\导 出\\高龄 津贴.csv"'))).toEqual([
      'D:\\导出\\低保.xlsx',
      'D:\\导 出\\高龄 津贴.csv',
    ]);
    expect(findDropped(line(' D:\\a&calc.xlsx D:\\b^1!2%3.csv'))).toEqual([
      'D:\\a&calc.xlsx',
      'D:\\b^1!2%3.csv',
    ]);
    expect(findDropped(line(' "\\\\服务器\\共享\\甲.xlsx"'))).toEqual(['\\\\服务器\\共享\\甲.xlsx']);
    expect(findDropped(line(''))).toEqual([]);
    expect(findDropped('"C:\\Windows\\system32\\cmd.exe"')).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('mzreport, the shell script', () => {
  const home = join(folder, '程序 文件夹');
  mkdirSync(join(home, 'app', 'node'), { recursive: true });
  cpSync(join(ROOT, 'bundle/launchers/mzreport'), join(home, 'mzreport'));
  // Says how it was called, in the place of Node.js.
  writeFileSync(join(home, 'app/node/node'), '#!/bin/sh\nfor each in "$0" "$@"; do echo "$each"; done\n', {
    mode: 0o755,
  });
  symlinkSync(join(home, 'mzreport'), join(folder, 'link'));

  it.each([
    ['from elsewhere', join(home, 'mzreport'), folder],
    ['through a link', join(folder, 'link'), folder],
    ['beside it', 'mzreport', home],
  ])('finds its Node.js and hands on the words, %s', (_, script, cwd) => {
    const args = ['/bin/sh', script, 'summarize', '一 二.xlsx', '$(x)'];
    const printed = execFileSync('env', ['-i', ...args], { cwd, encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(printed.slice(2)).toEqual(['summarize', '一 二.xlsx', '$(x)']);
    expect(printed[0]).toMatch(/app\/node\/node$/);
    expect(printed[1]).toMatch(/app\/bin\/mzreport\.js$/);
  });
});
