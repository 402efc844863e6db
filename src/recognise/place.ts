import type { Catalogue } from '../catalogue/index.ts';

/** The county, city or district that a title, 填表单位 row or file name begins with; null when none does. */
export function findPlace(text: string, { areas, programmes }: Catalogue): string | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[^:]{2,6}[:]\s*/, '');
  const follows = [...programmes.values()].flatMap(({ 同义 }) => 同义);
  const pattern = new RegExp(
    `^([\\u4e00-\\u9fa5]{1,8}?(?:${areas.后缀.join('|')}))(?=20\\d{2}|民政|[\\s(]|\\.|$|${follows.join('|')})`,
  );
  const place = pattern.exec(plain)?.[1];
  if (place === undefined || place.length < 2 || areas.非地名.some((word) => place.endsWith(word)))
    return null;
  return place;
}
