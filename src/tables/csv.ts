import { FILLED_BY_HAND, type Sheet, toPrinted } from './table.ts';

/** A table as CSV for Excel: UTF-8 with a byte order mark (it is read as GBK without), CRLF, no separators in numbers. */
export function renderCsv(
  { title, organisation, when, columns, rows, notes }: Sheet,
  number: number,
): Uint8Array {
  const head = columns.map(({ group, name, unit }) => `${group}${name}${unit === '' ? '' : `（${unit}）`}`);
  const body = rows.map(({ cells, indented }) =>
    cells.map((cell, index) => {
      const text = cell.type === 'number' ? cell.text.replaceAll(',', '') : toInert(toPrinted(cell));
      return index === 0 && indented ? `　${text}` : text;
    }),
  );
  const lines = [
    [`附表${number}`],
    [toInert(title)],
    [`填报单位：${organisation}`, when],
    head.map(toInert),
    ...body,
    ...notes.map((note) => [toInert(note)]),
    [FILLED_BY_HAND],
  ];
  return toCsv(lines);
}

/** Lines of cells as the bytes of such a file, or of a later part of it; texts must be inert already. */
export const toCsv = (lines: string[][], isFirst = true): Uint8Array =>
  new TextEncoder().encode(
    `${isFirst ? '\ufeff' : ''}${lines.map((line) => `${toLine(line)}\r\n`).join('')}`,
  );

/** A text that Excel does not run: what begins like a formula it runs from a CSV too, in Chinese editions also with full-width signs. */
export const toInert = (text: string): string => {
  const plain = text.replace(/[\u0000-\u001f\u007f]/g, '');
  return /^[\s\u3000]*[=+\-@＝＋－＠]/.test(plain) ? `'${plain}` : plain;
};

const toLine = (cells: string[]): string =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
