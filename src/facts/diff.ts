import { toPeriodText } from '../format.ts';
import type { Facts, Figure } from '../model.ts';
import { findOtherFiles, findReasons, type Pair, toRecognition, toShown, toTargetsText } from './reasons.ts';

/** A figure that is another one now. */
export interface Change {
  id: string;
  name: string;
  was: string;
  now: string;
  /** Chinese; empty when the facts do not tell. */
  reasons: string[];
}

/** What differs between two facts. */
export interface Difference {
  /** Chinese: what is not the same in what they were made of. */
  causes: string[];
  changed: Change[];
  /** Figures whose whole is the same while that of some areas is not. */
  moved: { id: string; name: string; places: string[] }[];
  appeared: { id: string; name: string; text: string }[];
  gone: { id: string; name: string; text: string }[];
  /** How many are known in both and equal. */
  same: number;
}

/** Compares two facts figure by figure; what neither of them knows is nothing. */
export function diffFacts(was: Facts, now: Facts): Difference {
  const before = new Map(was.figures.map((figure) => [figure.id, figure]));
  const after = new Map(now.figures.map((figure) => [figure.id, figure]));
  const both = now.figures.flatMap((figure) => {
    const old = before.get(figure.id);
    return old && old.status !== 'absent' && figure.status !== 'absent' ? [{ old, fresh: figure }] : [];
  });
  const differing = both.filter(({ old, fresh }) => isOther(old, fresh));
  const pair: Pair = { was, now, changed: new Set(differing.map(({ fresh }) => fresh.id)) };
  return {
    causes: findCauses(was, now),
    changed: differing.map(({ old, fresh }) => ({
      id: fresh.id,
      name: fresh.name,
      was: toShown(old, fresh),
      now: toShown(fresh, old),
      reasons: findReasons(old, fresh, pair),
    })),
    moved: both.flatMap(({ old, fresh }) => {
      const places = isOther(old, fresh) ? [] : findMoved(old, fresh);
      return places.length === 0 ? [] : [{ id: fresh.id, name: fresh.name, places }];
    }),
    appeared: now.figures
      .filter(isGiven)
      .filter(({ id }) => !isGiven(before.get(id)))
      .map(toLine),
    gone: was.figures
      .filter(isGiven)
      .filter(({ id }) => !isGiven(after.get(id)))
      .map(toLine),
    same: both.filter(({ old, fresh }) => old.status === 'known' && !isOther(old, fresh)).length,
  };
}

const isGiven = (figure: Figure | undefined): boolean => figure !== undefined && figure.status !== 'absent';
const toLine = ({ id, name, text }: Figure) => ({ id, name, text });

const isOther = (was: Figure, now: Figure): boolean =>
  was.value !== now.value || was.status !== now.status || was.text !== now.text;

function findMoved({ parts: was = [] }: Figure, { parts: now = [] }: Figure): string[] {
  const toKey = ({ by, within, name }: { by: string; within: string | null; name: string | null }) =>
    JSON.stringify([by, within, name]);
  const before = new Map(was.map((part) => [toKey(part), part.value]));
  const after = new Map(now.map((part) => [toKey(part), part.value]));
  // Figures that were not told apart in one of the two say nothing.
  if (before.size === 0 || after.size === 0) return [];
  return [...was, ...now.filter((part) => !before.has(toKey(part)))]
    .filter((part) => before.get(toKey(part)) !== after.get(toKey(part)))
    .map(({ name }) => name ?? '未写明');
}

/** What the two were made of, where it is not the same. */
function findCauses(was: Facts, now: Facts): string[] {
  return [
    ...toChange('地区', was.place, now.place),
    ...toChange('时期', toPeriodText(was.period), toPeriodText(now.period)),
    ...findFiles(was, now),
    ...findSheets(was, now),
    ...findSetup(was, now),
    ...findTargets(was, now),
    ...findHandedIn(was, now),
    ...toChange('程序版本', was.generator.version, now.generator.version),
  ];
}

const toChange = (what: string, was: string, now: string): string[] =>
  was === now ? [] : [`${what}由${was || '（没有）'}变为${now || '（没有）'}`];

function findFiles({ sources: was }: Facts, { sources: now }: Facts): string[] {
  const had = new Set(was.map(({ sha256 }) => sha256));
  const has = new Set(now.map(({ sha256 }) => sha256));
  const names = (all: Facts['sources']) => new Set(all.map(({ name }) => name));
  const fresh = now.filter(({ sha256 }) => !had.has(sha256));
  const gone = was.filter(({ sha256 }) => !has.has(sha256));
  return [
    ...fresh.map(({ name }) => `${names(gone).has(name) ? '内容变了的文件' : '新增文件'} ${name}`),
    ...gone.filter(({ name }) => !names(fresh).has(name)).map(({ name }) => `少了文件 ${name}`),
  ];
}

function findSheets({ sheets: was }: Facts, { sheets: now }: Facts): string[] {
  return now.flatMap((sheet) => {
    const old = was.find((each) => each.file === sheet.file && each.sheet === sheet.sheet);
    if (!old) return [];
    const place = `${sheet.file}${sheet.sheet === '' ? '' : `“${sheet.sheet}”`}`;
    const rows = old.used === sheet.used ? [] : [`用的行由${old.used}变为${sheet.used}`];
    return [...rows, ...toRecognition(old, sheet)].map((text) => `${place}${text}`);
  });
}

function findSetup(was: Facts, now: Facts): string[] {
  const files = findOtherFiles(was, now);
  const methods = new Set([...Object.keys(was.setup.methods), ...Object.keys(now.setup.methods)]);
  return [
    ...(files.length > 0 ? [`口径、模板或版式文件不同：${files.join('、')}`] : []),
    ...[...methods].flatMap((name) =>
      toChange(`口径“${name}”`, was.setup.methods[name] ?? '', now.setup.methods[name] ?? ''),
    ),
    ...(was.setup.indicators === now.setup.indicators ? [] : ['mzreport.yaml 的“指标”不同']),
    ...(was.setup.mappings === now.setup.mappings ? [] : ['mzreport.yaml 的“识别”不同']),
  ];
}

function findTargets({ figures: was }: Facts, { figures: now }: Facts): string[] {
  const before = new Map(was.map((figure) => [figure.id, figure]));
  return now.flatMap((figure) => {
    const old = before.get(figure.id);
    if (!old || figure.id.includes('#')) return [];
    return toChange(`${figure.name}的目标`, toTargetsText(old), toTargetsText(figure));
  });
}

function findHandedIn({ counties: was }: Facts, { counties: now }: Facts): string[] {
  const list = (all: Facts['counties']) =>
    (all ?? [])
      .filter(({ file }) => file !== null)
      .map(({ place }) => place)
      .join('、');
  return toChange('报送的县区', list(was), list(now));
}
