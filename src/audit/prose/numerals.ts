const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const GROUPS: Record<string, number> = { 万: 10_000, 亿: 100_000_000 };

/** The number that a Chinese numeral says, 三千二百 → 3200; null when it is none, such as 三千二 or 一一. */
export function parseNumeral(text: string): number | null {
  let [total, group, digit, last] = [0, 0, 0, Number.POSITIVE_INFINITY];
  let open = false;
  for (const char of text) {
    const [number, place, big] = [DIGITS[char], PLACES[char], GROUPS[char]];
    if (number !== undefined) {
      if (open && digit !== 0) return null;
      [digit, open] = [number, true];
    } else if (place !== undefined) {
      if (place >= last || (!open && (place > 10 || group > 0))) return null;
      group += (open ? digit : 1) * place;
      [digit, open, last] = [0, false, place];
    } else if (big !== undefined) {
      total = (total + group + digit) * big;
      [group, digit, open, last] = [0, 0, false, Number.POSITIVE_INFINITY];
    } else return null;
  }
  // 三千二 means 3200 to some and 3002 to nobody; a person should look.
  if (digit !== 0 && last > 10 && Number.isFinite(last) && !text.includes('零')) return null;
  return text === '' ? null : total + group + digit;
}
