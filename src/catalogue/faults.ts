import { parseExpression } from './expression.ts';
import type { Catalogue } from './index.ts';
import { type Indicator, type Part, toList } from './indicator.ts';
import { findNearest } from './nearest.ts';
import { findLine } from './read-yaml.ts';
import type { FieldSpec } from './schema.ts';
import { parseSpan, SPAN_FORMS } from './span.ts';

/** What is wrong with an indicator, and the key at which it stands; '' when it is the whole. */
interface Fault {
  key: string;
  text: string;
}

interface Known {
  all: Map<string, Indicator>;
  /** By their names. */
  fields: Map<string, FieldSpec>;
  catalogue: Catalogue;
}

const NUMBERS = ['金额', '整数', '小数'];

/** What holds for each part as it holds for the whole, when it is stated and not counted. */
const EVERYWHERE = ['标准', '目标', '比率'];

/** The first thing that is wrong with an indicator; null when nothing is. */
export function findFault(indicator: Indicator, known: Known): Fault | null {
  return (
    findShapeFault(indicator) ??
    findReferenceFault(indicator, known) ??
    findConditionFault(indicator, known) ??
    findFieldFault(indicator, known) ??
    findFormulaFault(indicator, known)
  );
}

/** "第12行" of a fault's key; '' when the file cannot tell. */
export function toLine({ path, above }: Part, { business, id }: Indicator, key: string): string {
  const name = id.slice(business.length + 1);
  return path === null ? '' : findLine(path, [...above, business, name, ...(key === '' ? [] : [key])]);
}

const REFERENCES = ['分子', '分母', '本期', '基期', '被减数', '减数'] as const;

function findReferenceFault(indicator: Indicator, { all }: Known): Fault | null {
  for (const key of REFERENCES) {
    const id = indicator[key];
    if (id && !all.has(id))
      return { key, text: `的“${key}”引用了不存在的指标“${id}”${toNear(id, all.keys())}` };
  }
  for (const key of ['分子', '分母'] as const) {
    const part = all.get(indicator[key] ?? '');
    if (part && part.取自 === undefined && part.类别 === '比率')
      return { key, text: `的“${key}”是比率“${part.id}”，请改写成它的分子和分母` };
  }
  return null;
}

function findConditionFault(indicator: Indicator, { fields, catalogue }: Known): Fault | null {
  for (const name of Object.keys(indicator.条件)) {
    if (!fields.has(name))
      return { key: '条件', text: `的条件“${name}”不是字段名称${toNear(name, fields.keys())}` };
    if (fields.get(name)?.类型 !== '文本')
      return { key: '条件', text: `的条件“${name}”不是文本字段，不能用作条件` };
  }
  const unknown = toList(indicator.条件.业务).find((name) => !catalogue.programmes.has(name));
  if (unknown === undefined) return null;
  const near = toNear(unknown, catalogue.programmes.keys());
  return { key: '条件', text: `的业务“${unknown}”不在 programmes.yaml 中${near}` };
}

function findFieldFault(indicator: Indicator, { fields }: Known): Fault | null {
  const { 字段, 按, 计算 } = indicator;
  for (const [key, name] of Object.entries({ 字段, 按 })) {
    if (name !== undefined && !fields.has(name))
      return { key, text: `的“${key}”“${name}”不是字段名称${toNear(name, fields.keys())}` };
  }
  const type = fields.get(字段 ?? '')?.类型 ?? '';
  if (计算 === '合计' && !NUMBERS.includes(type))
    return { key: '字段', text: `的字段“${字段}”不是数，不能合计` };
  if (计算 === '去重' && !['文本', '编号', '年月'].includes(type))
    return { key: '字段', text: `的字段“${字段}”不是文本、编号或年月，不能去重` };
  if (按 !== undefined && fields.get(按)?.类型 !== '文本')
    return { key: '按', text: `的“按”写了“${按}”，不是文本字段` };
  return null;
}

function findShapeFault(indicator: Indicator): Fault | null {
  const { 取自, 公式, 计算, 时间, 时点, 按 } = indicator;
  const ratio = indicator.分子 !== undefined && indicator.分母 !== undefined;
  const growth = indicator.本期 !== undefined && indicator.基期 !== undefined;
  const difference = indicator.被减数 !== undefined && indicator.减数 !== undefined;
  const rows = 取自 !== undefined && 取自 !== 'facts';
  const ways = [ratio, growth, difference, 公式 !== undefined, 取自 !== undefined];
  const whole = (text: string): Fault => ({ key: '', text });
  if (ways.filter(Boolean).length !== 1)
    return whole(
      '要么写“取自”，要么写“公式”，要么写“分子”和“分母”，要么写“本期”和“基期”，要么写“被减数”和“减数”',
    );
  if ((indicator.method !== null) !== (indicator.口径 !== undefined))
    return whole('有几种公式时，要写“口径”说明由哪项设置选择；只有一种时不写');
  if (rows && !计算) return whole('缺少“计算”');
  if ((计算 === '合计' || 计算 === '去重') && !indicator.字段) return whole(`的“${计算}”没有写“字段”`);
  if ((计算 === '补发' || 计算 === '追缴') && 取自 !== 'payouts')
    return { key: '计算', text: `的“${计算}”只能取自 payouts` };
  if (计算 === '月平均' && !['payouts', 'events', 'services'].includes(取自 ?? ''))
    return { key: '计算', text: '的“月平均”只能取自 payouts、events 或 services' };
  if (取自 === 'roll' && !时点) return whole('取自名册，要写“时点”');
  if (indicator.类别 === '期末数' && rows && 时点 !== '期末' && 时点 !== '期初')
    return { key: '类别', text: '是期末数，只能取自名册的期初或期末；各月的行加起来不是存量' };
  if (按 !== undefined && (!rows || 计算 === '月平均' || indicator.类别 === '比率'))
    return { key: '按', text: '的“按”只能写在从行算的、可以相加的指标上' };
  if (时间 !== undefined && 取自 === undefined)
    return { key: '时间', text: '由其他指标计算，“时间”要写在那些指标上' };
  if (时间 !== undefined && parseSpan(时间) === null)
    return { key: '时间', text: `的“时间”写的“${时间}”看不懂，可写 ${SPAN_FORMS}` };
  return null;
}

/** What only a parsed formula shows: bad writing, unknown names, circles, and parts mixed with what has none. */
function findFormulaFault(indicator: Indicator, { all }: Known): Fault | null {
  const key = indicator.公式 === undefined ? '' : '公式';
  const parsed = indicator.公式 === undefined ? null : parseExpression(indicator.公式);
  if (typeof parsed === 'string') return { key, text: `的“公式”写法不对：${parsed}` };
  const unknown = indicator.operands.find((id) => !all.has(id));
  if (unknown !== undefined)
    return { key, text: `的“公式”引用了不存在的指标“${unknown}”${toNear(unknown, all.keys())}` };
  const circle = findCircle(indicator.id, all, []);
  if (circle) return { key, text: `互相引用：${circle.join(' → ')}` };
  const operands = indicator.operands.flatMap((id) => all.get(id) ?? []);
  const bys = new Map(operands.map((operand) => [operand, findBys(operand, all)]));
  const fields = new Set([...bys.values()].flat());
  if (fields.size > 1) return { key, text: `把按${[...fields].join('、按')}的数算在一起，只能按一个字段` };
  const plain = operands.find(
    (operand) =>
      bys.get(operand)?.length === 0 && !(operand.取自 === 'facts' && EVERYWHERE.includes(operand.类别)),
  );
  if (fields.size === 1 && plain && indicator.类别 !== '比率')
    return { key, text: `的公式里的“${plain.id}”没有按${[...fields][0]}，不能与按它的数算在一起` };
  return null;
}

function findCircle(id: string, all: Map<string, Indicator>, path: string[]): string[] | null {
  if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
  for (const operand of all.get(id)?.operands ?? []) {
    const circle = findCircle(operand, all, [...path, id]);
    if (circle) return circle;
  }
  return null;
}

/** Fields by which an indicator is computed, its own or its operands'. */
function findBys(indicator: Indicator, all: Map<string, Indicator>): string[] {
  if (indicator.按 !== undefined) return [indicator.按];
  return indicator.operands.flatMap((id) => {
    const operand = all.get(id);
    return operand ? findBys(operand, all) : [];
  });
}

function toNear(name: string, names: Iterable<string>): string {
  const near = findNearest(name, names);
  return near.length > 0 ? `，是否指${near.map((each) => `“${each}”`).join('、')}` : '';
}
