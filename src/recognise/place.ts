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

/** The township that a sheet's or file's name gives, under its usual name; null when none does. */
export function findTown(text: string, catalogue: Catalogue): string | null {
  const { 乡镇后缀, 非乡镇, 别名 } = catalogue.areas;
  if (乡镇后缀.length === 0) return null;
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\.[a-z]+$/i, '');
  const place = findPlace(plain, catalogue);
  const own = place === null ? plain : plain.slice(place.length);
  const pattern = new RegExp(`^[年月份日]*([\\u4e00-\\u9fa5]{1,8}?(?:${乡镇后缀.join('|')}))`);
  for (const part of own.split(/[^\u4e00-\u9fa5]+/)) {
    // 甲县东镇: the county's name is no part of the township's.
    const town = pattern.exec(part)?.[1]?.replace(/^[\u4e00-\u9fa5]+?[县旗](?=[\u4e00-\u9fa5]{2})/, '');
    if (town === undefined || 乡镇后缀.includes(town) || 非乡镇.some((word) => town.includes(word))) continue;
    return Object.entries(别名).find(([, spellings]) => spellings.includes(town))?.[0] ?? town;
  }
  return null;
}
