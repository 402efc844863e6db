import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Failure, type FailureCode } from '../failure.ts';

/** Reads and checks a YAML file; throws a Failure that names file, line and key. */
export function readYaml<T extends z.ZodType>(path: string, schema: T, code: FailureCode): z.infer<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const where = basename(path);
  const syntax = document.errors[0];
  if (syntax) {
    throw new Failure(
      code,
      {
        where: `${where} 第${lines.linePos(syntax.pos[0]).line}行`,
        found: 'YAML 写法不对',
        expected: '检查缩进、冒号后的空格和括号',
      },
      syntax,
    );
  }
  const checked = schema.safeParse(document.toJS() ?? {});
  if (checked.success) return checked.data;
  throw new Failure(code, toDetail(checked.error.issues, document, lines, where), checked.error);
}

function toDetail(issues: z.core.$ZodIssue[], document: Document, lines: LineCounter, where: string) {
  const found = issues
    .slice(0, 5)
    .map(
      (issue) =>
        `${toLine(issue, document, lines)}${issue.path.length > 0 ? `“${issue.path.join('.')}”` : ''}${toWords(issue)}`,
    );
  const rest = issues.length > 5 ? `（共${issues.length}处，只列前5处）` : '';
  return { where, found: found.join('；') + rest };
}

function toLine(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const at = findKeyPosition(issue, document) ?? findValuePosition(issue, document);
  return at === undefined ? '' : `第${lines.linePos(at).line}行`;
}

function findValuePosition(issue: z.core.$ZodIssue, document: Document): number | undefined {
  const node = document.getIn(issue.path as (string | number)[], true) as { range?: number[] } | undefined;
  return node?.range?.[0];
}

/** Where an unknown key itself stands. */
function findKeyPosition(issue: z.core.$ZodIssue, document: Document): number | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const node =
    issue.path.length === 0 ? document.contents : document.getIn(issue.path as (string | number)[], true);
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && issue.keys.includes(String(key.value)));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function toWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `有不认识的键：${issue.keys.join('、')}`;
  if (issue.code === 'invalid_value') return `只能是 ${issue.values.join('、')}`;
  if (issue.code === 'invalid_type') return `应为${TYPE_WORDS[issue.expected] ?? issue.expected}`;
  return '写法不对';
}

const TYPE_WORDS: Record<string, string> = {
  string: '文字',
  number: '数字',
  record: '“键: 值”',
  object: '“键: 值”',
  array: '列表',
  boolean: 'true 或 false',
};
