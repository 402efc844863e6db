import type { Expression } from '../catalogue/index.ts';
import {
  add,
  ceiling,
  compare,
  divide,
  type Fraction,
  floor,
  multiply,
  subtract,
  toFraction,
} from './fraction.ts';

/** Gives an operand's value, or a Chinese sentence why there is none. */
export type Operands = (id: string) => Fraction | string;

/** What words call an indicator. */
export type NameOf = (id: string) => string;

type Call = Extract<Expression, { type: 'call' }>;
type Operation = Extract<Expression, { type: 'operation' }>;

/** The exact value of an expression, or why it has none; of 如果 only the branch that holds is looked at. */
export function evaluate(expression: Expression, operands: Operands, nameOf: NameOf): Fraction | string {
  switch (expression.type) {
    case 'number':
      return toFraction(expression.value);
    case 'figure':
      return operands(expression.id);
    case 'operation':
      return toResult(expression, operands, nameOf);
    case 'call':
      return toCalled(expression, operands, nameOf);
  }
}

function toResult(
  { operator, left, right }: Operation,
  operands: Operands,
  nameOf: NameOf,
): Fraction | string {
  const a = evaluate(left, operands, nameOf);
  const b = evaluate(right, operands, nameOf);
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  if (operator === '+') return add(a, b);
  if (operator === '-') return subtract(a, b);
  if (operator === '*') return multiply(a, b);
  if (operator === '/')
    return divide(a, b) ?? `${right.type === 'figure' ? nameOf(right.id) : '除数'}为0，无法计算`;
  return { n: isTrue(operator, compare(a, b)) ? 1n : 0n, d: 1n };
}

function isTrue(operator: Operation['operator'], order: number): boolean {
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  if (operator === '<') return order < 0;
  return operator === '<=' ? order <= 0 : order === 0;
}

function toCalled({ name, parameters }: Call, operands: Operands, nameOf: NameOf): Fraction | string {
  const [first, second, third] = parameters.map((each) => () => evaluate(each, operands, nameOf));
  const a = first?.() ?? '';
  if (typeof a === 'string') return a;
  if (name === '如果') return (a.n !== 0n ? second?.() : third?.()) ?? '';
  if (name === '向上取整') return ceiling(a);
  if (name === '取整') return floor(a);
  const b = second?.() ?? '';
  if (typeof b === 'string') return b;
  return compare(a, b) >= 0 === (name === '最大') ? a : b;
}
