import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/audit/index.ts';
import { runCli } from '../support/run.ts';
import { compose, toConfigPath } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-edited-'));
const BUREAU = '抚州市2023-09';
const find = (ending: string): string => {
  const name = readdirSync(folder).find((each) => each.endsWith(ending));
  return join(folder, name ?? ending);
};
beforeAll(() => compose(BUREAU, folder, 'docx,md,txt'));
afterAll(() => rmSync(folder, { recursive: true }));

const edited = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const read = (): string => readFileSync(find('工作进展情况.txt'), 'utf8');

async function check(
  path: string,
  ...options: string[]
): Promise<{ code: number; wrong: Finding[]; all: Finding[] }> {
  const { code, stdout, stderr } = await runCli(
    'check',
    path,
    find('.facts.json'),
    '--config',
    toConfigPath(BUREAU),
    '--json',
    ...options,
  );
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return {
    code,
    all: findings,
    wrong: findings.filter(({ verdict }) => verdict === 'changed' || verdict === 'contradictory'),
  };
}

describe('check with a facts.json', () => {
  it.each(['工作进展情况.docx', '工作进展情况.md', '工作进展情况.txt'])(
    'finds nothing wrong in what was written: %s',
    async (ending) => {
      const { code, all } = await check(find(ending));
      expect(code).toBe(0);
      expect(all).toHaveLength(129);
      expect(new Set(all.map(({ verdict }) => verdict))).toEqual(new Set(['equal']));
    },
  );

  it('takes rounded numbers for the same, and says what one number was', async () => {
    const text = read()
      .replace('建成家庭养老床位4413张', '建成家庭养老床位4400余张')
      .replace('已支出3906万元', '已支出3960万元');
    const { code, wrong, all } = await check(edited('改过.txt', text));
    expect(code).toBe(1);
    expect(wrong).toMatchObject([
      { was: '3906万元', now: '3960万元', figure: '彩票公益金.支出金额', quote: '已支出3960万元' },
    ]);
    expect(wrong[0]?.place).toMatch(/^第\d+行$/);
    expect(all.find(({ now }) => now === '4400余张')?.verdict).toBe('rounded');
  });

  it('notices a direction, a unit and a Chinese numeral', async () => {
    const text = read()
      .replace('还差587张', '超额587张')
      .replace('4313.64万元，到位4', '4313.64亿元，到位4')
      .replace('县（区）13个。建成', '县（区）十四个。建成');
    const { wrong } = await check(edited('方向.txt', text));
    expect(
      wrong
        .filter(({ verdict }) => verdict === 'changed')
        .map(({ was, now }) => `${was} ${now}`)
        .sort(),
    ).toEqual(['13个 十四个', '4313.64万元 4313.64亿元', '还差587张 超额587张'].sort());
  });

  it('finds its way after paragraphs were moved, dropped and added', async () => {
    const lines = read()
      .split('\r\n')
      .filter((line) => !line.includes('就近服务'));
    const moved = lines.findIndex((line) => line.includes('中央专项彩票公益金'));
    const [line = ''] = lines.splice(moved, 1);
    lines.splice(4, 0, `${line}另有志愿者12名参加。`);
    const { code, wrong, all } = await check(edited('挪过.txt', lines.join('\n')));
    expect(wrong).toEqual([]);
    expect(code).toBe(0);
    expect(all.filter(({ verdict }) => verdict === 'unbound').map(({ now }) => now)).toEqual(['12名']);
  });

  it('knows figures in a text that it never wrote', async () => {
    const text =
      '我市项目进展如下：中央专项彩票公益金预算金额4313.64万元，目前中央专项彩票公益金支出金额3609万元。';
    const { code, wrong, all } = await check(edited('手写.txt', text));
    expect(code).toBe(1);
    expect(all.find(({ now }) => now === '4313.64万元')?.verdict).toBe('equal');
    expect(wrong).toMatchObject([{ verdict: 'changed', was: '3906万元', now: '3609万元' }]);
  });

  it('writes a copy of a docx with comments where the faults are, and leaves the draft alone', async () => {
    const draft = find('工作进展情况.docx');
    const zip = await JSZip.loadAsync(readFileSync(draft));
    const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    expect(xml).toContain('>4413张<');
    zip.file('word/document.xml', xml.replace('>4413张<', '>4431张<'));
    const path = join(folder, '改过.docx');
    const bytes = await zip.generateAsync({ type: 'uint8array' });
    writeFileSync(path, bytes);
    const { code } = await check(path, '--annotate', join(folder, '批注.docx'));
    expect(code).toBe(1);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const copy = await JSZip.loadAsync(readFileSync(join(folder, '批注.docx')));
    const part = async (name: string) => (await copy.file(name)?.async('string')) ?? '';
    expect(await part('word/comments.xml')).toContain('应为4413张，现为4431张');
    expect(await part('word/document.xml')).toMatch(
      /<w:commentRangeStart w:id="(\d+)"\/>.*>4431张<.*<w:commentRangeEnd w:id="\1"\/><w:r><w:commentReference w:id="\1"\/>/s,
    );
    expect(await part('[Content_Types].xml')).toContain('wordprocessingml.comments+xml');
    expect(await part('word/_rels/document.xml.rels')).toContain('relationships/comments');
  });

  it('does not write comments over the draft or into a text', async () => {
    const own = find('工作进展情况.docx');
    for (const [path, to] of [
      [own, own],
      [find('工作进展情况.txt'), join(folder, 'x.docx')],
    ] as const) {
      const { code, stderr } = await runCli('check', path, find('.facts.json'), '--annotate', to);
      expect(code).toBe(2);
      expect(stderr).toContain('--annotate');
    }
  });
});
