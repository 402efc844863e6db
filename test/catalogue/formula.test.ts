/** 公式: what it says, that it is exact, and how a slip in it is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/aggregate/evaluate.ts';
import { toDecimal, toFraction } from '../../src/aggregate/fraction.ts';
import { findOperands, parseExpression } from '../../src/catalogue/expression.ts';

const VALUES: Record<string, string> = {
  '养老.建成数': '4413',
  '养老.任务数': '4000',
  '养老.零': '0',
  '养老.标准': '0.1',
  '人口.60岁以上': '106200',
};

function compute(text: string): string {
  const expression = parseExpression(text);
  if (typeof expression === 'string') return expression;
  const value = evaluate(
    expression,
    (id) => (VALUES[id] === undefined ? `${id}没有来源` : toFraction(VALUES[id])),
    (id) => id.split('.')[1] ?? id,
  );
  return typeof value === 'string' ? value : toDecimal(value);
}

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['10 - 3 - 2', '5'],
    ['12 / 3 / 2', '2'],
    ['-3 + 5', '2'],
    ['25% * 200', '50'],
    ['0.1 + 0.2', '0.3'],
    ['养老.标准 * 3', '0.3'],
    ['养老.建成数 / 养老.任务数', '1.10325'],
    ['养老.建成数 ÷ 养老.任务数 × 100', '110.325'],
    ['1 / 3 * 3', '1'],
    ['2 / 3', `0.${'6'.repeat(40)}`],
    ['人口.60岁以上 / 1000', '106.2'],
    ['最大(3, 2 + 2)', '4'],
    ['最小（3，4）', '3'],
    ['向上取整(41 / 10)', '5'],
    ['向上取整(40 / 10)', '4'],
    ['取整(-1 / 2)', '-1'],
    ['如果(养老.建成数 >= 养老.任务数, 1, 0)', '1'],
    ['如果(41 > 40, 1, 0) + 如果(40 > 40, 1, 0)', '1'],
    ['如果(养老.零 = 0, 7, 1 / 养老.零)', '7'],
  ])('%s is %s', (text, expected) => {
    expect(compute(text)).toBe(expected);
  });

  it.each([
    ['养老.建成数 / 养老.零', '零为0，无法计算'],
    ['1 / (2 - 2)', '除数为0，无法计算'],
    ['养老.建成数 + 养老.没有', '养老.没有没有来源'],
  ])('without a value says why: %s', (text, expected) => {
    expect(compute(text)).toBe(expected);
  });

  it.each([
    ['', '写到末尾还缺指标编号、数字或括号'],
    ['1 +', '写到末尾还缺指标编号、数字或括号'],
    ['(1 + 2', '写到末尾还缺“)”'],
    ['1 2', '“2”处多写了内容'],
    ['平均(1, 2)', '没有函数“平均”，可用 最大、最小、向上取整、取整、如果'],
    ['如果(1, 2, 3)', '“,”处应为比较（> >= < <= =）'],
    ['最大(1)', '“)”处应为“,”'],
  ])('that is written wrongly is told where: %s', (text, expected) => {
    expect(parseExpression(text)).toBe(expected);
  });

  it('names each of its indicators once', () => {
    const expression = parseExpression('最大(甲.一 - 乙.二, 0) / 甲.一');
    expect(typeof expression === 'string' ? expression : findOperands(expression)).toEqual([
      '甲.一',
      '乙.二',
    ]);
  });

  it('loses nothing of any two amounts in 分', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 });
    const print = (fen: number) => toDecimal({ n: BigInt(fen), d: 100n });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const left = a < 0 ? `(0 - ${print(-a)})` : print(a);
        const right = b < 0 ? `(0 - ${print(-b)})` : print(b);
        expect(compute(`${left} + ${right}`)).toBe(print(a + b));
      }),
    );
  });
});
