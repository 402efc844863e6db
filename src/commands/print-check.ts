import { type Finding, toFindingWords, type Verdict } from '../audit/index.ts';
import type { Checked } from './check.ts';

const HEADS: [Verdict, string][] = [
  ['changed', '与数据不一致'],
  ['contradictory', '前后矛盾'],
  ['unbound', '对不上任何数，请人工核对'],
];

/** What `check` prints: what is wrong first, then what nothing is known of, then the count of the rest. */
export function toCheckLines({ name, findings, written }: Checked): string[] {
  const count = (verdict: Verdict) => findings.filter((each) => each.verdict === verdict).length;
  return [
    `${name}：共${findings.length - count('contradictory')}个数，一致${count('equal')}个，四舍五入或约数后一致${count('rounded')}个，不一致${count('changed')}个，前后矛盾${count('contradictory')}处，对不上${count('unbound')}个`,
    ...HEADS.flatMap(([verdict, head]) => {
      const own = findings.filter((each) => each.verdict === verdict);
      return own.length === 0 ? [] : [head, ...own.map((each) => `  ${toLine(each)}`)];
    }),
    ...(written === null ? [] : [`已写出带批注的副本 ${written}`]),
  ];
}

/** "第8行 “低保标准为每人每月856元”：应为855元，现为856元（低保标准）" */
const toLine = (finding: Finding): string => {
  const words = finding.verdict === 'unbound' ? '' : toFindingWords(finding).replace(/^[^：]*：/, '');
  return `${finding.place} “${finding.quote}”${words === '' ? '' : `：${words}`}`;
};

/** The machine form of the same. */
export const toCheckJson = ({ name, findings, wrong, written }: Checked): string =>
  JSON.stringify({ name, wrong, findings, written }, null, 1);
