import { Chalk } from 'chalk';
import type { Color, SafeTerminal } from '../terminal.ts';
import { toVisible } from './safe.ts';

const STYLES = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

/** Colours for the terminal's standard output, written in the way that makeSafe lets through. */
export function createColor({ stdout, escape: mark }: SafeTerminal): Color {
  const chalk = new Chalk({ level: stdout.isTTY ? 1 : 0 });
  const paint = (style: (typeof STYLES)[number]) => (text: string) =>
    chalk[style](toVisible(text).replaceAll(mark, '\x1b')).replaceAll('\x1b', mark);
  return Object.fromEntries(STYLES.map((style) => [style, paint(style)])) as Color;
}
