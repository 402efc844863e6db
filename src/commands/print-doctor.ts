import type { Finding } from '../machine/index.ts';
import type { Color } from '../terminal.ts';

/** What `doctor` prints: a line per finding, what to do under it, and the sum of it all. */
export function toDoctorLines(findings: Finding[], color: Color): string[] {
  const paint = { ok: color.green, 注意: color.yellow, 错误: color.red };
  const width = Math.max(...['ok', '注意', '错误'].map(toWidth));
  return [
    ...findings.flatMap(({ name, state, found, advice }, index) => [
      `${paint[state](state)}${' '.repeat(width - toWidth(state))}  ${name}：${found}`,
      // Said once where it is the same for several lines.
      ...(advice === null || advice === findings[index + 1]?.advice
        ? []
        : [`${' '.repeat(width + 2)}→ ${advice}`]),
    ]),
    toVerdict(findings),
  ];
}

function toVerdict(findings: Finding[]): string {
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const faults = count('错误');
  if (faults > 0) return `有${faults}处错误，改正以前不能正常运行`;
  const hints = count('注意');
  return hints > 0 ? `可以运行；有${hints}处要注意` : '一切正常';
}

/** Columns on a terminal. */
const toWidth = (text: string): number => [...text].reduce((sum, each) => sum + (each > '\u2e80' ? 2 : 1), 0);

/** The machine form of the same. */
export const toDoctorJson = (findings: Finding[]): string =>
  JSON.stringify({ healthy: isHealthy(findings), findings }, null, 1);

/** True when nothing is in the way of a run. */
export const isHealthy = (findings: Finding[]): boolean => findings.every(({ state }) => state !== '错误');
