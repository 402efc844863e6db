import type { Catalogue } from './catalogue/index.ts';
import { Failure } from './failure.ts';
import type { Period, Recognition, Sheet } from './model.ts';
import type { LoadedTable } from './normalise/index.ts';
import { findPlace } from './recognise/index.ts';
import type { Store } from './store/index.ts';

/** Something that was found and where. */
export interface Settled<T> {
  value: T;
  /** Chinese: 来自命令行或配置, or the text in which it stands. */
  from: string;
}

type Recognised = { sheet: Sheet; recognition: Recognition };

/** The place: as given, else what most titles and file names begin with; '' when none names one. */
export function settlePlace(
  given: string | null,
  recognised: Recognised[],
  catalogue: Catalogue,
): Settled<string> {
  if (given !== null) return { value: given, from: '命令行或配置文件' };
  const votes = new Map<string, { count: number; from: string }>();
  for (const { sheet, recognition } of recognised) {
    for (const text of [...recognition.preamble.flatMap((line) => line.split(/\s+/)), sheet.source.name]) {
      const place = findPlace(text, catalogue);
      if (place === null) continue;
      const vote = votes.get(place);
      if (vote) vote.count += 1;
      else votes.set(place, { count: 1, from: `“${text}”` });
    }
  }
  const [best] = [...votes].sort((a, b) => b[1].count - a[1].count);
  if (!best) return { value: '', from: '没有找到，文稿中印出待填；可用 --place 写明' };
  return { value: best[0], from: best[1].from };
}

/** The period: as given, else the year that most titles name, else the year of most rows. */
export async function settlePeriod(
  given: Period | null,
  { recognised, tables }: { recognised: Recognised[]; tables: LoadedTable[] },
  store: Store,
): Promise<Settled<Period>> {
  if (given !== null) return { value: given, from: '命令行或配置文件' };
  const titles = tables.length > 0 ? tables : recognised;
  const named = titles.flatMap(({ recognition, sheet }) =>
    recognition.period
      ? [
          {
            year: recognition.period.to.slice(0, 4),
            period: recognition.period,
            from: `“${toTitle(recognition, sheet)}”`,
          },
        ]
      : [],
  );
  const best = mostFrequent(named.map(({ year }) => year)) ?? mostFrequent(await findYears(tables, store));
  if (best === null)
    throw new Failure('period-unknown', { where: recognised.map(({ sheet }) => sheet.source.name)[0] ?? '' });
  const own = named.filter(({ year }) => year === best);
  const from = own[0]?.from ?? '数据的日期';
  return {
    value: findCommon(own.map(({ period }) => period)) ?? { from: `${best}-01`, to: `${best}-12` },
    from,
  };
}

/** The part of a year that all titles name; null when they differ, and for single months, of which a year's lists are made. */
function findCommon([first, ...others]: Period[]): Period | null {
  if (!first || first.from === first.to || first.from.slice(0, 4) !== first.to.slice(0, 4)) return null;
  return others.every(({ from, to }) => from === first.from && to === first.to) ? first : null;
}

const toTitle = (recognition: Recognition, sheet: Sheet): string =>
  recognition.preamble.find((line) => /20\d{2}/.test(line))?.slice(0, 40) ?? sheet.source.name;

/** The most frequent text; the greatest among equals, so that the later year wins. */
function mostFrequent(texts: string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0]?.[0] ?? null;
}

async function findYears(tables: LoadedTable[], store: Store): Promise<string[]> {
  const years: string[] = [];
  for (const { table } of tables) {
    const [row] = await store.rows(
      `select mode(year(on_day)) as year from ${table} where on_day is not null and aside is null`,
    );
    if (row?.year) years.push(String(row.year));
  }
  return years;
}
