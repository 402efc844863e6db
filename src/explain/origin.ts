import type { FoundFigure } from '../aggregate/index.ts';
import type { Basis, Figure, FigureSource, Report } from '../model.ts';
import type { Point, Ranges, Traced } from './index.ts';
import { toBaseText } from './value.ts';

type RowsBasis = Extract<Basis, { type: 'rows' }>;

/** Where the number comes from: rows, a row that states it, or other figures. */
export function toOriginPoints(found: FoundFigure, report: Report, traced: Traced): Point[] {
  const { basis } = found.figure;
  switch (basis.type) {
    case 'rows':
      return toRowPoints(found, basis, report, traced.get(found.figure.id));
    case 'manual':
      return [
        { label: '算法', lines: ['手工填报的数，不由表格的行算出'] },
        { label: '来源', lines: [`${toPlace(basis.file, basis.sheet)}第${basis.row}行`] },
        { label: '出处', lines: [basis.note === '' ? '填报时没有写明' : basis.note] },
      ];
    case 'derived':
      return [
        { label: '算法', lines: [basis.formula] },
        { label: '代入', lines: toFilledIn(found, basis.formula, basis.from, report.figures) },
      ];
    case 'counties':
      return [
        { label: '算法', lines: [basis.formula] },
        {
          label: '来源',
          lines: basis.from.map(
            ({ place, file, text }) => `${place}${text}${file === null ? '' : `（${file}）`}`,
          ),
        },
      ];
    case 'none':
      // What stands in the way of a figure is in the rows that it would count.
      return [
        {
          label: '来源',
          lines: (traced.get(found.figure.id) ?? []).map((each) => toTracedLine(each, report)),
        },
      ];
  }
}

function toRowPoints(
  { figure, part }: FoundFigure,
  basis: RowsBasis,
  report: Report,
  traced: Ranges[] | undefined,
): Point[] {
  const condition = part === null ? [] : [`${part.by}=${part.name ?? '没有写明'}`];
  const lines = traced
    ? traced.map((ranges) => toTracedLine(ranges, report))
    : basis.sources.map((source) => toSourceLine(source, report));
  // A report keeps the rows of the whole only; those of a part are known where somebody looked.
  const isWhole = part === null || traced !== undefined;
  return [
    { label: '算法', lines: [basis.formula] },
    { label: '条件', lines: [[basis.filter, ...condition].filter((each) => each !== '').join('，')] },
    {
      label: '来源',
      lines: [
        ...(isWhole ? [] : ['以下是全部地区、全部月份的行，这个数只用其中符合条件的：']),
        ...(lines.length > 0 || figure.value === null ? lines : ['没有符合条件的行，所以是0']),
      ],
    },
    { label: '搁置', lines: toAside(basis) },
  ];
}

const toAside = ({ setAside }: RowsBasis): string[] =>
  setAside.length === 0 ? [] : [setAside.map(({ reason, rows }) => `${reason}${rows}行`).join('、')];

/** "东湖区2022.xlsx“低保发放明细”第5—23382行，用23378行" */
function toSourceLine({ file, sheet, rowsUsed, firstRow, lastRow }: FigureSource, report: Report): string {
  const unfolded = rowsUsed > lastRow - firstRow + 1;
  const used = unfolded ? `${rowsUsed}项（一行展开成几项）` : `${rowsUsed}行`;
  const others = unfolded ? '' : toOthers(file, sheet, rowsUsed, report);
  return `${toPlace(file, sheet)}第${toRange(firstRow, lastRow)}行，用${used}${others}`;
}

/** More ranges than this say no more to a reader than the first and the last row. */
const MOST_RANGES = 6;

function toTracedLine({ file, sheet, ranges, items }: Ranges, report: Report): string {
  const rows = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const shown = ranges.slice(0, MOST_RANGES).map(([first, last]) => toRange(first, last));
  const end = ranges.at(-1)?.[1] ?? 0;
  const cut = ranges.length > MOST_RANGES ? `…共${ranges.length}段，到第${end}行为止` : '行';
  const used = items > rows ? `${rows}行（展开成${items}项）` : `${rows}行`;
  const others = items > rows ? '' : toOthers(file, sheet, rows, report);
  return `${toPlace(file, sheet)}第${shown.join('、')}${cut}，用${used}${others}`;
}

/** Sound rows of the sheet that are not what this figure counts. */
function toOthers(file: string, sheet: string, used: number, { sheets }: Report): string {
  const all = sheets.find((each) => each.file === file && each.sheet === sheet)?.used ?? used;
  return all > used ? `，其余${all - used}行不符合条件` : '';
}

const toRange = (first: number, last: number): string =>
  first === last ? String(first) : `${first}—${last}`;

const toPlace = (file: string, sheet: string): string => `${file}${sheet === '' ? '' : `“${sheet}”`}`;

/** The formula with values in place of ids; nothing where it names no figure by its id. */
function toFilledIn({ part }: FoundFigure, formula: string, from: string[], figures: Figure[]): string[] {
  const ids = [...from].sort((a, b) => b.length - a.length);
  if (part !== null || !ids.some((id) => formula.includes(id))) return [];
  const values = new Map(figures.map((figure) => [figure.id, figure]));
  const filled = formula.replace(new RegExp(ids.map(toPattern).join('|'), 'g'), (id) => {
    const figure = values.get(id);
    return figure?.value == null ? '（待核）' : toBaseText(figure.unit, figure.value);
  });
  return [filled];
}

const toPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
