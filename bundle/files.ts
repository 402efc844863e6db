/** Which files go along. Paths have slashes and start at the project or at node_modules/. */

/** Of the project itself: what a run reads, what a person reads, and the sample bureau. Compiled code names the machine it was made on: it stays. */
const OWN: RegExp[] = [
  /^bin\/(?:mzreport|load)\.js$/,
  /^dist\/.+\.c?js$/,
  /^src\/.+\.sql$/,
  /^templates\/.+\.(?:yaml|hbs)$/,
  /^docs\//,
  /^samples\/[^/]+\.(?:xlsx|csv|yaml|hbs)$/,
  /^(?:README\.md|CHANGELOG\.md|LICENSE)$/,
];

/** What stands at the top of the folder, for people; all else is in app/. */
const FOR_PEOPLE = /^(?:docs|samples)\/|^(?:README|CHANGELOG)\.md$|^LICENSE$/;

/** Where a file of the project goes in the folder; null when it stays at home. */
export function toPlace(path: string): string | null {
  if (!OWN.some((pattern) => pattern.test(path))) return null;
  return FOR_PEOPLE.test(path) ? path : `app/${path}`;
}

export const isLicence = (name: string): boolean =>
  /^(?:li[cs]en[cs]e|copying|notice)(?:[-.][\w.-]+)?$/i.test(name) &&
  !/\.(?:js|cjs|mjs|ts|json)$/i.test(name);

/** No program reads these at run time: maps, types, texts for people, tests, builds for browsers. */
const NEVER =
  /\.(?:map|ts|mts|cts|md|markdown|flow|tsbuildinfo|yml|coffee|html|css)$|\.(?:iife|umd)\.c?js$|^\.|^(?:bower|component|tsconfig)\.json$/i;

/** Folders directly below a package. Deeper ones may be code: yaml has a dist/doc. */
const NEVER_TOP =
  /^(?:tests?|__tests__|spec|docs?|examples?|benchmarks?|perf|man|types|typings|coverage|\.[\w-]+)\//i;

/** Packages of which a few files are all that we load, path → which: found by reading what src/ imports. */
const ONLY: Record<string, RegExp> = {
  // src/render/html/charts.ts loads the one built file, which has zrender and tslib inside.
  echarts: /^dist\/echarts\.common\.min\.js$|^licenses\//,
  zrender: /^$/,
  docx: /^dist\/[\w-]+\.mjs$/,
  '@e965/xlsx': /^xlsx\.mjs$|^dist\/cpexcel\.full\.mjs$/,
  // Only for precompiling templates on a command line of its own.
  'uglify-js': /^$/,
};

/** Parts of packages that are left out beside the rules above. */
const EXCEPT: Record<string, RegExp> = {
  exceljs: /^dist\//,
  zod: /^src\//,
  handlebars: /^dist\/(?!cjs\/)|^lib\/(?!index\.js$)|^bin\//,
};

/** True when a file of node_modules/ goes along. */
export function keepsModuleFile(path: string): boolean {
  const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^./][^/]*)\/(.+)$/.exec(path);
  if (!found) return false;
  const [, name = '', inner = ''] = found;
  const file = inner.split('/').at(-1) ?? '';
  // Inner ones too: that of echarts/dist says that its files are CommonJS.
  if (file === 'package.json' || isLicence(file)) return true;
  if (NEVER.test(file) || NEVER_TOP.test(inner) || EXCEPT[name]?.test(inner)) return false;
  return ONLY[name]?.test(inner) ?? true;
}

/** What Node.js needs of a package's package.json; the rest names repositories, registries and scripts. */
const NEEDED = ['name', 'version', 'license', 'type', 'main', 'module', 'exports', 'imports', 'browser'];

/** A package.json without what only its makers need. */
export function toPackageJson(text: string): string {
  const whole = JSON.parse(text) as Record<string, unknown>;
  const kept = NEEDED.flatMap((key) => (key in whole ? [[key, whole[key]]] : []));
  return `${JSON.stringify(Object.fromEntries(kept), null, 1)}\n`;
}
