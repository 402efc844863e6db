/**
 * Makes the sample files. Without options: the committed ones, beside this script.
 * With --seed N --out DIR: another bureau, and ledger.json with its true figures.
 * Shares no code with src/, so that a test can compare both.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { makeActivities } from './generator/activities.ts';
import { makeAreaSheet, makeAreas, toPlaces } from './generator/areas.ts';
import type { Bureau, Business } from './generator/bureau.ts';
import { makeEconomicChecks } from './generator/checks.ts';
import { makeChildWelfare } from './generator/children.ts';
import { committedPlan } from './generator/committedPlan.ts';
import { toCsv } from './generator/csv.ts';
import { makeDictionary, makeFacts, makeTargets } from './generator/declared.ts';
import { makeDestitute } from './generator/destitute.ts';
import { makeDisability } from './generator/disability.ts';
import { makeElderAllowance } from './generator/elderAllowance.ts';
import { makeAdaptationSheet, makeBedSheet } from './generator/elderHomes.ts';
import { makeElderRoll } from './generator/elderRoll.ts';
import { makeElderService } from './generator/elderService.ts';
import { makeFacilities } from './generator/facilities.ts';
import { makeFunds } from './generator/funds.ts';
import { makeFuzhou } from './generator/fuzhou/index.ts';
import { makeGrants } from './generator/grants.ts';
import type { Grid, RowKind } from './generator/grid.ts';
import { committedLayout, makeLayouts } from './generator/layout.ts';
import type { Ledger, RowCounts } from './generator/ledger.ts';
import { makeLiving } from './generator/living.ts';
import { makeMarriages } from './generator/marriages.ts';
import { makeMatters } from './generator/matters.ts';
import { makeOrganisations } from './generator/organisations.ts';
import { drawPlan } from './generator/otherPlan.ts';
import { makeOwnMatters } from './generator/ownMatters.ts';
import { makeRegistry } from './generator/persons.ts';
import { makeRandom } from './generator/random.ts';
import { makeRongchang } from './generator/rongchang/index.ts';
import { type SampleFile, writeFiles } from './generator/scene.ts';
import { makeStations } from './generator/stations.ts';
import { makeWestLake } from './generator/westlake/index.ts';
import { toWorkbook } from './generator/workbook.ts';
import { makeYunxi } from './generator/yunxi/index.ts';

/** What to make: null for the committed bureau, and the folder that takes the files. */
export interface Options {
  seed: number | null;
  out: string;
}

const committedSeed = 20220101;

function makeBureau(seed: number | null): Bureau {
  const random = makeRandom(seed ?? committedSeed);
  const plan = seed === null ? committedPlan : drawPlan(random.fork('plan'), seed);
  const { place, bureau, year, filled } = plan;
  return {
    plan,
    random,
    registry: makeRegistry(random.fork('persons'), plan.prefix),
    places: [],
    layoutOf: seed === null ? committedLayout : makeLayouts(random.fork('layouts')),
    stamp: { place, bureau, year, filled },
  };
}

const businesses: [name: string, make: (bureau: Bureau) => Business][] = [
  ['低保', makeLiving],
  ['特困', makeDestitute],
  ['临时救助', makeGrants],
  ['高龄津贴', makeElderAllowance],
  ['残疾人两项补贴', makeDisability],
  ['儿童福利', makeChildWelfare],
  ['婚姻登记', makeMarriages],
  ['核对', makeEconomicChecks],
  ['适老化改造', makeAdaptationSheet],
  ['家庭养老床位', makeBedSheet],
  ['居家养老', makeElderService],
  ['婚姻家庭辅导', makeActivities],
  ['社会组织', makeOrganisations],
  ['养老机构', makeFacilities],
  ['走访和综合业务', makeMatters],
  ['民政设施', makeStations],
  ['高龄津贴名册', makeElderRoll],
  ['本局事项', makeOwnMatters],
  ['资金台账', makeFunds],
];

function makeBusinesses(bureau: Bureau): Business[] {
  const { plan, random } = bureau;
  const areas = makeAreas(random.fork('区划'), plan.areas, plan.place, plan.year);
  const settled = { ...bureau, places: toPlaces(areas, plan.year) };
  const made = businesses.map(([name, make]) => make({ ...settled, random: random.fork(name) }));
  return [...made, makeAreaSheet(settled, areas)];
}

interface OutputFile {
  name: string;
  bytes: Buffer;
  grids: { sheet: string; grid: Grid }[];
}

async function toXlsxFile(name: string, grids: Grid[], creator: string): Promise<OutputFile> {
  const bytes = await toWorkbook(grids, creator);
  return { name, bytes, grids: grids.map((grid) => ({ sheet: grid.sheet, grid })) };
}

async function makeFiles(bureau: Bureau, made: readonly Business[]): Promise<OutputFile[]> {
  const { plan } = bureau;
  const csvs = made.flatMap(({ csvs }) => csvs);
  const encodingOf = (name: string) => (name.startsWith('婚姻') ? plan.marriageEncoding : plan.orderEncoding);
  const grids = [...made.flatMap(({ grids }) => grids), makeDictionary(bureau)];
  return [
    await toXlsxFile(`${plan.place}${plan.year}.xlsx`, grids, plan.bureau),
    await toXlsxFile(`任务指标${plan.year}.xlsx`, [makeTargets(bureau)], plan.bureau),
    await toXlsxFile(`手工填报${plan.year}.xlsx`, [makeFacts(bureau)], plan.bureau),
    ...csvs.map(({ name, grid }) => ({
      name,
      bytes: toCsv(grid, encodingOf(name)),
      grids: [{ sheet: '', grid }],
    })),
  ];
}

function countGrid(grid: Grid): RowCounts {
  const count = (wanted: RowKind): number => grid.rows.filter(({ kind }) => kind === wanted).length;
  return { head: count('head'), data: count('data'), totals: count('total'), footer: count('footer') };
}

function toLedger({ plan }: Bureau, made: readonly Business[], files: readonly OutputFile[]): Ledger {
  const rows = files.map(({ name, grids }) => {
    const counts = grids.map(({ sheet, grid }) => [sheet, countGrid(grid)]);
    return [name, Object.fromEntries(counts)];
  });
  return {
    place: plan.place,
    bureau: plan.bureau,
    year: plan.year,
    figures: Object.assign({}, ...made.map(({ figures }) => figures)),
    facts: plan.facts,
    rows: Object.fromEntries(rows),
  };
}

/** Writes a bureau's files into a folder and gives the ledger; of another bureau the ledger is written too. */
export async function generate({ seed, out }: Options): Promise<Ledger> {
  const bureau = makeBureau(seed);
  const made = makeBusinesses(bureau);
  const files = await makeFiles(bureau, made);
  const ledger = toLedger(bureau, made, files);
  await mkdir(out, { recursive: true });
  for (const { name, bytes } of files) await writeFile(path.join(out, name), bytes);
  if (seed !== null) await writeFile(path.join(out, 'ledger.json'), `${JSON.stringify(ledger, null, 2)}\n`);
  return ledger;
}

/** Samples of other bureaus, each in a folder of its own below this one. */
export const elsewhere: { folder: string; make: () => Promise<SampleFile[]> }[] = [
  { folder: '抚州市2023-09', make: makeFuzhou },
  { folder: '荣昌区特困', make: makeRongchang },
  { folder: '西湖区2024上半年', make: makeWestLake },
  { folder: '云溪县养老', make: makeYunxi },
];

function parseOptions(): Options {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, out: { type: 'string' } } });
  const here = path.dirname(fileURLToPath(import.meta.url));
  if (values.seed === undefined && values.out === undefined) return { seed: null, out: here };
  if (values.seed === undefined || values.out === undefined || !/^\d+$/.test(values.seed)) {
    throw new Error('用法：generate.ts [--seed 整数 --out 文件夹]');
  }
  return { seed: Number(values.seed), out: values.out };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = parseOptions();
  await generate(options);
  if (options.seed === null) {
    for (const { folder, make } of elsewhere) await writeFiles(path.join(options.out, folder), await make());
  }
}
