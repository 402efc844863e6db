/** What a number format makes of a number. Plain integers: one per style, in a Uint8Array. */
export const NUMBER = 0;
export const DATE = 1;
/** A time of day, such as h:mm; matters only for a value below one day. */
export const TIME = 2;
/** Elapsed time, such as [h]:mm. */
export const ELAPSED = 3;

const DAY = 86_400;
/** Days between the two systems: serial 0 of 1904 is serial 1462 of 1900. */
const FROM_1904 = 1462;
/** 31 December 9999 in the 1900 system. */
const LAST_DAY = 2_958_465;

/**
 * A serial number as "2022-03-15", "2022-03-15T08:30:00" or "08:30:00", rounded to the second; null when Excel itself
 * has no date for it (negative, after 9999, day 0 of 1900). Serial 60 is "1900-02-29", a day Excel believes in.
 */
export function toDateText(serial: number, kind: number, date1904: boolean): string | null {
  const seconds = Math.round(serial * DAY);
  if (!(seconds >= 0)) return null;
  if (kind === ELAPSED) return toTimeText(seconds);
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  if (days === 0 && (kind === TIME || (rest > 0 && !date1904))) return toTimeText(rest);
  const day = date1904 ? days + FROM_1904 : days;
  if (day === 0 || day > LAST_DAY) return null;
  return rest === 0 ? toDayText(day) : `${toDayText(day)}T${toTimeText(rest)}`;
}

/** The text of a t="d" cell in the same form as a serial's: no fraction, no zone, no T00:00:00; else as it is. */
export function toIsoText(stored: string): string {
  const match = /^\s*(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d(?::\d\d)?)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\s*$/.exec(
    stored,
  );
  const [, day, time] = match ?? [];
  if (day === undefined && time === undefined) return stored;
  const full = time?.length === 5 ? `${time}:00` : time;
  if (day === undefined) return full ?? stored;
  return full === undefined || full === '00:00:00' ? day : `${day}T${full}`;
}

/** Lotus 1-2-3 took 1900 for a leap year and Excel keeps to it: days up to 59 lie one day off those from 61 on. */
function toDayText(day: number): string {
  if (day === 60) return '1900-02-29';
  const sinceEpoch = day - 25_569 + (day < 60 ? 1 : 0);
  return new Date(sinceEpoch * DAY * 1000).toISOString().slice(0, 10);
}

function toTimeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
