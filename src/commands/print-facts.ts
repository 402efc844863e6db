import type { Color } from '../terminal.ts';
import { toWrittenLines } from './print.ts';
import type { Rerendered } from './render.ts';

/** What `render` prints: what is to be known, files. */
export const toRenderLines = ({ written, notes }: Rerendered, color: Color): string[] => [
  ...notes.map((note) => color.yellow(`注意：${note}`)),
  ...toWrittenLines(written, color),
];
