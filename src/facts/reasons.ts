import { toNumber, toPeriodText, toText } from '../format.ts';
import type { Basis, Facts, Figure, FigureSource, LoadedSheet } from '../model.ts';

/** Two reports side by side: as it was and as it is. */
export interface Pair {
  was: Facts;
  now: Facts;
  /** Ids of the figures whose value is another. */
  changed: Set<string>;
}

/** Chinese: why a figure is another one, as far as the facts tell; [] when they do not. */
export function findReasons(was: Figure, now: Figure, pair: Pair): string[] {
  const own = [
    ...findPeriod(was, now),
    ...(was.status === 'known' && now.status === 'known' ? findCovered(was, now) : []),
    ...findOrigin(was, now, pair),
    ...findStatus(was, now),
  ];
  return own.length > 0 ? [...new Set(own)] : findCauses(pair);
}

function findOrigin(was: Figure, now: Figure, pair: Pair): string[] {
  if (was.basis.type === now.basis.type) return findBasis(was, now, pair);
  // A figure that became known, or open: the other side has no basis, and its text says why.
  if (was.basis.type === 'none' || now.basis.type === 'none') {
    const { basis } = was.basis.type === 'none' ? now : was;
    return basis.type === 'rows' ? findSources(basis.sources, pair) : [];
  }
  return [`依据由${BASES[was.basis.type]}变为${BASES[now.basis.type]}`];
}

function findSources(sources: FigureSource[], pair: Pair): string[] {
  const recognised = sources.flatMap((source) => findRecognition(source, pair));
  if (recognised.length > 0) return recognised;
  return sources.filter(({ file }) => isOther(file, pair)).map((source) => `${toPlace(source)}的内容变了`);
}

const BASES: Record<Basis['type'], string> = {
  rows: '表中的行',
  manual: '手工填报',
  derived: '别的数算出',
  counties: '各县区汇总',
  none: '没有',
};

const findPeriod = (was: Figure, now: Figure): string[] =>
  toPeriodText(was.period) === toPeriodText(now.period)
    ? []
    : [`时期由${toPeriodText(was.period)}变为${toPeriodText(now.period)}`];

function findCovered(was: Figure, now: Figure): string[] {
  const [before, after] = [was.covered, now.covered].map((each) => (each ? toPeriodText(each) : '全期'));
  return before === after ? [] : [`数据覆盖的时段由${before}变为${after}`];
}

function findStatus(was: Figure, now: Figure): string[] {
  if (was.status !== 'known' && now.status !== 'known' && was.reason !== now.reason)
    return [`原因由“${was.reason ?? ''}”变为“${now.reason ?? ''}”`];
  return [];
}

function findBasis(was: Figure, now: Figure, pair: Pair): string[] {
  const [a, b] = [was.basis, now.basis];
  if (a.type === 'rows' && b.type === 'rows')
    return [
      ...toChange('算法', a.formula, b.formula),
      ...toChange('取数条件', a.filter, b.filter),
      ...findRows(a.sources, b.sources, pair),
      ...findSetAside(a.setAside, b.setAside),
    ];
  if (a.type === 'manual' && b.type === 'manual') return [`填报的值变了（${toPlace(b)}）`];
  if (a.type === 'derived' && b.type === 'derived') return findOperands(was, now, b.from, pair);
  if (a.type === 'counties' && b.type === 'counties')
    return [...toChange('汇总方法', a.formula, b.formula), ...findCounties(a.from, b.from)];
  return [];
}

const toChange = (what: string, was: string, now: string): string[] =>
  was === now ? [] : [`${what}由“${was}”变为“${now}”`];

const toPlace = ({ file, sheet, row }: { file: string; sheet: string; row?: number }): string =>
  `${file}${sheet === '' ? '' : `“${sheet}”`}${row === undefined ? '' : `第${row}行`}`;

function findRows(was: FigureSource[], now: FigureSource[], pair: Pair): string[] {
  const before = new Map(was.map((source) => [toPlace(source), source]));
  const after = new Map(now.map((source) => [toPlace(source), source]));
  return [
    ...now.flatMap((source) => {
      const place = toPlace(source);
      const old = before.get(place);
      if (!old) return [`新用了${place}（${source.rowsUsed}行）`];
      if (old.rowsUsed !== source.rowsUsed)
        return [`${place}计入的行由${old.rowsUsed}变为${source.rowsUsed}`];
      return isOther(source.file, pair) ? [`${place}的内容变了（计入的仍是${source.rowsUsed}行）`] : [];
    }),
    ...was
      .filter((source) => !after.has(toPlace(source)))
      .map((source) => `不再用${toPlace(source)}（${source.rowsUsed}行）`),
    ...now.flatMap((source) => findRecognition(source, pair)),
  ];
}

function isOther(file: string, { was, now }: Pair): boolean {
  const [before, after] = [was, now].map(({ sources }) => sources.find(({ name }) => name === file)?.sha256);
  return before !== after;
}

/** A sheet that was taken for something else, or a column for another field. */
function findRecognition(source: { file: string; sheet: string }, pair: Pair): string[] {
  const [was, now] = [pair.was, pair.now].map(({ sheets }) =>
    sheets.find(({ file, sheet }) => file === source.file && sheet === source.sheet),
  );
  return was && now ? toRecognition(was, now).map((text) => `${toPlace(source)}${text}`) : [];
}

/** Chinese: in what a sheet was recognised differently. */
export function toRecognition(was: LoadedSheet, now: LoadedSheet): string[] {
  const toKind = ({ dataset, programme }: LoadedSheet) =>
    [dataset ?? '未采用', programme].filter((each) => each !== null).join('·');
  const columns = ({ columns: all }: LoadedSheet) => new Map(all.map((each) => [each.label, each.field]));
  const [before, after] = [columns(was), columns(now)];
  const labels = [...new Set([...before.keys(), ...after.keys()])];
  const moved = labels.filter((label) => before.get(label) !== after.get(label));
  return [
    ...(toKind(was) === toKind(now) ? [] : [`由认作${toKind(was)}变为认作${toKind(now)}`]),
    ...moved.map(
      (label) => `的列“${label}”由${before.get(label) ?? '不用'}变为${after.get(label) ?? '不用'}`,
    ),
  ];
}

function findSetAside(
  was: { reason: string; rows: number }[],
  now: { reason: string; rows: number }[],
): string[] {
  const before = new Map(was.map(({ reason, rows }) => [reason, rows]));
  const after = new Map(now.map(({ reason, rows }) => [reason, rows]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((reason) => {
    const [old, fresh] = [before.get(reason) ?? 0, after.get(reason) ?? 0];
    return old === fresh ? [] : [`因“${reason}”搁置的行由${old}变为${fresh}`];
  });
}

/** What it is computed from: operands that changed, else last year's value or the target, which its formula spells out. */
function findOperands(was: Figure, now: Figure, from: string[], { changed, now: facts }: Pair): string[] {
  const names = from
    .filter((id) => changed.has(id))
    .map((id) => facts.figures.find((figure) => figure.id === id)?.name ?? id);
  const operands = names.length > 0 ? [`${names.join('、')}变了`] : [];
  const [before, after] = [was.basis, now.basis].map((basis) =>
    basis.type === 'derived' ? basis.formula : '',
  );
  if (before === after || before === undefined || after === undefined) return operands;
  const suffix = /#(同比|较上年末|完成率|差额)/.exec(now.id)?.[1];
  if (suffix === undefined) return [...operands, ...toChange('公式', before, after)];
  return [
    ...operands,
    ...toChange(suffix === '完成率' || suffix === '差额' ? '目标' : '上年的基数', before, after),
  ];
}

type From = Extract<Basis, { type: 'counties' }>['from'];

function findCounties(was: From, now: From): string[] {
  const before = new Map(was.map((each) => [each.place, each]));
  const after = new Set(now.map(({ place }) => place));
  return [
    ...now.flatMap(({ place, value, text }) => {
      const old = before.get(place);
      if (!old) return [`新增${place}（${text}）`];
      return old.value === value ? [] : [`${place}由${old.text}变为${text}`];
    }),
    ...was.filter(({ place }) => !after.has(place)).map(({ place, text }) => `不再含${place}（${text}）`),
  ];
}

/** What differs for all figures alike, where a figure itself gives no reason. */
function findCauses({ was, now }: Pair): string[] {
  const files = findOtherFiles(was, now).filter((name) => /^(dictionary|indicators)\//.test(name));
  return [
    ...(files.length > 0 ? [`字典或口径文件变了（${files.join('、')}）`] : []),
    ...(was.setup.mappings === now.setup.mappings ? [] : ['mzreport.yaml 的“识别”变了']),
    ...(was.setup.indicators === now.setup.indicators ? [] : ['mzreport.yaml 的“指标”变了']),
    ...(was.generator.version === now.generator.version ? [] : ['程序的版本不同']),
  ];
}

/** Names of the files of templates/ that are not the same. */
export function findOtherFiles(was: Facts, now: Facts): string[] {
  const before = new Map(was.setup.files.map(({ name, sha256 }) => [name, sha256]));
  const after = new Map(now.setup.files.map(({ name, sha256 }) => [name, sha256]));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
}

/** A figure as printed, with its exact number where printing hides the difference. */
export function toShown(figure: Figure, other: Figure): string {
  const text = figure.text === '' ? `（${figure.reason ?? '无来源'}）` : figure.text;
  if (figure.text !== other.text || figure.value === null) return text;
  return `${text}（${toNumber(figure.value, figure.unit, 8)}）`;
}

/** "6户" for each target of a figure. */
export const toTargetsText = ({ targets, unit, decimals }: Figure): string =>
  targets
    .map(({ value, setter }) => `${toText(value, unit, decimals)}${setter === null ? '' : `（${setter}）`}`)
    .join('、') || '没有';
