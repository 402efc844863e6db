import { FAILURE_CODES, Failure } from '../src/failure.ts';
import type { Problem } from '../src/model.ts';
import { PROBLEM_KINDS, toWords } from '../src/problem.ts';

/** What stands for a file, a number or a name that the message would hold. */
const GAP = '…';

/** The first sentence is enough to find a message again. */
const toBeginning = (text: string): string => (text.split(/[。；]/)[0] ?? '').replace(/（…）|…{2,}/g, GAP);

const toRow = (text: string, code: string): string =>
  `| ${toBeginning(text)} | [${code}](消息.md#${code.toLowerCase()}) |`;

const HEAD = ['| 屏幕上的话 | 代号 |', '|---|---|'];

/** The tables of all messages as docs/手册.md has them, each with its place in docs/消息.md. */
export function toMessageTables(): string {
  const failures = FAILURE_CODES.map((code) =>
    toRow(new Failure(code, { where: GAP, found: GAP, expected: GAP }).message, code),
  );
  const detail = new Proxy<Record<string, string>>({}, { get: () => GAP });
  const problem: Omit<Problem, 'kind'> = { file: '', sheet: '', row: 0, count: 1, detail, figures: [] };
  const problems = PROBLEM_KINDS.map((kind) => toRow(toWords({ ...problem, kind }), kind));
  return [
    '**错误**（这次没有写出）：\n',
    ...HEAD,
    ...failures,
    '\n**数据问题和提示**（照常写出）：\n',
    ...HEAD,
    ...problems,
  ].join('\n');
}

const MARKS = ['<!-- 以下两张表由 npm run manual:messages 写出 -->', '<!-- 两张表到此为止 -->'] as const;

/** The manual with its tables as the program has them now. */
export function withMessages(manual: string): string {
  const [begin, end] = MARKS.map((mark) => manual.indexOf(mark)) as [number, number];
  if (begin < 0 || end < begin) throw new Error(`docs/手册.md: ${MARKS.join(' … ')}`);
  return `${manual.slice(0, begin + MARKS[0].length)}\n\n${toMessageTables()}\n\n${manual.slice(end)}`;
}
