import type Handlebars from 'handlebars';
import { toStructureMark } from './marks.ts';

/** A part of the draft that is more than a line of text; its texts still hold marks. */
export type Structure = { type: 'caption' | 'addressee'; text: string } | { type: 'table'; lines: string[] };

/** An annex before it is cut into blocks. */
export interface AnnexText {
  word: string;
  landscape: boolean;
  text: string;
}

/** Names of the block helpers that make structures, and what may stand behind the name. */
export const STRUCTURES: Readonly<Record<string, readonly string[]>> = {
  主送: [],
  题注: [],
  表: [],
  附件: ['横排'],
  附表: ['横排'],
};

type Options = Handlebars.HelperOptions;

/** The block helpers of what is more than a line of text; each keeps its part and leaves a mark. */
export function toStructureHelpers(structures: Structure[], annexes: AnnexText[]) {
  const keep = (structure: Structure): string => `\n\n${toStructureMark(structure, structures)}\n\n`;
  const toLine = (type: 'caption' | 'addressee') =>
    function (this: unknown, options: Options) {
      const text = toLines(options.fn(this)).join('');
      return text === '' ? '' : keep({ type, text });
    };
  const toAnnex = (word: string) =>
    function (this: unknown, ...parameters: unknown[]) {
      const options = parameters.at(-1) as Options;
      annexes.push({ word, landscape: parameters[0] === '横排', text: options.fn(this) });
      return '';
    };
  return {
    主送: toLine('addressee'),
    题注: toLine('caption'),
    表(this: unknown, options: Options) {
      return keep({ type: 'table', lines: toLines(options.fn(this)) });
    },
    附件: toAnnex('附件'),
    附表: toAnnex('附表'),
  };
}

const toLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
