import type { Figure } from '../model.ts';

/** What a reason asks for; the first that fits. */
const ADVICE: [reason: RegExp, advice: string][] = [
  [/^未填报/, '在手工填报表里加一行，指标写这个数的编号或名称。'],
  [/^没有.*所需的.*表$/, '把这张表与其他表格一起交给程序；确实没有这张表的，在手工填报表里填这个数。'],
  [/^本期没有数据/, '表里没有这个时期的行：换成本期的文件，或用 --year、--period 写明时期。'],
  [/^没有.*的数据$/, '补上有这些行的表；确实没有发生的，在手工填报表里填0。'],
  [/^表中没有“/, '导出时勾选这一列；表中已有而叫法不同的，把叫法加进 dictionary/fields.yaml。'],
  [/^有\d*行?.*缺少/, '用 mzreport explain 加 --rows 列出这些行，在原表补齐，或从业务系统重新导出。'],
  [/重叠/, '两张表有同样的行，只保留一份。'],
  [/填报了两个不同的值/, '手工填报表里只保留一行。'],
  [/目标为0/, '核对任务表里的目标值。'],
  [/没有任务/, '在任务指标表里加一行。'],
  [/^上年(?:末)?数/, '补上或更正上年的表格，或在手工填报表里填上年值。'],
  [/为0，无法计算|为(?:0|负数)$/, '分母或上年数不能用来相除，这个数不印；请核对它的各项。'],
  [/待核$|没有来源$/, '这个数由下面的数算出，先解决其中待核的。'],
];

/** What a person can do about a figure that is not known; the template prints it in no other way. */
export function toAdvice({ reason, status }: Figure): string[] {
  if (status === 'absent')
    return ['没有给这项业务的任何表格。有的话一起交给程序；没有的，文稿里相应的句子已略去。'];
  const found = ADVICE.find(([pattern]) => pattern.test(reason ?? ''));
  return [`${found?.[1] ?? '按上面的原因改正原表或补上材料。'}改好以后重新运行，不要在文稿里直接填数。`];
}
