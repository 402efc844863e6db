import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Failure } from '../failure.ts';

/** Makes the failure that names file and line. */
export type Fail = (found: string) => Failure;

const MARKS = ['年', '上年', '地区'];

/**
 * What is wrong with a path of a plan; null when nothing is. A plan is copied from bureau to bureau: one that climbs out
 * of its folder would read or write who knows what there. Who means another place writes it as an absolute path.
 */
export function toFault(path: string): string | null {
  if (path.trim() === '') return '是空的';
  if (/\p{Cc}/u.test(path)) return '里有控制字符';
  if (path.split(/[\\/]/).includes('..'))
    return `“${path}”用 .. 走出了文件夹；确实在别处的，请写完整路径（如 D:\\报送 或 /srv/报送）`;
  const unknown = [...path.matchAll(/\{([^{},.]*)\}/g)].find(([, name]) => !MARKS.includes(name ?? ''));
  return unknown ? `没有${unknown[0]}可用，可用 {年}、{上年}、{地区}` : null;
}

/** The path with its marks filled in; throws when one is there for which there is nothing. */
export function fillIn(path: string, year: string | null, place: string | null, fail: Fail): string {
  if (year === null && /\{上?年\}/.test(path)) throw fail(`“${path}”里有{年}，而计划没有写年度`);
  if (place === null && path.includes('{地区}')) throw fail(`“${path}”里有{地区}，而这里不是一个地区的`);
  return path
    .replaceAll('{年}', year ?? '')
    .replaceAll('{上年}', String(Number(year) - 1))
    .replaceAll('{地区}', place ?? '');
}

/**
 * An output folder, absolute. A relative one must lie in `base` also where links lead it; an absolute one is taken as
 * meant, but for `inside`: what lies in a plan's output folder may lie nowhere else.
 */
export function toPlace(path: string, base: string, fail: Fail, inside = false): string {
  if (isAbsolute(path) && !inside) return resolve(path);
  const place = resolve(base, path);
  if (isAbsolute(path) || place === resolve(base) || !isWithin(toReal(place), toReal(base)))
    throw fail(
      inside
        ? `输出“${path}”不在输出目录之内；各任务写在输出目录里各自的文件夹，要换地方请改输出目录`
        : `输出目录“${path}”不在计划所在的文件夹之内（可能是链接）；确实要写到别处的，请写完整路径`,
    );
  return place;
}

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..');
};

/** Where a path really leads; of one that is not there yet, where its nearest folder that is does. */
function toReal(path: string): string {
  if (existsSync(path) || dirname(path) === path) return existsSync(path) ? realpathSync(path) : path;
  return resolve(toReal(dirname(path)), relative(dirname(path), path));
}
