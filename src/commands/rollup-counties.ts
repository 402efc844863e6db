import { readFileSync, statSync } from 'node:fs';
import { type FactsFile, readFacts } from '../facts/index.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import { findInputs } from '../read/inputs.ts';
import { type Admitted, isSamePlace } from '../rollup/index.ts';

/** A county, with what became of its facts. */
export interface CountyState {
  place: string;
  /** Null when it handed in nothing that could be used. */
  file: string | null;
  /** Chinese: why there is nothing of it; null when there is. */
  reason: string | null;
}

/** The facts among the files, folders and patterns; throws when there are none. */
export async function readAll(inputs: string[], edited: boolean): Promise<FactsFile[]> {
  const { files } = await findInputs(inputs, () => false);
  const facts = files.filter((path) => path.toLowerCase().endsWith('.facts.json'));
  if (facts.length === 0) throw new Failure('no-facts', { where: inputs.join(' ') });
  return Promise.all(facts.map((path) => readFacts(path, edited)));
}

/** What all counties' names begin with: 南昌市 of 南昌市东湖区. */
export function findCity(files: FactsFile[]): string {
  const cities = new Set(
    files.map(({ facts }) => /^.{1,8}?市(?=.{2,}[县区市旗]$)/.exec(facts.place)?.[0] ?? ''),
  );
  const [city] = cities;
  if (cities.size === 1 && city) return city;
  throw new Failure('usage', { where: '--place', found: '没有写是哪个市，从各县区的名称里也看不出来' });
}

/** The counties in the order in which they are expected, then those that nobody expected. */
export function toStates({ given, late }: Admitted, expected: string[]): CountyState[] {
  const states: CountyState[] = [
    ...given.map(({ place, file }) => ({ place, file, reason: null })),
    ...late
      .filter((each) => !given.some(({ place }) => isSamePlace(place, each.place)))
      .map((each) => ({ ...each, file: null })),
  ];
  const others = states.filter(({ place }) => !expected.some((each) => isSamePlace(each, place)));
  const own = expected.map(
    (place) =>
      states.find((each) => isSamePlace(each.place, place)) ?? { place, file: null, reason: '没有报送' },
  );
  return [...own, ...others];
}

/** Names as they stand on the command line, or in a file a line each; a folder of that name is no list. */
export function readExpected(text: string | undefined): string[] {
  if (text === undefined) return [];
  const names = statSync(text, { throwIfNoEntry: false })?.isFile() ? readNames(text) : text;
  return [...new Set(names.split(/[,，、\s]+/).filter(Boolean))];
}

function readNames(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new Failure('file-unreadable', { where: path }, error);
  }
}

/** What is to be known of the files beside what becomes of them. */
export function toNotes(files: FactsFile[], used: FactsFile[], expecting: boolean): string[] {
  return [
    ...files
      .filter((file) => !used.includes(file))
      .map(({ source, facts }) => `跳过 ${source.name}（${facts.place}${toPeriodText(facts.period)}）`),
    ...used
      .filter(({ edited }) => edited)
      .map(({ source }) => `${source.name} 写出以后被人改过，里面的数来历说不清`),
    ...(expecting ? [] : ['没有写 --expect：只知道给了的县区，不知道还应有哪些']),
  ];
}
