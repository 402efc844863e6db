import { Failure } from '../failure.ts';
import type { Period } from '../model.ts';
import { type Expression, findOperands, parseExpression } from './expression.ts';
import { findFault, toLine } from './faults.ts';
import type { Catalogue } from './index.ts';
import type { IndicatorSpec } from './schema.ts';
import { parseSpan } from './span.ts';

/** An indicator that was checked: its references exist, its parts fit its 类别. */
export interface Indicator extends Omit<IndicatorSpec, '公式'> {
  /** The formula as it is written; absent when there is none. */
  公式?: string;
  /** Which of several methods the formula is, and the others' names; null when there is but one. */
  method: { name: string; others: string[] } | null;
  /** "业务.名称" */
  id: string;
  /** The YAML's first key: figures of one business are written and left out together. */
  business: string;
  decimals: number;
  /** What it is computed from, however that is written; null when it is taken from rows or facts. */
  expression: Expression | null;
  /** Ids that the expression names. */
  operands: string[];
  /** Name of the text field by whose values it is computed, its own or its operands'; null when by none. */
  by: string | null;
  /** Its period, given the report's. */
  span(period: Period): Period;
}

export interface Part {
  /** What messages call the file. */
  where: string;
  /** The file itself, to find lines in; null when there is none. */
  path: string | null;
  /** Keys above the businesses: ["指标"] in mzreport.yaml. */
  above: string[];
  specs: Record<string, Record<string, IndicatorSpec>>;
}

/** Which method a bureau chose, by the name of the setting: 月人均 → 按期末人数. */
export type Methods = Record<string, string>;

/** Flattens the files into one map; throws on an unknown field, programme or reference, naming file, line and key. */
export function toIndicators(parts: Part[], methods: Methods, catalogue: Catalogue): Map<string, Indicator> {
  const indicators = new Map<string, Indicator>();
  const origin = new Map<string, Part>();
  const spellings = toSpellings(catalogue);
  for (const part of parts) {
    for (const [business, names] of Object.entries(part.specs)) {
      for (const [name, spec] of Object.entries(names)) {
        const indicator = toIndicator(business, name, chooseMethod(spec, methods), spellings);
        indicators.set(indicator.id, indicator);
        origin.set(indicator.id, part);
      }
    }
  }
  const fields = new Map([...catalogue.fields.values()].map((field) => [field.名称, field]));
  for (const indicator of indicators.values()) {
    const fault = findFault(indicator, { all: indicators, fields, catalogue });
    const part = origin.get(indicator.id);
    if (fault && part)
      throw new Failure('catalogue-invalid', {
        where: `${part.where}${toLine(part, indicator, fault.key)}`,
        found: `指标“${indicator.id}”${fault.text}`,
      });
  }
  for (const indicator of indicators.values()) indicator.by = findBy(indicator, indicators);
  return indicators;
}

type Chosen = Pick<Indicator, 'method' | '公式'> & Omit<IndicatorSpec, '公式'>;

/** The formula that the setting chooses, the first where it chooses none. */
function chooseMethod({ 公式, ...spec }: IndicatorSpec, methods: Methods): Chosen {
  if (公式 === undefined) return { ...spec, method: null };
  if (typeof 公式 === 'string') return { ...spec, 公式, method: null };
  const names = Object.keys(公式);
  const chosen = methods[spec.口径 ?? ''];
  const name = names.find((each) => each === chosen) ?? names[0] ?? '';
  return { ...spec, 公式: 公式[name] ?? '', method: { name, others: names.filter((each) => each !== name) } };
}

function toIndicator(
  business: string,
  name: string,
  spec: Chosen,
  spellings: Map<string, Map<string, string>>,
): Indicator {
  const text = toFormulaText(spec);
  const expression = text === null ? null : parseExpression(text);
  const sound = typeof expression === 'string' ? null : expression;
  return {
    ...spec,
    条件: toCanonical(spec.条件, spellings),
    id: `${business}.${name}`,
    business,
    decimals: spec.小数 ?? defaultDecimals(spec),
    expression: sound,
    operands: sound === null ? [] : findOperands(sound),
    by: spec.按 ?? null,
    span: (spec.时间 === undefined ? null : parseSpan(spec.时间)) ?? ((period) => period),
  };
}

/** The short forms as what they stand for. */
function toFormulaText({ 公式, 分子, 分母, 倍数, 本期, 基期, 被减数, 减数 }: Chosen): string | null {
  if (公式 !== undefined) return 公式;
  if (分子 !== undefined && 分母 !== undefined)
    return 倍数 === 1 ? `${分子} / ${分母}` : `${分子} * ${倍数} / ${分母}`;
  if (本期 !== undefined && 基期 !== undefined) return `(${本期} - ${基期}) / ${基期}`;
  return 被减数 !== undefined && 减数 !== undefined ? `${被减数} - ${减数}` : null;
}

/** Field name → spelling → the dictionary's own. */
function toSpellings(catalogue: Catalogue): Map<string, Map<string, string>> {
  const fields = [...catalogue.fields.values()];
  return new Map(
    fields.map(({ 名称, 取值 }) => [
      名称,
      new Map(
        Object.entries(取值)
          .reverse()
          .flatMap(([own, words]) => [...words, own].map((word) => [word, own] as const)),
      ),
    ]),
  );
}

/** 离婚 in a condition means 离婚登记: the dictionary's spellings hold here too. */
function toCanonical(
  conditions: IndicatorSpec['条件'],
  spellings: Map<string, Map<string, string>>,
): IndicatorSpec['条件'] {
  return Object.fromEntries(
    Object.entries(conditions).map(([name, value]) => {
      const find = (word: string) => spellings.get(name)?.get(word) ?? word;
      return [name, Array.isArray(value) ? value.map(find) : find(value)];
    }),
  );
}

/** Money in 万元 2, ratios 1 (percent) or 2, counts 0: design section 6. */
function defaultDecimals(spec: Chosen): number {
  if (spec.单位 === '%') return 1;
  if (/^(万元|亿元|元)/.test(spec.单位) || /^万/.test(spec.单位) || spec.类别 === '比率') return 2;
  return 0;
}

/** References were checked before, so there is an end to them. */
function findBy(indicator: Indicator, all: Map<string, Indicator>): string | null {
  if (indicator.按 !== undefined) return indicator.按;
  for (const id of indicator.operands) {
    const operand = all.get(id);
    const by = operand ? findBy(operand, all) : null;
    if (by !== null) return by;
  }
  return null;
}

/** A condition's value as a list; [] when there is none. */
export const toList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat();
