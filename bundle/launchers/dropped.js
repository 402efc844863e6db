#!/usr/bin/env node
/** Files that a person dropped on mzreport.cmd: the summary is written beside the first of them. */
import { dirname } from 'node:path';

/** Names in the line by which Windows started the window, `cmd.exe /c ""C:\…\mzreport.cmd" C:\a.xlsx "C:\b c.xlsx""`. */
export function findDropped(line) {
  const found = /mzreport\.cmd"?\s+(.*)$/is.exec(line);
  if (!found) return [];
  const words = found[1].match(/"[^"]*"|[^\s"]+/g) ?? [];
  return words.map((word) => word.replace(/^"|"$/g, '')).filter((word) => /^(?:[a-z]:|\\\\)/i.test(word));
}

async function main() {
  const files = findDropped(process.env.MZREPORT_LINE ?? '');
  if (files.length === 0) {
    process.once('beforeExit', () =>
      process.stdout.write('\n把表格文件拖到 mzreport.cmd 上，就在这些文件旁边写出总结。写法见 说明.txt。\n'),
    );
  } else {
    // So that a mzreport.yaml beside the files counts, and the documents are written there.
    process.chdir(dirname(files[0]));
  }
  process.argv = ['node', 'mzreport', ...(files.length === 0 ? [] : ['summarize', ...files])];
  await import('./mzreport.js');
}

// Set by mzreport.cmd alone; tests only import this file.
if (process.env.MZREPORT_LINE !== undefined) await main();
