import { z } from 'zod';

/** 号 → pt, GB/T 9704's sizes and their neighbours. */
const SIZES = {
  初号: 42,
  小初: 36,
  一号: 26,
  小一: 24,
  二号: 22,
  小二: 18,
  三号: 16,
  小三: 15,
  四号: 14,
  小四: 12,
  五号: 10.5,
  小五: 9,
};

const amount = z.number().positive();
const count = z.int().min(0);
// Word cuts font names at 31 characters.
const font = z.string().min(1).max(31);
const size = z.union([
  z.enum(Object.keys(SIZES) as (keyof typeof SIZES)[]).transform((name) => SIZES[name]),
  amount.multipleOf(0.5),
]);
const yes = z.enum(['是', '否']).transform((word) => word === '是');

const face = z.strictObject({
  字体: font,
  备用: z.array(font).default([]),
  西文字体: font.optional(),
  字号: size,
  加粗: yes,
});

/** A style sheet as templates/style/*.yaml writes it. */
export const styleSchema = z.strictObject({
  页面: z.strictObject({
    宽: amount,
    高: amount,
    上边距: amount,
    左边距: amount,
    右边距: amount,
    每页行数: z.int().positive(),
    每行字数: z.int().positive(),
    行距: amount,
  }),
  字体: z.strictObject({
    标题: face,
    正文: face,
    一级标题: face,
    二级标题: face,
    三级标题: face,
    四级标题: face,
    题注: face,
    附件: face,
    表题: face,
    表头: face,
    表格: face,
    页码: face,
  }),
  西文字体: font,
  首行缩进: count,
  标题后空行: count,
  表格: z.strictObject({ 行距: amount }),
  页码: z.strictObject({ 空字: count, 距版心: amount }),
  落款: z.strictObject({ 前空行: count, 右空: count, 错后: count }),
});

/** A style sheet as the YAML has it, checked. */
export type StyleSheet = z.output<typeof styleSchema>;

/** What is wrong at one place of a style sheet, in Chinese. */
export function toWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'unrecognized_keys') return `不认识“${issue.keys.join('”“')}”`;
  if (issue.input === undefined) return '没有写';
  if (issue.code === 'invalid_value') return `应为${issue.values.join('或')}`;
  if (issue.code === 'invalid_union') return `应为磅数（半磅的倍数）或${Object.keys(SIZES).join('、')}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return '不能是空的';
  if (issue.code === 'too_big' && issue.origin === 'string') return '字体名不能超过 31 个字符';
  return WANTED[issue.code === 'invalid_type' ? issue.expected : issue.code] ?? '写法不对';
}

const WANTED: Record<string, string> = {
  number: '应为数字',
  int: '应为整数',
  too_small: '数太小',
  string: '应为文字',
  array: '应为列表，如 [华文中宋, 宋体]',
  object: '应为下一级的若干项',
};
