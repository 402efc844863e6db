import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toFilter, toFormula } from './words.ts';

/** How rows or statements of a 类别 come to belong to a period. */
export const KIND_WORDS: Record<Indicator['类别'], string> = {
  期末数: '本期最后一天的数，各月不能相加',
  当期数: '本期之内的数',
  人次: '本期之内各次之和，同一人可以多次',
  比率: '由本期的各项重新算出，不平均、不相加',
  标准: '本期末执行的标准',
  目标: '本期应完成的任务',
};

/** Everything that decides an indicator's value, in Chinese, a line for each. */
export function toExplanation(indicator: Indicator, catalogue: Catalogue): string[] {
  const { id, 名称, 单位, 类别, 时间, 说明, 别名, decimals, method, operands, by } = indicator;
  const names = operands.map((each) => `${each}（${catalogue.indicators.get(each)?.名称 ?? ''}）`);
  const facts: [string, string][] = [
    ['名称', `${名称}（${id}）`],
    ['类别', 类别],
    ['算法', toFormula(indicator)],
    ['用到', names.join('、')],
    [
      '另法',
      method ? `${method.others.join('、')}。在 mzreport.yaml 里写 口径: {${indicator.口径}: …} 选择` : '',
    ],
    ['来源', indicator.取自 === undefined ? '' : toFilter(indicator, catalogue)],
    [
      '分开',
      by === null ? '' : `按${by}逐个计算${类别 === '比率' ? '，合计另由各项的合计算出' : '，再相加'}`,
    ],
    ['时期', 时间 ?? KIND_WORDS[类别]],
    ['单位', `${单位}，四舍五入${decimals === 0 ? '到整数' : `到${decimals}位小数，末尾的0不印`}`],
    ['别名', 别名.join('、')],
    ['说明', 说明],
  ];
  return facts.filter(([, text]) => text !== '').map(([name, text]) => `${name}  ${text}`);
}
