import { toIdentifier, toLiteral } from '../store/index.ts';
import { isText, type LoadedColumn, type LoadPlan } from './plan.ts';

/** Cells that hold something and gave nothing: s is only set where there is something that the fast form did not read. */
export const isBad = (column: LoadedColumn): string =>
  `(${toIdentifier(column.field)} is null and s${column.index} is not null)`;

/** Cells that could not be read, as "u5␟masked␞": kind, column, what may be shown. Null for nearly every row. */
export function toFaults(plan: LoadPlan): string {
  const parts = plan.columns.flatMap((column) => {
    const { index, type } = column;
    if (isText(column)) return [];
    const mark = (code: string) => `${toLiteral(`${code}${index}`)} || chr(31) || c${index}`;
    if (type !== '人员标识') return [{ index, test: isBad(column), text: mark('u') }];
    const damaged = `starts_with(c${index}, chr(1))`;
    return [
      { index, test: `${isBad(column)} and ${damaged}`, text: mark('d') },
      {
        index,
        test: `(${isBad(column)} and not ${damaged} or s${index} is not null and not ends_with(i${index}, w${index}))`,
        text: mark('v'),
      },
    ];
  });
  if (parts.length === 0) return 'null::varchar';
  const found = parts.map(({ test, text }) => `case when ${test} then ${text} end`);
  // A cell may hold several lines, but no CELL_END: two pieces, the code and the cell.
  const pairs = `list_transform(list_filter([${found.join(', ')}], lambda x: x is not null),
    lambda x: string_split(regexp_replace(x, '[\\s\\x01]+', '', 'g'), chr(31)))`;
  const unread = [...new Set(parts.map(({ index }) => `s${index} is not null`))].join(' or ');
  return `case when ${unread} then case when ${parts.map(({ test }) => test).join(' or ')}
    then array_to_string(list_transform(${pairs}, lambda p: p[1] || chr(31) || to_masked(p[2]) || chr(30)), '') end end`;
}
