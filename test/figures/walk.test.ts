/**
 * Every figure of five published reports, one a line of figures.tsv: what <seed>.yaml says of it holds in the sample.
 * 行: the line's indicator. 节: its section. 数: our figure, or several. 印: what the draft prints, our words around it;
 * the published number stands in it as that figure, never as a word of the template.
 * 来源: 行 computed; 手工 declared in 手工填报 or 任务指标; 偏差 the published value does not follow from its own data, and
 * 印 is what does; 非数 the line holds no number. 理由: why it is 偏差, or why it is declared all the same.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figure, Report } from '../../src/model.ts';
import { summarize } from '../support/run.ts';
import { type Draft, findPrinted, readDraft } from './draft.ts';
import { fits, toPublished } from './numbers.ts';

/** The sample of each published report, below samples/. */
const FOLDERS: Record<string, string> = {
  '000': '.',
  '001': '抚州市2023-09',
  '002': '云溪县养老',
  '003': '荣昌区特困',
  '004': '西湖区2024上半年',
};
/** Published values that do not follow from the report's own data; a reason stands beside each in its YAML. */
const DEVIATIONS: Record<string, string> = {
  '000 低保标准增长率': '7.6% for 855 元 after 795 元, which is 7.5%',
  '000 低保月人均补差': '730 元, but money and person-months of the same report give 838.37 元',
  '000 备案社区社会组织增长率': '41% for 1576 after 1116, which is 41.2%',
};
/** Published relations between figures that hold: they follow from their parts, no file says them. */
const RELATIONS: [seed: string, id: string, text: RegExp][] = [
  ['000', '人口.老年人口占比', /^24\.51%$/],
  ['000', '特困.标准#同比', /^同比增长8\.2%$/],
  ['001', '养老服务.家庭养老床位累计建成数#完成率', /^110\.3%$/],
  ['001', '养老服务.失能老年人上门服务人次#完成率', /^97\.6%$/],
  ['001', '彩票公益金.执行率', /^90\.55%$/],
];
/** Where the derivation allows a declared figure. */
const MAY_BE_DECLARED = /手工|标准表|指标任务表|不可由行级导出|非指标/;
const TOO_MANY_ROWS = /超过2万行/;

interface Line {
  seed: string;
  section: string;
  indicator: string;
  value: string;
  derivation: string;
}
interface Entry {
  行: string;
  节: string;
  来源: '行' | '手工' | '偏差' | '非数';
  数?: string | string[];
  印?: string;
  理由?: string;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const SAMPLES = join(HERE, '../../samples');
const out = mkdtempSync(join(tmpdir(), 'mzreport-walk-'));
afterAll(() => rmSync(out, { recursive: true }));

const LINES: Line[] = readFileSync(join(HERE, 'figures.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [seed = '', section = '', indicator = '', value = '', , , , , derivation = ''] = line.split('\t');
    return { seed, section, indicator, value, derivation };
  });
const linesOf = (seed: string): Line[] => LINES.filter((line) => line.seed === seed);

function readEntries(seed: string): Entry[] {
  const path = join(HERE, `${seed}.yaml`);
  return existsSync(path) ? (load(readFileSync(path, 'utf8')) as Entry[]) : [];
}

interface Sample {
  /** The whole document as text. */
  text: string;
  /** The same with its figures marked. */
  draft: Draft;
  figures: Map<string, Figure>;
  sheets: Report['sheets'];
}

/** One run of a sample. */
async function runSample(folder: string): Promise<Sample> {
  const home = join(SAMPLES, folder);
  const files = readdirSync(home).filter((name) => /\.(xlsx|csv)$/.test(name));
  const inputs = files.map((name) => join(home, name));
  const args = ['--config', join(home, 'mzreport.yaml'), '--out', join(out, folder), '--format', 'txt,html'];
  const { written } = await summarize(...inputs, ...args);
  const read = (ending: string) =>
    readFileSync(written.find(({ path }) => path.endsWith(ending))?.path ?? '', 'utf8');
  const { figures, sheets } = JSON.parse(read('.facts.json')) as Report;
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  return { text: read('.txt'), draft: readDraft(read('.html')), figures: byId, sheets };
}

/** Whether rows, declarations or both stand behind a figure. */
function findRoots(figure: Figure, figures: Map<string, Figure>): Set<Figure['basis']['type']> {
  if (figure.basis.type !== 'derived') return new Set([figure.basis.type]);
  const parts = figure.basis.from.flatMap((id) => figures.get(id) ?? []);
  return new Set(parts.flatMap((part) => [...findRoots(part, figures)]));
}

/** A name with digits in it is no number: the derivation says so. */
const isNumber = ({ value, derivation }: Line): boolean =>
  toPublished(value).length > 0 && !derivation.startsWith('非指标');

/** What speaks against an entry; '' when nothing does. */
function findFault(line: Line, entry: Entry, { text, draft, figures }: Sample): string {
  const { 来源, 印 = '', 理由 = '' } = entry;
  if (来源 === '非数') return isNumber(line) ? `“${line.value}”是数` : '';
  const ids = [entry.数 ?? ''].flat();
  const known = ids.flatMap((id) => figures.get(id) ?? []).filter(({ status }) => status === 'known');
  if (known.length < ids.length) return `${entry.数}没有算出`;
  if (!text.includes(印)) return `文稿中没有“${印}”`;
  const printed = findPrinted(draft, 印, ids);
  if (printed === '') return `“${印}”里没有${entry.数}`;
  if (来源 === '偏差')
    return `${line.seed} ${line.indicator}` in DEVIATIONS && 理由 ? '' : '不在偏差清单中，或者没有理由';
  if (!fits(line.value, printed)) return `原文为${line.value}，${entry.数}印出${printed}`;
  return 来源 === '行' ? findRowsFault(known) : findManualFault(line, 理由, known);
}

const isDeclared = ({ basis }: Figure): boolean => basis.type === 'manual' || basis.type === 'none';

/** Beside a computed figure its standard may stand: a threshold is no row. */
function findRowsFault(known: Figure[]): string {
  const declared = known.find((figure) => isDeclared(figure) && figure.kind !== '标准');
  return declared || known.every(isDeclared) ? `${(declared ?? known[0])?.id}不是算出来的` : '';
}

function findManualFault({ derivation }: Line, reason: string, known: Figure[]): string {
  if (!MAY_BE_DECLARED.test(derivation) && !TOO_MANY_ROWS.test(reason)) return `“${derivation}”不许手工填报`;
  const computed = known.find((figure) => !isDeclared(figure) && figure.targets.length === 0);
  return computed ? `${computed.id}不是手工填报的数，也没有任务目标` : '';
}

const COUNTS = ['由行算出', '由手工数算出', '手工', '偏差', '非数'] as const;

function toCount(entry: Entry, figures: Map<string, Figure>): (typeof COUNTS)[number] {
  if (entry.来源 !== '行') return entry.来源;
  const roots = [entry.数 ?? ''].flat().flatMap((id) => {
    const figure = figures.get(id);
    return figure ? [...findRoots(figure, figures)] : [];
  });
  return roots.includes('rows') ? '由行算出' : '由手工数算出';
}

const tally: Record<string, Record<string, number>> = {};
afterAll(() => console.table(tally));

it('has a sample for every report', () => {
  expect(Object.keys(FOLDERS)).toEqual([...new Set(LINES.map(({ seed }) => seed))]);
});

describe.each(Object.entries(FOLDERS))('report %s', (seed, folder) => {
  const entries = readEntries(seed);
  let sample: Sample;
  beforeAll(async () => {
    sample = await runSample(folder);
  }, 180_000);

  it('has an entry for every line, in order', () => {
    expect(entries.map((entry) => `${entry.节} ${entry.行}`)).toEqual(
      linesOf(seed).map((line) => `${line.section} ${line.indicator}`),
    );
  });

  it('has none left over', () => {
    const faults = linesOf(seed).flatMap((line, index) => {
      const entry = entries[index];
      const fault = entry ? findFault(line, entry, sample) : '没有条目';
      return fault === '' ? [] : [`${line.indicator}：${fault}`];
    });
    expect(faults).toEqual([]);
    const counts = entries.map((entry) => toCount(entry, sample.figures));
    tally[seed] = Object.fromEntries(
      COUNTS.map((name) => [name, counts.filter((count) => count === name).length]),
    );
  });

  it('accounts for every row and leaves no figure open', () => {
    for (const { file, sheet, read, used, setAside } of sample.sheets) {
      expect(read, `${file} ${sheet}`).toBe(used + setAside.reduce((sum, { rows }) => sum + rows, 0));
    }
    expect(sample.text).not.toContain('〔待核');
  });

  it.each(RELATIONS.filter(([of]) => of === seed))('computes %s %s as %s', (_, id, text) => {
    const figure = sample.figures.get(id);
    expect(figure?.basis.type).toBe('derived');
    expect(figure?.text).toMatch(text);
  });
});
