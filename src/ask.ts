import { createInterface } from 'node:readline/promises';
import type { Ask } from './commands/init.ts';
import type { Terminal } from './terminal.ts';

/** Puts questions on the terminal and reads one line each; where the input has ended the preset is taken. */
export function createAsk(terminal: Terminal): { ask: Ask; close(): void } {
  const lines = createInterface({ input: terminal.stdin ?? process.stdin });
  const answers = lines[Symbol.asyncIterator]();
  return {
    ask: async ({ text, preset }) => {
      terminal.stdout.write(`${text}${preset ? `（直接回车为 ${preset}）` : ''}：`);
      const answer = await answers.next();
      if (answer.done) terminal.stdout.write('\n');
      return answer.done || answer.value.trim() === '' ? preset : answer.value.trim();
    },
    close: () => lines.close(),
  };
}
