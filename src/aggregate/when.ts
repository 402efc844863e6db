import { toYearBefore, toYearEnded } from '../format.ts';
import type { Period } from '../model.ts';
import { findPartOfYear, findPeriod } from '../recognise/index.ts';

/** For when a row of 手工填报 or 任务指标 holds. */
export interface When {
  period: Period;
  /** True for 2022年7月起: until something else is stated. */
  open: boolean;
}

/** What the cell 期间 says, given the report's period; '' is the report's own, null is not understood. */
export function parseWhen(text: string, report: Period): When | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const closed = (period: Period): When => ({ period, open: false });
  if (plain === '' || plain === '本期' || plain === '本年') return closed(report);
  if (/^[上去]年(?:同期)?$/.test(plain)) return closed(toYearBefore(report));
  if (/^[上去]年[末底]$/.test(plain)) return closed(toYearEnded(report));
  const begin = /^(?:自|从)?(.+?)(?:份)?(?:起|以来|开始|至今)$/.exec(plain)?.[1];
  const period = findPeriod(begin ?? plain) ?? findPartOfYear(begin ?? plain, report.to.slice(0, 4));
  return period === null ? null : { period, open: begin !== undefined };
}
