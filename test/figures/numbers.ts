/** The numbers of a text as plain decimals, without thousands separators. */
export const toNumbers = (text: string): string[] =>
  text.replace(/(\d),(?=\d{3})/g, '$1').match(/\d+(\.\d+)?/g) ?? [];

/** The numbers of a published value; what stands in brackets is a remark. */
export const toPublished = (value: string): string[] => toNumbers(value.replace(/\([^)]*\)/g, ''));

/** Whether a printed text says what was published; 余 and 多 are a little less than the truth, 近 a little more. */
export function fits(published: string, printed: string): boolean {
  const ours = toNumbers(printed).map(Number);
  const isNear = (number: number, value: number): boolean => {
    if (published.startsWith('不到')) return number < value;
    if (/[余多]/.test(published)) return number >= value && number < value * 1.1;
    if (published.includes('近')) return number <= value && number > value * 0.9;
    return number === value;
  };
  const theirs = toPublished(published).map(Number);
  return theirs.length > 0 && theirs.every((value) => ours.some((number) => isNear(number, value)));
}
