import { describe, expect, it } from 'vitest';
import { toWidth, wrapText } from '../src/cli/wrap.ts';
import { runCli } from './support/run.ts';

const help = async (...args: string[]): Promise<string> => (await runCli(...args, '--help')).stdout;
const findCommands = (text: string): string[] =>
  [...(text.split('命令：\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
    ([, name]) => name ?? '',
  );

describe('help', () => {
  it('names the commands as a clerk comes to need them, and leads to the manual', async () => {
    const text = await help();
    const commands = findCommands(text);
    expect(commands.slice(0, 3)).toEqual(['summarize', 'init', 'inspect']);
    expect(commands.at(-1)).toBe('doctor');
    expect(text).toContain('docs/手册.md');
  });

  it('fits a terminal of 80 columns and says nothing in English', async () => {
    const commands = findCommands(await help()).map((name) => [name]);
    expect(commands.length).toBeGreaterThanOrEqual(10);
    for (const command of [[], ...commands, ['templates', 'eject']]) {
      const lines = (await help(...command)).split('\n');
      expect(lines.filter((line) => toWidth(line) > 80)).toEqual([]);
      expect(lines.filter((line) => /default|choices|display help|Usage/.test(line))).toEqual([]);
    }
  });
});

describe('wrapText', () => {
  it('counts a Chinese character as two columns', () => {
    expect(toWidth('低保a（1）')).toBe(10);
    expect(wrapText('一二三四五六', 6)).toBe('一二三\n四五六');
  });

  it('keeps words whole and begins no line with a closing mark', () => {
    expect(wrapText('写出 docx 文稿', 9)).toBe('写出 docx\n文稿');
    expect(wrapText('一二三，四', 6)).toBe('一二\n三，四');
    expect(wrapText('见 --from 2022-03', 10)).toBe('见 --from\n2022-03');
  });

  it('leaves what fits, and line ends, as they are', () => {
    expect(wrapText('一二\n\n三', 80)).toBe('一二\n\n三');
    expect(wrapText('abcdefgh', 4)).toBe('abcdefgh');
  });
});
