import { Failure } from '../failure.ts';
import type { Catalogue } from './index.ts';
import type { FieldSpec, IndicatorSpec } from './schema.ts';

/** An indicator that was checked: its references exist, its parts fit its 类别. */
export interface Indicator extends IndicatorSpec {
  /** "业务.名称" */
  id: string;
  /** The YAML's first key: figures of one business are written and left out together. */
  business: string;
  decimals: number;
}

type Part = { where: string; specs: Record<string, Record<string, IndicatorSpec>> };

/** Flattens the files into one map; throws on an unknown field, programme or reference, naming file and key. */
export function toIndicators(parts: Part[], catalogue: Catalogue): Map<string, Indicator> {
  const indicators = new Map<string, Indicator>();
  const origin = new Map<string, string>();
  for (const { where, specs } of parts) {
    for (const [business, names] of Object.entries(specs)) {
      for (const [name, spec] of Object.entries(names)) {
        const id = `${business}.${name}`;
        indicators.set(id, {
          ...spec,
          条件: toCanonical(spec.条件, catalogue),
          id,
          business,
          decimals: spec.小数 ?? defaultDecimals(spec),
        });
        origin.set(id, where);
      }
    }
  }
  const fields = new Map([...catalogue.fields.values()].map((field) => [field.名称, field]));
  for (const indicator of indicators.values()) {
    const fault = findFault(indicator, indicators, fields, catalogue);
    if (fault)
      throw new Failure('catalogue-invalid', {
        where: origin.get(indicator.id) ?? '',
        found: `指标“${indicator.id}”${fault}`,
      });
  }
  return indicators;
}

/** 离婚 in a condition means 离婚登记: the dictionary's spellings hold here too. */
function toCanonical(conditions: IndicatorSpec['条件'], catalogue: Catalogue): IndicatorSpec['条件'] {
  const spellings = new Map(
    [...catalogue.fields.values()].map(({ 名称, 取值 }) => [名称, Object.entries(取值)]),
  );
  return Object.fromEntries(
    Object.entries(conditions).map(([name, value]) => {
      const find = (word: string) =>
        spellings.get(name)?.find(([canonical, words]) => canonical === word || words.includes(word))?.[0] ??
        word;
      return [name, Array.isArray(value) ? value.map(find) : find(value)];
    }),
  );
}

/** Money in 万元 2, ratios 1 (percent) or 2, counts 0: design section 6. */
function defaultDecimals(spec: IndicatorSpec): number {
  if (spec.单位 === '%') return 1;
  if (/^(万元|亿元|元)/.test(spec.单位) || /^万/.test(spec.单位) || spec.类别 === '比率') return 2;
  return 0;
}

function findFault(
  indicator: Indicator,
  all: Map<string, Indicator>,
  fields: Map<string, FieldSpec>,
  catalogue: Catalogue,
): string | null {
  for (const key of ['分子', '分母', '本期', '基期', '被减数', '减数'] as const) {
    const id = indicator[key];
    if (id && !all.has(id)) return `的“${key}”引用了不存在的指标“${id}”`;
  }
  for (const key of ['分子', '分母'] as const) {
    const part = all.get(indicator[key] ?? '');
    if (part && part.取自 === undefined) return `的“${key}”是比率“${part.id}”，请改写成它的分子和分母`;
  }
  for (const name of Object.keys(indicator.条件)) {
    if (!fields.has(name)) return `的条件“${name}”不是字段名称`;
    if (fields.get(name)?.类型 !== '文本') return `的条件“${name}”不是文本字段，不能用作条件`;
  }
  const unknown = toList(indicator.条件.业务).find((name) => !catalogue.programmes.has(name));
  if (unknown) return `的业务“${unknown}”不在 programmes.yaml 中`;
  const field = fields.get(indicator.字段 ?? '');
  if (indicator.字段 && !field) return `的字段“${indicator.字段}”不是字段名称`;
  if (field && !['金额', '整数', '小数'].includes(field.类型))
    return `的字段“${indicator.字段}”不是数，不能合计`;
  return findShapeFault(indicator);
}

function findShapeFault(indicator: Indicator): string | null {
  const ratio = indicator.分子 !== undefined && indicator.分母 !== undefined;
  const growth = indicator.本期 !== undefined && indicator.基期 !== undefined;
  const difference = indicator.被减数 !== undefined && indicator.减数 !== undefined;
  const rows = indicator.取自 !== undefined && indicator.取自 !== 'facts';
  if ([ratio, growth, difference, indicator.取自 !== undefined].filter(Boolean).length !== 1)
    return '要么写“取自”，要么写“分子”和“分母”，要么写“本期”和“基期”，要么写“被减数”和“减数”';
  if (rows && !indicator.计算) return '缺少“计算”';
  if (indicator.计算 === '合计' && !indicator.字段) return '的“合计”没有写“字段”';
  const kind = indicator.计算 === '补发' || indicator.计算 === '追缴';
  if (kind && indicator.取自 !== 'payouts') return `的“${indicator.计算}”只能取自 payouts`;
  if (indicator.取自 === 'roll' && !indicator.时点) return '取自名册，要写“时点”';
  return null;
}

/** A condition's value as a list; [] when there is none. */
export const toList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat();
