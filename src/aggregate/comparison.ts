import Big from 'big.js';
import {
  toChangeText,
  toGrowthText,
  toPeriodText,
  toPointsText,
  toQuotient,
  toScale,
  toSinceText,
  toText,
  toYearBefore,
} from '../format.ts';
import type { Base, Basis, Figure, Period } from '../model.ts';
import { toBase, toChild, toPending } from './shell.ts';

/** A figure of an earlier span as it was found, before it is known whether it may be compared. */
export interface Earlier extends Base {
  /** How it was computed; null when a person stated it. */
  definition: string | null;
  /** Months that its rows really cover; null when they cover the span. */
  covered: Period | null;
}

/** How a figure is computed, to be compared with last year's; null when a person stated it. */
export function toDefinition(basis: Basis): string | null {
  if (basis.type === 'rows') return `${basis.formula}，${basis.filter}`;
  return basis.type === 'derived' ? basis.formula : null;
}

/** The base with a note where 口径 or the months covered differ. */
export function toNoted(figure: Figure, earlier: Earlier): Base {
  const base = toBase(earlier);
  const own = toDefinition(figure.basis);
  const notes = base.note === null ? [] : [base.note];
  if (own !== null && earlier.definition !== null && own !== earlier.definition)
    notes.push(`口径与上年不同（上年为“${earlier.definition}”，本年为“${own}”）`);
  const length = findLengthNote(figure, earlier);
  if (length !== null) notes.push(length);
  return { ...base, note: notes.length > 0 ? notes.join('；') : null };
}

/** Flows of different length are not the same thing; rates, standards and stocks are. */
function findLengthNote({ kind, covered, period }: Figure, earlier: Earlier): string | null {
  if ((kind !== '当期数' && kind !== '人次') || earlier.definition === null) return null;
  const own = covered ?? period;
  const theirs = earlier.covered ?? earlier.period;
  const same = toYearBefore(own);
  if (same.from === theirs.from && same.to === theirs.to) return null;
  return `本年的数据是${toPeriodText(own)}的，上年的是${toPeriodText(theirs)}的，长短不同`;
}

interface Side {
  /** How the base is called: 上年, 上年末. */
  name: string;
  toWords: (change: string) => string;
}

const LAST_YEAR: Side = { name: '上年', toWords: toGrowthText };
const YEAR_END: Side = { name: '上年末', toWords: toSinceText };

/** Growth against last year, or the difference in 百分点 for a percentage; worded where there is no rate of growth. */
export const toYearOnYear = (figure: Figure, value: string, base: Base): Figure =>
  toChange(`${figure.id}#同比`, figure, value, base, LAST_YEAR);

/** The same against the end of last year, for a stock. */
export const toSinceYearEnd = (figure: Figure, value: string, base: Base): Figure =>
  toChange(`${figure.id}#较上年末`, figure, value, base, YEAR_END);

function toChange(id: string, figure: Figure, value: string, base: Base, side: Side): Figure {
  const before = base.value === null ? '待核' : toText(base.value, figure.unit, figure.decimals);
  const isPercent = toScale(figure.unit).eq(0.01);
  const formula = isPercent ? `本年 − ${side.name}` : `（本年 − ${side.name}）÷ ${side.name}`;
  const name = `${figure.name}${id.slice(id.indexOf('#') + 1)}`;
  const shell = toChild(figure, id, name, `${formula}，${side.name}为${before}（${base.where}）`);
  if (base.value === null) return toPending(shell, `${side.name}数${base.reason ?? ''}`);
  const difference = new Big(value).minus(base.value);
  if (isPercent)
    return toKnown(
      shell,
      difference.toFixed(),
      side.toWords(toPointsText(difference.toFixed(), figure.decimals)),
    );
  if (new Big(base.value).lte(0)) {
    const reason = `${side.name}为${new Big(base.value).eq(0) ? '0' : '负数'}`;
    return { ...shell, text: `${reason}，不计增长率`, reason };
  }
  const growth = toQuotient(difference, new Big(base.value)).toFixed();
  return toKnown(shell, growth, side.toWords(toChangeText(growth, 1)));
}

const toKnown = (shell: Figure, value: string, text: string): Figure => ({
  ...shell,
  status: 'known',
  value,
  text,
});
