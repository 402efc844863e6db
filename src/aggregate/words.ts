import { type Catalogue, type Indicator, toList } from '../catalogue/index.ts';

/** The formula in Chinese, for the basis of a figure. */
export function toFormula(indicator: Indicator): string {
  if (indicator.分子 && indicator.分母)
    return `${indicator.分子} ÷ ${indicator.分母}${indicator.倍数 === 1 ? '' : ` × ${indicator.倍数}`}`;
  if (indicator.被减数 && indicator.减数) return `${indicator.被减数} − ${indicator.减数}`;
  if (indicator.本期 && indicator.基期) return `（${indicator.本期} − ${indicator.基期}）÷ ${indicator.基期}`;
  if (indicator.公式)
    return `${toSigns(indicator.公式)}${indicator.method ? `（${indicator.口径}${indicator.method.name}）` : ''}`;
  switch (indicator.计算) {
    case '行数':
      return '符合条件的行数';
    case '户数去重':
      return '户编号去重计数';
    case '人数去重':
      return '身份证号去重计数';
    case '人次合计':
      return `各行人数之和${indicator.取自 === 'payouts' ? '（补发、追缴行不计）' : ''}`;
    case '月平均':
      return `${indicator.取自 === 'payouts' ? '各月人数之和（补发、追缴行不计）' : '符合条件的行数'} ÷ 月数`;
    case '去重':
      return `${indicator.字段}去重计数`;
    case '金额合计':
      return '发放金额之和（追缴行和负数行不计）';
    case '补发':
      return '补发行的金额与补发列之和（已含在发放金额内）';
    case '追缴':
      return '追缴行、负数行的金额与追缴列之和，取正数';
    case '合计':
      return `${indicator.字段}之和`;
    default:
      return '手工填报';
  }
}

const SIGNS: Record<string, string> = { '*': '×', '/': '÷', '-': '−' };
const toSigns = (formula: string): string => formula.replace(/[-*/]/g, (sign) => SIGNS[sign] ?? sign);

/** The filter in Chinese: 取自发放，业务=低保，款项=低保金. */
export function toFilter(indicator: Indicator, catalogue: Catalogue): string {
  const dataset = indicator.取自
    ? [`取自${catalogue.layouts.byDataset.get(indicator.取自)?.名称 ?? indicator.取自}`]
    : [];
  const conditions = Object.entries(indicator.条件).map(
    ([name, value]) => `${name}=${toList(value).join('、')}`,
  );
  const moment = indicator.时点 ? [`时点=${indicator.时点}`] : [];
  const span = indicator.时间 ? [`时间=${indicator.时间}`] : [];
  return [...dataset, ...conditions, ...moment, ...span].join('，');
}
