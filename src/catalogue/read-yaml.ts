import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { load } from 'js-yaml';
import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { Failure, type FailureCode } from '../failure.ts';

/** The parser with positions is loaded only where something is wrong. */
const require = createRequire(import.meta.url);

/** Reads and checks a YAML file; throws a Failure that names file, line and key. */
export const readYaml = <T extends z.ZodType>(path: string, schema: T, code: FailureCode): z.infer<T> =>
  parseYaml(readFileSync(path, 'utf8'), basename(path), schema, code);

/** The same for a text that was read already; `where` is what messages call it. */
export function parseYaml<T extends z.ZodType>(
  text: string,
  where: string,
  schema: T,
  code: FailureCode,
): z.infer<T> {
  const parsed = tryParse(text);
  const checked = parsed === null ? null : schema.safeParse(parsed.value ?? {});
  return checked?.success ? checked.data : explain(text, where, schema, code);
}

/** Five times faster than the parser that knows positions; those are needed only for what is wrong. */
function tryParse(text: string): { value: unknown } | null {
  // Names that stand for others may stand for a million million values; the parser that knows positions counts them.
  if (/(?:^|[\s,[{])\*[^\s,[\]{}*]/m.test(text)) return null;
  try {
    return { value: text.trim() === '' ? null : load(text) };
  } catch {
    return null;
  }
}

/** Throws with file, line and key of what is wrong; what only the fast parser refused is returned after all. */
function explain<T extends z.ZodType>(text: string, where: string, schema: T, code: FailureCode): z.infer<T> {
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, ...SILENT });
  const syntax = document.errors[0];
  if (syntax) {
    const at = `${where} 第${lines.linePos(syntax.pos[0]).line}行`;
    throw new Failure(
      code,
      { where: at, found: 'YAML 写法不对', expected: '检查缩进、冒号后的空格和括号' },
      syntax,
    );
  }
  const checked = schema.safeParse(toValue(document, where, code));
  if (checked.success) return checked.data;
  throw new Failure(code, toDetail(checked.error.issues, document, lines, where), checked.error);
}

/** The library would print its warnings itself. */
const SILENT = { logLevel: 'error' } as const;

function toValue(document: Document, where: string, code: FailureCode): unknown {
  const tag = document.warnings[0];
  if (tag)
    throw new Failure(code, { where, found: '有不认识的标记（!）', expected: '普通的文字、数字和列表' }, tag);
  try {
    return document.toJS() ?? {};
  } catch (error) {
    // More than a hundred values for one that is written, or a name of nothing.
    throw new Failure(
      code,
      { where, found: '别名（* 开头的）用得太多或有误', expected: '写出各处的内容' },
      error,
    );
  }
}

/** " 第12行" of the value under these keys, of the innermost one that is there; '' when the file cannot tell. */
export function findLine(path: string, keys: string[]): string {
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, ...SILENT });
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true) as { range?: number[] } | undefined;
    const at = node?.range?.[0];
    if (at !== undefined) return ` 第${lines.linePos(at).line}行`;
  }
  return '';
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
  const { isMap, isScalar } = require('yaml') as typeof import('yaml');
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && issue.keys.includes(String(key.value)));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function toWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `有不认识的键：${issue.keys.join('、')}`;
  if (issue.code === 'invalid_value') return `只能是 ${issue.values.join('、')}`;
  if (issue.code === 'invalid_type') return `应为${TYPE_WORDS[issue.expected] ?? issue.expected}`;
  // Words of a rule that the schema itself spells out.
  if (issue.code === 'custom') return issue.message;
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
