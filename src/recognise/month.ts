const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** A month at the beginning of a text: 一月份, 1月, 2023年1月, 202301, 2023.01. */
export interface Month {
  /** null when the text names none. */
  year: string | null;
  /** "03" */
  month: string;
  /** What follows it. */
  rest: string;
}

const toMonth = (text: string | undefined): string | null => {
  const number = CHINESE.includes(text ?? '') ? CHINESE.indexOf(text ?? '') + 1 : Number(text);
  return number >= 1 && number <= 12 ? String(number).padStart(2, '0') : null;
};

/** The month that a head's text begins with; null when it begins with none. `text` is NFKC without white space. */
export function findMonth(text: string): Month | null {
  const worded =
    /^(?:(20\d{2})[年./-]?)?(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?!起|至|[-—~]\d)(.*)$/.exec(text);
  const coded = /^(20\d{2})[./-]?(0[1-9]|1[0-2]|(?<=[./-])[1-9])$/.exec(text);
  const found = worded ?? coded;
  const month = toMonth(found?.[2]);
  return found && month ? { year: found[1] ?? null, month, rest: found[3] ?? '' } : null;
}

/** The month that a cell without its year stands for: 3, 3月, 三月份, 一季度 (its last month); null for anything else. */
export function findBareMonth(cell: string): string | null {
  const plain = cell.normalize('NFKC').replace(/\s/g, '');
  const month = toMonth(/^(\d{1,2}|十[一二]?|[一二三四五六七八九])(月份?)?$/.exec(plain)?.[1]);
  return month ?? findQuarter(plain);
}

/** "2023年一季度" → 2023-03; also without a year, then the text must be nothing else. */
export function findQuarterCell(cell: string): { year: string | null; month: string } | null {
  const plain = cell.normalize('NFKC').replace(/\s/g, '');
  const found = /^(?:(20\d{2})年?[-./]?)?(.*)$/.exec(plain);
  const month = findQuarter(found?.[2] ?? '');
  return month ? { year: found?.[1] ?? null, month } : null;
}

function findQuarter(text: string): string | null {
  const quarter = /^(?:第?([一二三四1-4])季度?|[Qq]([1-4]))$/.exec(text);
  const word = quarter?.[1] ?? quarter?.[2];
  if (word === undefined) return null;
  const number = CHINESE.includes(word) ? CHINESE.indexOf(word) + 1 : Number(word);
  return String(number * 3).padStart(2, '0');
}
