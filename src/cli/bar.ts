import type { SafeTerminal } from '../terminal.ts';

/** One line on the terminal for a file that takes longer than a second. */
export function createBar(terminal: SafeTerminal, silent: boolean) {
  const started = new Map<string, number>();
  /** To the beginning of the line, which is emptied. */
  const line = `${terminal.escape}[G${terminal.escape}[K`;
  let shown = false;
  const off = silent || !terminal.stderr.isTTY;
  return {
    show: (file: string, rows: number) => {
      if (off) return;
      const start = started.get(file) ?? Date.now();
      started.set(file, start);
      if (Date.now() - start < 1000) return;
      terminal.stderr.write(`${line}正在读取 ${file}：${rows}行`);
      shown = true;
    },
    clear: () => {
      if (shown) terminal.stderr.write(line);
    },
  };
}
