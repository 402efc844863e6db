import { toDateText, toIsoText } from '../xlsx/date.ts';
import { toPlainNumber } from '../xlsx/number.ts';

/** A cell's text by its attributes: what is stored goes before what is shown, which may be rounded. */
export function toCellText(cell: Record<string, string>, shown: string, dateStyles: Map<string, number>) {
  const { 'value-type': type, value, 'style-name': style = '' } = cell;
  const number = value === undefined || type === 'string' ? null : toPlainNumber(value);
  if (number === null) return { text: toTypedText(cell, shown), isNumeric: false };
  const kind = dateStyles.get(style);
  const date = kind === undefined ? null : toDateText(Number(value), kind, false);
  return { text: date ?? number, isNumeric: date === null };
}

function toTypedText(cell: Record<string, string>, shown: string): string {
  const { 'date-value': date, 'time-value': time, 'boolean-value': truth } = cell;
  if (date !== undefined) return toIsoText(date);
  if (time !== undefined) return toTimeText(time);
  return truth?.toUpperCase() ?? (shown || (cell['string-value'] ?? ''));
}

/** PT08H30M00S as 08:30:00. */
function toTimeText(duration: string): string {
  const match = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(duration);
  return match
    ? match
        .slice(1, 4)
        .map((part) => part.padStart(2, '0'))
        .join(':')
    : duration;
}
