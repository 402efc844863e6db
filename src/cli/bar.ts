import type { Terminal } from '../terminal.ts';

/** One line on the terminal for a file that takes longer than a second. */
export function createBar(terminal: Terminal, silent: boolean) {
  const started = new Map<string, number>();
  let shown = false;
  const off = silent || !terminal.stderr.isTTY;
  return {
    show: (file: string, rows: number) => {
      if (off) return;
      const start = started.get(file) ?? Date.now();
      started.set(file, start);
      if (Date.now() - start < 1000) return;
      terminal.stderr.write(`\r\x1b[K正在读取 ${file}：${rows}行`);
      shown = true;
    },
    clear: () => {
      if (shown) terminal.stderr.write('\r\x1b[K');
    },
  };
}
