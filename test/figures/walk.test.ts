/**
 * Every figure of five published reports, one a line of figures.tsv: what <seed>.yaml says of it holds in the sample.
 * 行: the line's indicator. 节: its section. 数: our figure, or several. 印: what the draft prints, our words around it.
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
import { fits, toNumbers, toPublished } from './numbers.ts';

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

/** The draft as text, and the figures by id, of one run of a sample. */
async function runSample(folder: string): Promise<{ draft: string; figures: Map<string, Figure> }> {
  const home = join(SAMPLES, folder);
  const files = readdirSync(home).filter((name) => /\.(xlsx|csv)$/.test(name));
  const inputs = files.map((name) => join(home, name));
  const { written } = await summarize(
    ...inputs,
    '--config',
    join(home, 'mzreport.yaml'),
    '--out',
    join(out, folder),
  );
  const read = (ending: string) =>
    readFileSync(written.find(({ path }) => path.endsWith(ending))?.path ?? '', 'utf8');
  const { figures } = JSON.parse(read('.facts.json')) as Report;
  return { draft: read('.txt'), figures: new Map(figures.map((figure) => [figure.id, figure])) };
}

/** Whether rows, declarations or both stand behind a figure. */
function findRoots(figure: Figure, figures: Map<string, Figure>): Set<'rows' | 'manual' | 'none'> {
  if (figure.basis.type !== 'derived') return new Set([figure.basis.type]);
  const parts = figure.basis.from.flatMap((id) => figures.get(id) ?? []);
  return new Set(parts.flatMap((part) => [...findRoots(part, figures)]));
}

/** A name with digits in it is no number: the derivation says so. */
const isNumber = ({ value, derivation }: Line): boolean =>
  toPublished(value).length > 0 && !derivation.startsWith('非指标');

/** What speaks against an entry; '' when nothing does. */
function findFault(line: Line, entry: Entry, draft: string, figures: Map<string, Figure>): string {
  const { 来源, 印 = '', 理由 = '' } = entry;
  if (来源 === '非数') return isNumber(line) ? `“${line.value}”是数` : '';
  const found = [entry.数 ?? ''].flat().map((id) => figures.get(id));
  const known = found.flatMap((figure) => (figure?.status === 'known' ? [figure] : []));
  if (known.length < found.length) return `${entry.数}没有算出`;
  if (!draft.includes(印)) return `文稿中没有“${印}”`;
  const mute = known.find((figure) => !isSpoken(figure, 印));
  if (mute) return `“${印}”不是${mute.id}的${mute.text}`;
  if (来源 === '偏差') {
    if (!(`${line.seed} ${line.indicator}` in DEVIATIONS)) return '不在偏差清单中';
    return 理由 === '' ? '偏差没有理由' : '';
  }
  if (!fits(line.value, 印)) return `原文为${line.value}，印出${印}`;
  return 来源 === '行' ? findRowsFault(known) : findManualFault(line, 理由, known);
}

/** A figure is printed as a number, floored to 万, or as its target. */
function isSpoken({ text, value, targets }: Figure, printed: string): boolean {
  const numbers = toNumbers(printed);
  const floored = String(Math.floor(Number(value) / 100) / 100);
  const aims = targets.flatMap(({ value: aim }) => [Number(aim), Number(aim) / 10000, Number(aim) * 100]);
  return (
    toNumbers(text).some((number) => numbers.includes(number)) ||
    numbers.includes(floored) ||
    aims.some((aim) => numbers.includes(String(aim)))
  );
}

function findRowsFault(known: Figure[]): string {
  const declared = known.find(({ basis }) => basis.type === 'manual' || basis.type === 'none');
  return declared ? `${declared.id}不是算出来的` : '';
}

function findManualFault({ derivation }: Line, reason: string, known: Figure[]): string {
  if (!MAY_BE_DECLARED.test(derivation) && !TOO_MANY_ROWS.test(reason)) return `“${derivation}”不许手工填报`;
  const computed = known.find(({ basis, targets }) => basis.type !== 'manual' && targets.length === 0);
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
  let draft = '';
  let figures = new Map<string, Figure>();
  beforeAll(async () => {
    ({ draft, figures } = await runSample(folder));
  }, 180_000);

  it('has an entry for every line, in order', () => {
    expect(entries.map((entry) => `${entry.节} ${entry.行}`)).toEqual(
      linesOf(seed).map((line) => `${line.section} ${line.indicator}`),
    );
  });

  it('has none left over', () => {
    const faults = linesOf(seed).flatMap((line, index) => {
      const entry = entries[index];
      const fault = entry ? findFault(line, entry, draft, figures) : '没有条目';
      return fault === '' ? [] : [`${line.indicator}：${fault}`];
    });
    expect(faults).toEqual([]);
    const counts = entries.map((entry) => toCount(entry, figures));
    tally[seed] = Object.fromEntries(
      COUNTS.map((name) => [name, counts.filter((count) => count === name).length]),
    );
  });
});
