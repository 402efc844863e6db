import type { Problem } from './model.ts';

type Words = (detail: Record<string, string>) => string;

/** Kind → sentence. A kind without words does not compile (ProblemKind is made of these keys). */
const WORDS = {
  'cell-unreadable': (d) => `“${d.column}”列的“${d.text}”不是${d.expected}，该行未计入。请在原表改正。`,
  'cell-unknown': (d) => `“${d.column}”列的“${d.text}”不是${d.expected}，这一格按未填处理。请在原表改正。`,
  'id-damaged': (d) =>
    `“${d.column}”列有身份证号被存成数字，末几位已丢失（${d.text}）。请从业务系统以文本格式重新导出。`,
  'id-invalid': (d) => `“${d.column}”列有身份证号校验不通过（${d.text}）。请核对。`,
  'columns-equal': (d) =>
    `“${d.first}”和“${d.second}”两列都像是“${d.field}”，无法判断用哪一列，均未采用。请删去或改名其中一列。`,
  'column-unused': (d) =>
    `“${d.column}”列与各项补贴并排，看不出是哪项业务的金额，未计入。请改列名，或在 programmes.yaml 中补上这个叫法。`,
  'dataset-unsure': (d) => `这张表可能是“${d.first}”也可能是“${d.second}”，暂按前者处理。请核对。`,
  'sheet-unknown': (d) => `认不出是什么业务表（${d.found}），未采用。请检查表头和工作表名称。`,
  'other-department': (d) => `“${d.programme}”自2018年起由${d.department}负责，未写入文稿。`,
  'same-file': (d) => `与“${d.other}”内容完全相同，只读取一次。`,
  overlap: (d) => `与“${d.other}”有重叠（${d.scope}），无法判断该用哪一份，相关数字列为待核。请只保留一份。`,
  'summary-differs': (d) => `汇总表的${d.measure}为${d.theirs}，按明细计算为${d.ours}，以明细为准。请核对。`,
  'total-differs': (d) =>
    `表中“${d.label}”行的${d.column}为${d.theirs}，按明细相加为${d.ours}，相差${d.gap}。请核对原表。`,
  'no-date': (d) => `有行没有${d.column}，无法归入时期，未计入。`,
  'other-period': (d) => `有行不在${d.period}（最早${d.first}，最晚${d.last}），未计入。`,
  'fact-unknown': (d) => `指标“${d.name}”不在指标目录中${d.near ? `，是否指“${d.near}”` : ''}，未采用。`,
  'fact-differs': (d) => `手工填报的“${d.name}”为${d.theirs}，按明细计算为${d.ours}，以明细为准。请核对。`,
  'fact-twice': (d) => `“${d.name}”填报了两个不同的值（${d.first}与${d.second}），列为待核。请只保留一个。`,
  'fact-unreadable': (d) => `“${d.name}”填报的“${d.text}”不是数字，未采用。请改正。`,
  'fact-unit': (d) => `“${d.name}”的单位“${d.found}”与目录中的“${d.expected}”不一致，未采用。`,
  'not-comparable': (d) => `“${d.name}”与上年比较时请注意：${d.note}。`,
  'areas-changed': (d) =>
    `区划与上年不同：${[d.gone && `上年有而本年没有${d.gone}`, d.added && `本年有而上年没有${d.added}`].filter(Boolean).join('，')}。与上年比较时请注意。`,
  'base-unused': (d) => `时期是${d.found}，不是${d.expected}，未用来比较。请换成上年同期或上年全年的文件。`,
  'unit-unknown': (d) => `“${d.column}”列没有注明单位，按元计算。请在表头注明（元）或（万元）。`,
  'parts-differ': (d) =>
    `有行“发放合计”不等于保障金与分类施保金之和，以发放合计为准（首个相差${d.gap}元）。请核对。`,
  'encoding-doubt': () => `文字中有生僻的专用区字符，编码可能不是 GB18030（例如 Big5）。请核对显示是否正常。`,
  'layout-drift': (d) =>
    `表头与 mzreport.yaml 中确认过的不同：缺少的列有${d.missing}，新增的列有${d.added}。请核对，并用 mzreport inspect --write 更新。`,
  'hidden-sheet': () => `工作表已隐藏，未采用。`,
  'hidden-rows': (d) => `有${d.rows}行被隐藏（可能是筛选留下的），照样计入。请确认这些行应当计入。`,
  'hidden-columns': (d) => `${d.columns}列被隐藏，照样读取。`,
  'paid-twice': (d) =>
    `有人（户）同一月份重复领取“${d.programme}”（首例${d.month}，另见${d.other}）。请核对是否重复发放；是补发的，请在表中注明。`,
  'amount-outlier': (d) =>
    `“${d.programme}”有金额明显偏高（首例人均${d.amount}元，超过${d.basis}）。请核对。`,
  'paid-after-end': (d) =>
    `“${d.programme}”有${d.persons}人在${d.kind}之后仍有发放（首例${d.source}记载${d.kind}，最后应发${d.last}，${d.month}仍有发放）。请核对是否应追缴。`,
  'programmes-exclusive': (d) =>
    `有${d.persons}人同一月份既享受“${d.first}”又领取“${d.second}”（首例${d.month}，另见${d.other}），按规定不得同时享受。请核对。`,
  'months-missing': (d) =>
    `“${d.programme}”缺${d.months}的发放，相关合计可能偏少。请补齐，或确认这些月份没有发放。`,
  'amount-negative': (d) => `“${d.programme}”有负数金额的行，按追缴计，不从发放数中扣除。请核对。`,
  'rows-identical': (d) => `有行与其他行各列完全相同（首例与${d.other}相同），均已计入。请核对是否重复录入。`,
  'county-lacks': (d) => `${d.place}${d.name}，${d.then}。`,
  'counties-differ': (d) => `各县区的“${d.name}”${d.note}，合起来用时请注意。`,
  'county-problems': (d) =>
    `${d.place}的数据有${d.count}条问题涉及这里的数。请看该县区的提示，改正后重新汇总。`,
  'persons-added': (d) => `“${d.name}”由各县区的数相加：各县区内去重，同一人（户）在两个县区的各计一次。`,
  'targets-apart': (d) => `“${d.name}”的目标${d.note}，没有汇总。`,
} satisfies Record<string, Words>;

export type ProblemKind = keyof typeof WORDS;

/** Hints never make a strict run fail: they are information, or a guess that only a person can settle. */
const HINTS: ReadonlySet<ProblemKind> = new Set([
  'same-file',
  'hidden-sheet',
  'hidden-columns',
  'other-department',
  'sheet-unknown',
  'amount-outlier',
  'amount-negative',
  'rows-identical',
  'not-comparable',
  'areas-changed',
  'base-unused',
  'persons-added',
  'targets-apart',
]);

/** True when the problem is only information. */
export const isHint = (problem: Problem): boolean => HINTS.has(problem.kind);

/** The sentence for a problem, without its place. */
export const toWords = (problem: Problem): string => {
  const words: Words = WORDS[problem.kind];
  return words(problem.detail);
};

/** "东湖区2022.xlsx“特困”第12行等3处：…": the whole line that is printed. */
export function toLine(problem: Problem): string {
  const sheet = problem.sheet ? `“${problem.sheet}”` : '';
  const row = problem.row > 0 ? `第${problem.row}行` : '';
  const count = problem.count > 1 ? `等${problem.count}处` : '';
  // One problem is one line, whatever stands in a cell.
  return `${problem.file}${sheet}${row}${count}：${toWords(problem)}`.replace(/[\r\n\u2028\u2029]+/g, ' ');
}

/** All kinds, for the manual and its test. */
export const PROBLEM_KINDS = Object.keys(WORDS) as ProblemKind[];
