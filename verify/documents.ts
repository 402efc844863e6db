/** The drafts: LibreOffice opens every docx and makes pages of it, python-docx reads the text that we wrote. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { convert, runPython, runSample } from './programs.ts';

export const name = '文稿: LibreOffice opens the docx of summarize and export; python-docx reads the draft';

const READ = 'import sys, docx; print("\\n".join(p.text for p in docx.Document(sys.argv[1]).paragraphs))';

export async function check(folder: string): Promise<string[]> {
  const drafts = runSample('summarize', join(folder, 'drafts'), '--format', 'docx,txt');
  const tables = runSample('export', join(folder, 'annexes'), '--format', 'docx');
  const faults: string[] = [];
  for (const out of [drafts, tables])
    for (const file of readdirSync(out).filter((each) => each.endsWith('.docx'))) {
      const pdf = convert(join(out, file), 'pdf', out);
      if (!existsSync(pdf) || statSync(pdf).size < 10_000) faults.push(`${file}: LibreOffice made no pages of it`);
    }
  const find = (suffix: string) => join(drafts, readdirSync(drafts).find((each) => each.endsWith(suffix)) ?? '');
  const read = toPlain(runPython(READ, find('.docx')));
  const lines = readFileSync(find('.txt'), 'utf8').split('\n').map(toPlain).filter((line) => line.length > 20);
  if (lines.length < 10) faults.push('the draft has too few paragraphs');
  for (const line of lines) if (!read.includes(line.slice(-20))) faults.push(`python-docx does not read: ${line}`);
  return faults;
}

const toPlain = (text: string): string => text.replace(/\s/g, '');
