import type { FieldSpec } from './catalogue/index.ts';

/** What may be shown of a cell: IDs as 9901**********123X, long numbers cut, other text of unknown or private columns by its first letter. */
export function toMasked(text: string, field: FieldSpec | undefined): string {
  const plain = text.trim();
  if (plain === '') return '';
  // A name may stand beside the number.
  if (/\d{11}/.test(plain))
    return /^[\dXx\s.-]+$/.test(plain)
      ? `${plain.slice(0, 4)}**********${plain.slice(-4)}`
      : `${plain.slice(0, 1)}***`;
  const shown = field !== undefined && ['金额', '整数', '小数', '日期', '年月', '文本'].includes(field.类型);
  if (shown) return plain.length > 16 ? `${plain.slice(0, 16)}…` : plain;
  return field === undefined && /^[\d.,%-]+$/.test(plain) ? plain : `${plain.slice(0, 1)}***`;
}

/** What may be kept of a head's text, parents first: a title merged over columns may say who made the table and how to call them. */
export const toHeadText = (label: string): string =>
  label
    .split(' ')
    .filter((part) => part.length <= 16 && !/[:：]|\d{6}/.test(part))
    .join(' ');

/** A text of a person, such as a name of an indicator, in which long numbers are cut: it is none of them that it names. */
export const toWithoutNumbers = (text: string): string =>
  text.replace(/\d{11,}[\dXx]?/g, (number) => `${number.slice(0, 4)}**********${number.slice(-4)}`);
