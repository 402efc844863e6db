/** What a 公式 says: an exact expression over indicators. Parsed once, when the catalogue is loaded. */
export type Expression =
  /** Exact decimal. */
  | { type: 'number'; value: string }
  /** An indicator by its id. */
  | { type: 'figure'; id: string }
  | { type: 'operation'; operator: Operator; left: Expression; right: Expression }
  | { type: 'call'; name: FunctionName; parameters: Expression[] };

export type Operator = '+' | '-' | '*' | '/' | '>' | '>=' | '<' | '<=' | '=';

/** Functions and how many parameters they take; the first parameter of 如果 is a comparison. */
const FUNCTIONS = { 最大: 2, 最小: 2, 向上取整: 1, 取整: 1, 如果: 3 } as const;
export type FunctionName = keyof typeof FUNCTIONS;

const SUMS = ['+', '-'] as const;
const PRODUCTS = ['*', '/'] as const;
const COMPARISONS = ['>=', '<=', '>', '<', '='] as const;

const TOKEN = /\s*(>=|<=|[-+*/()<>=,]|[^-+*/()<>=,\s]+)/y;
const SIGNS: Record<string, string> = { '×': '*', '÷': '/', '−': '-', '≥': '>=', '≤': '<=' };

/** The expression that a text says, or a Chinese sentence that says what is wrong with it. */
export function parseExpression(text: string): Expression | string {
  const plain = text.normalize('NFKC').replace(/[×÷−≥≤]/g, (sign) => SIGNS[sign] ?? sign);
  const tokens = toTokens(plain);
  const rest = [...tokens];
  try {
    const expression = readSum(rest);
    return rest.length === 0 ? expression : `“${rest[0]}”处多写了内容`;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function toTokens(text: string): string[] {
  return [...text.matchAll(new RegExp(TOKEN.source, 'g'))].map(([, token = '']) => token);
}

function refuse(found: string | undefined, expected: string): never {
  throw new SyntaxError(found === undefined ? `写到末尾还缺${expected}` : `“${found}”处应为${expected}`);
}

function readChain(
  rest: string[],
  operators: readonly Operator[],
  readPart: (rest: string[]) => Expression,
): Expression {
  let left = readPart(rest);
  for (let next = rest[0]; operators.includes(next as Operator); next = rest[0]) {
    rest.shift();
    left = { type: 'operation', operator: next as Operator, left, right: readPart(rest) };
  }
  return left;
}

const readSum = (rest: string[]): Expression => readChain(rest, SUMS, readProduct);
const readProduct = (rest: string[]): Expression => readChain(rest, PRODUCTS, readPrimary);

function readPrimary(rest: string[]): Expression {
  const token = rest.shift();
  if (token === '(') {
    const inner = readSum(rest);
    expect(rest, ')');
    return inner;
  }
  if (token === '-')
    return {
      type: 'operation',
      operator: '-',
      left: { type: 'number', value: '0' },
      right: readPrimary(rest),
    };
  if (token === undefined || /^[-+*/()<>=,]+$/.test(token)) return refuse(token, '指标编号、数字或括号');
  const number = /^(\d+(?:\.\d+)?)(%?)$/.exec(token);
  if (number) return toNumber(number[1] ?? '0', number[2] === '%');
  return rest[0] === '(' ? readCall(token, rest) : { type: 'figure', id: token };
}

const toNumber = (value: string, percent: boolean): Expression =>
  percent
    ? {
        type: 'operation',
        operator: '/',
        left: { type: 'number', value },
        right: { type: 'number', value: '100' },
      }
    : { type: 'number', value };

function expect(rest: string[], wanted: string): void {
  const found = rest.shift();
  if (found !== wanted) refuse(found, `“${wanted}”`);
}

function readCall(name: string, rest: string[]): Expression {
  if (!Object.hasOwn(FUNCTIONS, name))
    throw new SyntaxError(`没有函数“${name}”，可用 ${Object.keys(FUNCTIONS).join('、')}`);
  const known = name as FunctionName;
  expect(rest, '(');
  const parameters: Expression[] = [];
  for (let i = 0; i < FUNCTIONS[known]; i++) {
    if (i > 0) expect(rest, ',');
    parameters.push(known === '如果' && i === 0 ? readComparison(rest) : readSum(rest));
  }
  expect(rest, ')');
  return { type: 'call', name: known, parameters };
}

function readComparison(rest: string[]): Expression {
  const left = readSum(rest);
  const operator = rest.shift();
  if (!COMPARISONS.includes(operator as (typeof COMPARISONS)[number]))
    return refuse(operator, '比较（> >= < <= =）');
  return { type: 'operation', operator: operator as Operator, left, right: readSum(rest) };
}

/** Ids of the indicators that an expression names, each once, in the order of the text. */
export function findOperands(expression: Expression): string[] {
  switch (expression.type) {
    case 'number':
      return [];
    case 'figure':
      return [expression.id];
    case 'operation':
      return [...new Set([expression.left, expression.right].flatMap(findOperands))];
    case 'call':
      return [...new Set(expression.parameters.flatMap(findOperands))];
  }
}
