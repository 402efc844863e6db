import { randomBytes } from 'node:crypto';
import type { SafeTerminal, Terminal } from '../terminal.ts';

/**
 * The one way to the terminal: no character of a file, its name or a cell can do more there than be seen. Control
 * characters become pictures of themselves; those that reorder text, and those above DEL, become �. Only colours and the
 * progress line move anything: they write `escape`, which changes with every run, so that no file can contain it.
 */
export function makeSafe({ argv, stdin, stdout, stderr }: Terminal): SafeTerminal {
  const mark = `\ufdd0${randomBytes(16).toString('hex')}\ufdd1`;
  const wrap = (stream: Terminal['stdout']): Terminal['stdout'] => ({
    write: (text) => stream.write(toVisible(text).replaceAll(mark, '\x1b')),
    ...(stream.isTTY === undefined ? {} : { isTTY: stream.isTTY }),
    ...(stream.columns === undefined ? {} : { columns: stream.columns }),
  });
  return { argv, stdout: wrap(stdout), stderr: wrap(stderr), ...(stdin ? { stdin } : {}), escape: mark };
}

/** A text of which every character can be seen, but for tabs and ends of lines. */
export const toVisible = (text: string): string =>
  text
    .replace(/[\x00-\x08\x0b-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replaceAll('\x7f', '\u2421')
    .replace(/[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
