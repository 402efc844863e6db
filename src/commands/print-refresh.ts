import { type Refreshed, WRITTEN } from '../audit/index.ts';
import type { Color } from '../terminal.ts';
import type { Refresh } from './refresh.ts';

/** Fate → heading of its list, and what to do; in the order in which they are printed. */
const HEADINGS: Record<Refreshed['fate'], string> = {
  changed: '已更新',
  filled: '原为待核，已填入',
  pending: '现为待核，请补上材料',
  overwritten: '人改过，没有动，请核对',
  reworded: '数两旁的话也要改，没有动，请按新稿改写',
  gone: '新稿不再印这个数，没有动，请看这句话是否要删',
  lost: '原处已被删改，找不到，请核对是否还有这个数',
  added: '新稿多出的数，文稿里没有，请看是否要补写',
};

/** What `refresh` prints: what changed (was, now, where), what a person has to look at, the file. */
export function toRefreshLines({ results, names, written }: Refresh, color: Color): string[] {
  const count = results.filter(({ fate }) => WRITTEN.has(fate)).length;
  const lists = (Object.keys(HEADINGS) as Refreshed['fate'][]).flatMap((fate) => {
    const own = results.filter((each) => each.fate === fate);
    if (own.length === 0) return [];
    const heading = `${HEADINGS[fate]}（${own.length}处）`;
    const paint = fate === 'changed' || fate === 'filled' ? color.green : color.yellow;
    return [paint(heading), ...own.map((each) => `  ${toLine(each, names)}`)];
  });
  return [
    `更新${count}处${results.length > count ? `，另有${results.length - count}处没有动，要人看` : ''}`,
    ...lists,
    ...toWrittenLines(written, color),
  ];
}

/** 低保金发放金额：2850.46万元 → 2851.06万元，在“…发放低保金2850.46万元…” */
function toLine(
  { fate, figure, was, found, now, place, fresh }: Refreshed,
  names: Map<string, string>,
): string {
  const name = names.get(figure) ?? figure;
  const at = place === '' ? '' : `，在${place}`;
  const written = `${name}：${was ?? ''} → ${now ?? '不再印'}`;
  switch (fate) {
    case 'overwritten':
      return `${name}：本程序写的是${was}，现为“${found}”，按这次的表格是${now ?? '不再印'}${at}`;
    case 'reworded':
      return `${written}${at}；新稿写作“${fresh}”`;
    case 'added':
      return `${name}：${now}；新稿写作“${fresh}”`;
    default:
      return `${written}${at}`;
  }
}

function toWrittenLines(written: Refresh['written'], color: Color): string[] {
  if (written === null) return ['没有需要更新的数，没有写出文件'];
  return [
    color.green('已写出'),
    `  ${written.path}`,
    ...(written.kept ? [color.yellow(`  （${written.kept}被人改过或不是本程序写的，予以保留）`)] : []),
    ...(written.backup ? [color.yellow(`  （原来的一份改名为${written.backup}）`)] : []),
  ];
}
