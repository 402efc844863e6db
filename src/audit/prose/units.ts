import type { Catalogue } from '../../catalogue/index.ts';
import { toMeasure, toScale } from '../../format.ts';

/** A unit at the beginning of a text. */
export interface Unit {
  /** Characters. */
  length: number;
  measure: string;
  /** Base units in one. */
  factor: number;
}

/** The units that numbers in prose have. */
export interface Units {
  find(text: string): Unit | null;
  /** True when two measures are said of the same things: 人 and 名. */
  areAlike(one: string, other: string): boolean;
}

const ALWAYS = ['元', '%', '个百分点', '百分点', '‰', ':1'];

/** Units of the indicators and of the dictionary of prose, the longest first. */
export function createUnits({ indicators, prose }: Pick<Catalogue, 'indicators' | 'prose'>): Units {
  const own = [...indicators.values()].map(({ 单位 }) => 单位).filter((unit) => toScale(unit).gt(0));
  const words = [
    ...own.map(toMeasure),
    ...own.map((unit) => unit.replace(/\/.*$/, '')),
    ...prose.单位,
    ...ALWAYS,
  ];
  const sorted = [...new Set(words)].filter(Boolean).sort((a, b) => b.length - a.length);
  const byFirst = new Map<string, string[]>();
  for (const word of sorted) byFirst.set(word.charAt(0), [...(byFirst.get(word.charAt(0)) ?? []), word]);
  return {
    find: (text) => {
      const word = byFirst.get(text.charAt(0))?.find((each) => text.startsWith(each));
      return word === undefined ? null : toUnit(word);
    },
    areAlike: (one, other) =>
      one === other || prose.等同.some((group) => group.includes(one) && group.includes(other)),
  };
}

function toUnit(word: string): Unit {
  const { length } = word;
  if (word === '%') return { length, measure: '%', factor: 0.01 };
  if (word === '‰') return { length, measure: '%', factor: 0.001 };
  if (word.endsWith('百分点')) return { length, measure: '百分点', factor: 0.01 };
  return { length, measure: toMeasure(word), factor: Number(toScale(word)) };
}
