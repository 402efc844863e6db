/** The rules of the house as data: what may import what, and why. A new edge fails here until someone writes down why. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface File {
  /** Path from src/, with slashes: "normalise/load.ts". */
  path: string;
  /** The folder, or the file itself where it lies in src/: "normalise", "cli.ts". */
  place: string;
  text: string;
  /** Without comments. */
  code: string;
  imports: string[];
}

const FILES: File[] = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(ROOT, 'src', path), 'utf8');
    const code = withoutComments(text);
    return { path, place: path.split('/')[0] ?? '', text, code, imports: findImports(code) };
  });

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function findImports(code: string): string[] {
  // From the beginning of a statement on: SQL says "is distinct from 'total'".
  const pattern =
    /^(?:import|export)\b[^;'"`]*?\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'|^import\s+'([^']+)'/gm;
  return [...code.matchAll(pattern)].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');
}

interface Edge {
  from: File;
  /** Path from src/ of what is imported. */
  to: string;
  place: string;
}

const EDGES: Edge[] = FILES.flatMap((from) =>
  from.imports
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(from.path), name))
    // package.json and the like lie outside.
    .filter((to) => !to.startsWith('..'))
    .map((to) => ({ from, to, place: to.split('/')[0] ?? '' })),
).filter(({ from, place }) => from.place !== place);

const STAGES = [
  'read',
  'recognise',
  'normalise',
  'checks',
  'store',
  'catalogue',
  'aggregate',
  'compose',
  'render',
  'tables',
  'explain',
  'audit',
  'output',
  'machine',
  'facts',
  'rollup',
];

/** What every stage may know: the words and the two things that all work on. */
const COMMON = ['model.ts', 'problem.ts', 'failure.ts', 'format.ts', 'store', 'catalogue'];

/** Edges beyond COMMON, place → place → why. */
const ALLOWED: Record<string, Record<string, string>> = {
  normalise: {
    'mask.ts': 'what a sheet says in words is kept and printed, but for numbers of persons in it',
    recognise: 'coded cells are compared with the dictionary in the very way that heads are',
    read: 'a CSV is loaded from its bytes, so its reader says how they are written',
  },
  checks: { normalise: 'the views and tables that normalise makes are what is looked at' },
  audit: {
    read: 'a docx is a zip, and its limits and check sums are looked at in one place',
    render: 'bookmarks and the record of what was printed are read as they were written',
  },
  rollup: {
    aggregate: "a city's ratios, growth and completion follow from its sums in the way that a county's do",
  },
  machine: { render: 'type only: the fonts of a style are looked for' },
  tables: { aggregate: 'type only: a layout asks for figures by area and month' },
  explain: { aggregate: 'an id of an area leads to a part of a figure, and a 类别 has its words there' },
  render: { explain: 'a figure in the draft says of itself what mzreport explain prints' },
  compose: { aggregate: "an area's figure is completed in the way that the whole's is" },
  aggregate: {
    'mask.ts': 'a stated value that is no number may be a name',
    normalise: 'the views and tables that normalise makes are what is counted',
    recognise: 'a stated figure names its indicator and its period as heads and titles do',
  },
  'model.ts': { 'problem.ts': 'type only: a Problem has one of the kinds that have words' },
  'problem.ts': { 'model.ts': 'type only: words are made from a Problem' },
  'format.ts': { 'model.ts': 'type only: a Period is put into words' },
  'config.ts': {
    'failure.ts': 'a setting that is not understood ends the run',
    'model.ts': 'type only: Period',
    catalogue: 'where the templates are, and how a YAML file is read and checked',
    recognise: '--period is understood in the way that titles are',
    render: 'which formats there are',
  },
  'ask.ts': {
    'terminal.ts': 'type only: the terminal on which questions are put',
    commands: 'type only: what a question is',
  },
  'mask.ts': { catalogue: 'which words are no names' },
  'settle.ts': {
    'failure.ts': 'no year anywhere ends the run',
    'model.ts': 'type only',
    catalogue: 'place names',
    normalise: 'the tables whose dates are looked at',
    recognise: 'places in titles',
    store: 'the years of the rows',
  },
  'main.ts': {
    'cli.ts': 'the program',
    read: 'large tables are read while the program is still being loaded',
  },
  'cli.ts': {
    cli: 'one file per command',
    'failure.ts': 'the only catch',
    'terminal.ts': 'type only: what is printed on',
    'version.ts': '--version',
  },
  cli: {
    batch: 'a plan is run, and its events are shown as they come',
    'failure.ts': 'a number in an option that is none',
    'ask.ts': 'questions of init',
    commands: 'one call per command',
    'config.ts': 'options become settings',
    'terminal.ts': 'type only: what is printed on',
    catalogue: 'the list of indicators needs no run',
  },
};

/** Places that string stages together may import any of them, but never the command line. */
const ASSEMBLERS: Record<string, string> = {
  'intake.ts': 'reads, recognises and loads each input before the period is known',
  'before.ts': 'runs the stages over the year before, so that there is something to compare with',
  'pipeline.ts': 'the stages in order on one screen',
  commands: 'a command is a few stages in order',
  batch: 'a batch is many runs',
};

function isAllowed({ from, place }: Edge): boolean {
  if (ALLOWED[from.place]?.[place] !== undefined) return true;
  if (ASSEMBLERS[from.place] !== undefined) return place !== 'cli.ts' && place !== 'cli';
  return STAGES.includes(from.place) && COMMON.includes(place);
}

const show = ({ from, to }: Edge): string => `${from.path} → ${to}`;

/** Imports of a folder's inner file from outside it, path → why. */
const INNER: Record<string, string> = {
  'catalogue/nearest.ts': 'offers the nearest names; knows nothing of catalogues',
  'catalogue/read-yaml.ts': 'mzreport.yaml is read and checked like the dictionaries',
  'read/ahead/index.ts': 'begins before the program is loaded, and so without the rest of its stage',
  'read/ahead/worker.ts': 'the same program in a thread',
  'read/archive.ts': 'a zip in memory, whatever is in it',
  'read/facts-file.ts': "last year's facts are no sheet, so they do not come through read()",
  'read/inputs.ts': 'says which files there are before any is read',
  'output/disk.ts': 'says whether the process that holds a lock still lives',
  'output/write.ts': 'the folder has no one verb: it prepares, remembers and writes',
};

/** Imports of types alone, which vanish when the program runs: they may lead back. */
const TYPES_ONLY: [from: string, to: string][] = [
  // A Problem has a kind, and a kind has words for a Problem.
  ['model.ts', 'problem.ts'],
];

describe('imports', () => {
  it('go only where a sentence says why, so that a stage can be read by itself', () => {
    expect(EDGES.filter((edge) => !isAllowed(edge)).map(show)).toEqual([]);
  });

  it('that are allowed for a reason are there, so that the list does not rot', () => {
    const unused = Object.entries(ALLOWED).flatMap(([from, places]) =>
      Object.keys(places)
        .filter((place) => !EDGES.some((edge) => edge.from.place === from && edge.place === place))
        .map((place) => `${from} → ${place}`),
    );
    expect(unused).toEqual([]);
  });

  it('of another folder go through its index.ts, so that the rest of it can change freely', () => {
    const inner = EDGES.filter(({ to, place }) => place !== 'commands' && place !== 'cli' && to.includes('/'))
      .filter(({ to, place }) => to !== `${place}/index.ts` && INNER[to] === undefined)
      .map(show);
    expect(inner).toEqual([]);
  });

  it('make no cycle between folders, so that there is a first and a last one to read', () => {
    const next = new Map<string, Set<string>>();
    for (const { from, place } of EDGES) next.set(from.place, (next.get(from.place) ?? new Set()).add(place));
    for (const [from, to] of TYPES_ONLY) next.get(from)?.delete(to);
    const cycles: string[] = [];
    const walk = (place: string, path: string[]) => {
      if (path.includes(place)) cycles.push([...path.slice(path.indexOf(place)), place].join(' → '));
      else for (const after of next.get(place) ?? []) walk(after, [...path, place]);
    };
    for (const place of next.keys()) walk(place, []);
    expect(cycles).toEqual([]);
  });

  it('that may lead back are of types alone', () => {
    for (const [from, to] of TYPES_ONLY) {
      const code = FILES.find(({ path }) => path === from)?.code ?? '';
      const lines = code.split('\n').filter((line) => line.includes(`'./${to}'`));
      expect(lines.filter((line) => !line.startsWith('import type'))).toEqual([]);
      expect(lines).toHaveLength(1);
    }
  });

  it('reach files that exist', () => {
    const missing = EDGES.filter(({ to }) => !existsSync(join(ROOT, 'src', to))).map(show);
    expect(missing).toEqual([]);
  });
});

interface PackageRule {
  name: string;
  packages: RegExp;
  places: RegExp;
  why: string;
}

const PACKAGES: PackageRule[] = [
  {
    name: 'DuckDB',
    packages: /^@duckdb\//,
    places: /^store\//,
    why: 'its integers, decimals and dates end there, and another engine can take its place',
  },
  {
    name: 'Handlebars',
    packages: /^handlebars$/,
    places: /^compose\//,
    why: 'what a template may do is settled in one folder',
  },
  {
    name: 'exceljs',
    packages: /^exceljs$/,
    places: /^(?:read|tables)\//,
    why: 'it has had no release since 2023, so it stays behind one file per direction',
  },
  {
    name: 'SheetJS',
    packages: /^@e965\/xlsx$/,
    places: /^read\//,
    why: 'old formats become the same sheets as new ones',
  },
  { name: 'docx', packages: /^docx$/, places: /^render\//, why: 'a format is one map line and one file' },
  {
    name: 'jszip and xmldom',
    packages: /^(?:jszip|@xmldom\/xmldom)$/,
    places: /^audit\//,
    why: 'a document that people edited is opened and changed in one folder',
  },
  { name: 'csv-parse', packages: /^csv-parse/, places: /^read\//, why: 'bytes become sheets in one folder' },
  {
    name: 'commander',
    packages: /^commander$/,
    places: /^cli(?:\.ts$|\/)/,
    why: 'only the command line knows options',
  },
  {
    name: 'chalk',
    packages: /^chalk$/,
    places: /^(?:cli\/.*|commands\/print[-\w]*)\.ts$/,
    why: 'colour belongs to the terminal, never to what a stage says',
  },
  {
    name: 'the network',
    packages: /^node:(?:net|http|https|http2|tls|dgram|dns)(?:\/|$)|^undici$/,
    places: /^$/,
    why: 'persons stay private: no network, ever',
  },
];

describe('packages', () => {
  it.each(PACKAGES)('$name: $why', ({ packages, places }) => {
    const outside = FILES.filter(
      ({ path, imports }) => !places.test(path) && imports.some((name) => packages.test(name)),
    );
    expect(outside.map(({ path }) => path)).toEqual([]);
  });

  it('are all written down in package.json', () => {
    const { dependencies } = readJson('package.json') as { dependencies: Record<string, string> };
    const used = FILES.flatMap(({ imports }) => imports).filter((name) => !/^(?:\.|node:)/.test(name));
    const names = used.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
    expect([...new Set(names)].filter((name) => dependencies[name] === undefined)).toEqual([]);
  });
});

interface CodeRule {
  name: string;
  pattern: RegExp;
  /** Files in which it may stand. */
  except: RegExp;
  why: string;
}

const CODE: CodeRule[] = [
  {
    name: 'no writing to the terminal',
    pattern: /\bprocess\s*\.\s*(?:stdout|stderr)|\bconsole\s*\./,
    except: /^cli(?:\.ts$|\/)/,
    why: 'only the command line prints, so that nothing of a cell can slip out',
  },
  {
    name: 'no escapes for the terminal',
    pattern: /\\x1b|\\u001b|\\033/i,
    except: /^cli\/(?:safe|color)\.ts$/,
    why: 'write terminal.escape: a raw ESC of a cell must stay a picture of one',
  },
  {
    name: 'no classes',
    pattern: /^\s*(?:export\s+)?(?:abstract\s+)?class\s/m,
    except: /^failure\.ts$/,
    why: 'plain functions and plain data; a failure must be an Error',
  },
  {
    name: 'no default exports',
    pattern: /\bexport\s+default\b/,
    except: /^$/,
    why: 'a thing has one name everywhere',
  },
  {
    name: 'no any',
    pattern: /(?:[:<|&,(]|\bas)\s*any\b(?!\s*\()/,
    except: /^$/,
    why: 'what is not known is unknown, and gets checked',
  },
  {
    name: 'no silenced compiler',
    pattern: /@ts-(?:ignore|expect-error|nocheck)/,
    except: /^$/,
    why: 'a type that does not fit is told, not hidden',
  },
  {
    name: 'no clock and no chance',
    pattern: /\bnew\s+Date\(\s*\)|\bDate\.now\(|\bMath\.random\(/,
    except: /^cli\/(?:bar|batch)\.ts$/,
    why: 'the same inputs give the same output; the progress bar looks at the clock, and a batch that must work next year',
  },
  { name: 'no fetch', pattern: /\bfetch\s*\(/, except: /^$/, why: 'persons stay private: no network, ever' },
];

describe('code', () => {
  it.each(CODE)('$name: $why', ({ pattern, except }) => {
    // Silencing stands in comments, so the whole text is searched.
    const found = FILES.filter(
      ({ path, text, code }) =>
        !except.test(path) && pattern.test(pattern.source.startsWith('@') ? text : code),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('has one class', () => {
    const classes = FILES.flatMap(({ code }) => code.match(/^\s*export\s+class\s+\w+/gm) ?? []);
    expect(classes.map((line) => line.trim())).toEqual(['export class Failure']);
  });

  it('is searched without its comments, and with its strings', () => {
    const code = withoutComments("/** 低保 */\nconst a = 'http://x'; // 特困\nconst b = '孤儿';");
    expect(code).not.toMatch(/低保|特困/);
    expect(code).toContain('http://x');
    expect(code).toContain('孤儿');
  });
});

/** Words of the business that stand in code all the same, file → word → why. */
const VOCABULARY: Record<string, Record<string, string>> = {
  'cli.ts': { 婚姻登记: 'an example of a command line' },
  'batch/plan.ts': { 任务指标: 'the same key' },
  'batch/spec.ts': { 任务指标: 'a key of the plan, called as the sheet that it names' },
  'cli/explain.ts': { 发放金额: 'help: an example of an id' },
  'cli/export.ts': { 任务指标: 'help: an example of a layout' },
  'cli/help.ts': { 任务指标: 'help: examples', 发放金额: 'the same' },
  'cli/init.ts': { 任务指标: 'help: the name of a sheet to be filled in' },
  'cli/options.ts': { 任务指标: 'help', '县（市、区）': 'help: what a place is' },
  'cli/summarize.ts': { 数据依据: 'help: what is written beside the draft' },
  'problem.ts': {
    身份证号: 'message about an ID that is damaged or wrong',
    发放合计: 'message about parts that do not make the whole',
    分类施保: 'the same message',
    分类施保金: 'the same message',
    上年同期: 'message about a report that is no base of comparison',
  },
  'aggregate/rows.ts': { 保障人数: 'what the derived column of persons is called in 〔待核〕' },
  'aggregate/words.ts': {
    身份证号: 'the formula of an indicator in words',
    发放金额: 'the formula of an indicator in words',
  },
  'commands/init.ts': {
    '县（市、区）': 'a question',
    任务指标: 'name of a sheet to be filled in, by which it is recognised again',
    下达单位: 'head of that sheet',
  },
  'catalogue/span.ts': { 上年同期: 'a form of 时间' },
  'compose/about.ts': { 任务目标: 'what can be seen of a report, by the word that a template uses for it' },
  'compose/check.ts': { 下达单位: 'message about what may stand behind a helper of targets' },
  'compose/comparison.ts': {
    下达单位: 'a helper of the template language is called so',
    完成情况: 'a helper of the template language is called so',
    任务目标: 'reason in 〔待核〕 when nobody set a target',
  },
  'compose/measures.ts': {
    牵头单位: 'a helper of the template language is called so',
    目标任务: 'a helper of the template language is called so',
  },
  'explain/advice.ts': { 任务指标: 'advice: the sheet in which a target is filled in' },
  'normalise/overlap.ts': { 登记编号: 'message about two sheets that hold the same registration' },
  'recognise/index.ts': { 业务名称: 'message about a sheet that names no business' },
};

describe('the words of civil affairs', () => {
  const { programmes, fields } = loadCatalogue();
  const words = new Set([
    ...[...programmes].flatMap(([name, { 同义 }]) => [name, ...同义]).filter((word) => word.length >= 3),
    ...[...fields.values()]
      .filter(({ 类型 }) => 类型 !== '不存')
      .flatMap(({ 首选 }) => 首选)
      .filter((word) => word.length >= 4),
  ]);
  const found = FILES.flatMap(({ path, code }) =>
    [...words].filter((word) => code.includes(word)).map((word) => ({ path, word })),
  );

  it('are many, so that the search means something', () => {
    expect(words.size).toBeGreaterThan(300);
    expect(words).toContain('残疾人两项补贴');
  });

  it('stand in templates/, where a bureau can change them, not in code', () => {
    const unlisted = found.filter(({ path, word }) => VOCABULARY[path]?.[word] === undefined);
    expect(unlisted).toEqual([]);
  });

  it('are excused only where they stand', () => {
    const excused = Object.entries(VOCABULARY).flatMap(([path, own]) =>
      Object.keys(own).map((word) => ({ path, word })),
    );
    expect(
      excused.filter((each) => !found.some(({ path, word }) => path === each.path && word === each.word)),
    ).toEqual([]);
  });
});

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

describe('the lockfile', () => {
  const { packages } = readJson('package-lock.json') as {
    packages: Record<string, { version?: string; resolved?: string; integrity?: string; name?: string }>;
  };

  it.each(['win32-x64', 'linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'])(
    'holds the DuckDB binding for %s, in the version of its interface',
    (platform) => {
      const binding = packages[`node_modules/@duckdb/node-bindings-${platform}`];
      expect(binding?.version).toBe(packages['node_modules/@duckdb/node-api']?.version);
      expect(binding?.integrity).toMatch(/^sha512-/);
    },
  );

  it('does not say from where packages were fetched: every machine has its own mirror', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it("is without npm's xlsx 0.18.5, which has known holes", () => {
    const names = Object.entries(packages).map(
      ([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ''),
    );
    expect(names).not.toContain('xlsx');
    expect(names).toContain('@e965/xlsx');
  });
});

/** A package that was unpacked has no .git. */
const IN_GIT = existsSync(join(ROOT, '.git'));

describe.skipIf(!IN_GIT)('files in git', () => {
  // Put together from parts, so that this file does not hold what it looks for.
  const NEVER: [what: string, pattern: RegExp][] = [
    ['a folder beside the project', new RegExp(['\\.\\.', 'shared\\b'].join('/'))],
    [
      'a path of one machine',
      new RegExp(`(?:^|[\\s"'\`(=:,])/(?:${['work', 'home', 'Users'].join('|')})/[\\w.-]`, 'm'),
    ],
    ['a package registry', new RegExp(['registry', '(?:npmjs|npmmirror|yarnpkg)'].join('\\.'))],
  ];
  const listed = IN_GIT ? execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }) : '';
  const names = listed.split('\0').filter(Boolean);
  const texts = names
    .filter((name) => existsSync(join(ROOT, name)))
    .map((name) => ({ name, bytes: readFileSync(join(ROOT, name)) }))
    .filter(({ bytes }) => !bytes.subarray(0, 8000).includes(0))
    .map(({ name, bytes }) => ({ name, text: bytes.toString('utf8') }));

  it.each(NEVER)('do not mention %s', (_, pattern) => {
    expect(texts.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('are the sources, and not what is made from them', () => {
    const own = relative(ROOT, dirname(fileURLToPath(import.meta.url)));
    expect(own).toBe('test');
    expect(names).toContain('src/model.ts');
    expect(names.filter((name) => /^(?:dist|out|node_modules)\//.test(name))).toEqual([]);
  });
});
