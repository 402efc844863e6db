/**
 * One folder per situation under test/golden: case.yaml says what the files hold and what must come out.
 * Expectations are written by hand. `rows` and `problems` are complete; `figures` names those that matter to the case.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CaseFile, writeCaseFile } from './support/case-file.ts';
import { type Result, runCli, summarize } from './support/run.ts';

interface Case {
  说明: string;
  文件: Record<string, CaseFile>;
  参数?: string[];
  /** A template of its own. */
  模板?: string;
  /** Files that are given with --last-year. */
  上年?: string[];
  退出码?: number;
  /** Part of the message of a failing run. */
  错误?: string;
  /** Printed text by id; 待核 and 无来源 stand for figures without a value. */
  数?: Record<string, string>;
  /** "sheet: read used (reason rows、…)" */
  行?: string[];
  /** "kind count" in the order of their kinds. */
  问题?: string[];
  /** Sentences that the draft must hold. */
  文稿?: string[];
}

const GOLDEN = fileURLToPath(new URL('./golden/', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function prepare(situation: Case): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-golden-'));
  folders.push(folder);
  for (const [name, file] of Object.entries(situation.文件))
    writeFileSync(join(folder, name), await writeCaseFile(file));
  return folder;
}

function toTemplate({ 模板 }: Case, folder: string): string[] {
  if (模板 === undefined) return [];
  writeFileSync(join(folder, '本局.hbs'), 模板);
  return ['--template', join(folder, '本局.hbs')];
}

const toLastYear = ({ 上年 = [] }: Case, folder: string): string[] =>
  上年.length === 0 ? [] : ['--last-year', ...上年.map((file) => join(folder, file))];

const toRowLine = ({ sheet, file, read, used, setAside }: Result['sheets'][number]): string =>
  `${sheet || file}：${read} ${used}${setAside.length > 0 ? `（${setAside.map(({ reason, rows }) => `${reason}${rows}`).join('、')}）` : ''}`;

const toFigureText = (figure: Result['figures'][number] | undefined): string => {
  if (!figure) return '没有这个指标';
  return figure.status === 'known' ? figure.text : figure.status === 'absent' ? '无来源' : figure.text;
};

describe.each(readdirSync(GOLDEN).sort())('%s', (name) => {
  const situation = parse(readFileSync(join(GOLDEN, name, 'case.yaml'), 'utf8')) as Case;
  it(situation.说明, async () => {
    const folder = await prepare(situation);
    const inputs = Object.keys(situation.文件)
      .filter((file) => !situation.上年?.includes(file))
      .map((file) => join(folder, file));
    const args = [
      ...inputs,
      '--out',
      join(folder, 'out'),
      '--format',
      'txt',
      ...toTemplate(situation, folder),
      ...toLastYear(situation, folder),
      ...(situation.参数 ?? []),
    ];
    if (situation.退出码 !== undefined) {
      const outcome = await runCli('summarize', ...args);
      expect(outcome.code).toBe(situation.退出码);
      if (situation.错误) expect(outcome.stderr).toContain(situation.错误);
      if (situation.退出码 > 1) return;
    }
    const result = await summarize(...args);
    for (const sheet of result.sheets)
      expect(sheet.read, sheet.sheet).toBe(
        sheet.used + sheet.setAside.reduce((sum, { rows }) => sum + rows, 0),
      );
    const figures = Object.fromEntries(
      Object.keys(situation.数 ?? {}).map((id) => [
        id,
        toFigureText(result.figures.find((figure) => figure.id === id)),
      ]),
    );
    expect(figures).toEqual(situation.数 ?? {});
    if (situation.行) expect(result.sheets.map(toRowLine)).toEqual(situation.行);
    expect(result.problems.map(({ kind, count }) => `${kind} ${count}`).sort()).toEqual(
      [...(situation.问题 ?? [])].sort(),
    );
    const draft = readdirSync(join(folder, 'out')).find((file) => file.endsWith('.txt'));
    const text = readFileSync(join(folder, 'out', draft ?? ''), 'utf8');
    for (const sentence of situation.文稿 ?? []) expect(text).toContain(sentence);
  });
});
