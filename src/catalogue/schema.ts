import { z } from 'zod';
import { DATASETS } from '../model.ts';

/** How a cell of the field is cleaned; 不存: recognised so that it is known, never loaded. */
export const FIELD_TYPES = [
  '文本',
  '人员标识',
  '户标识',
  '编号',
  '金额',
  '整数',
  '小数',
  '日期',
  '年月',
  '不存',
] as const;

const words = z.array(z.coerce.string());
const dataset = z.enum(DATASETS);

const field = z.strictObject({
  名称: z.string(),
  类型: z.enum(FIELD_TYPES),
  首选: words,
  末选: words.default([]),
  取值: z.record(z.string(), words).default({}),
  缺省: z.string().optional(),
  含末期: words.default([]),
});

/** Sheets in which several months, programmes or members stand side by side. */
const wide = z
  .strictObject({
    维度: words,
    成员: words,
    金额词: words,
    值: z.record(z.string(), words),
  })
  .default({ 维度: [], 成员: [], 金额词: [], 值: {} });

/** templates/dictionary/fields.yaml */
export const FieldsFile = z.strictObject({
  字段: z.record(z.string().regex(/^[a-z_]+$/), field),
  宽表: wide,
  表外行: z.strictObject({ 合计: words, 其中: words.default([]), 表尾: words, 表头信息: words, 说明: words }),
  空值: words,
});

const programme = z.strictObject({
  同义: words,
  数据集: dataset,
  款项: z.record(z.string(), words).default({}),
  默认款项: z.string().optional(),
  包含: words.default([]),
  其他部门: z.string().optional(),
});

/** templates/dictionary/programmes.yaml */
export const ProgrammesFile = z.strictObject({ 业务: z.record(z.string(), programme) });

const layout = z.strictObject({
  名称: z.string(),
  必有: z.array(words),
  排除: words,
  名称词: z.record(z.string(), z.number()),
  列: z.record(z.string(), z.number()),
  时间列: words.default([]),
  离册状态: words.default([]),
});

/** templates/dictionary/datasets.yaml */
export const DatasetsFile = z.strictObject({
  先验分: z.number(),
  最小差距: z.number(),
  数据集: z.record(dataset, layout),
});

/** templates/dictionary/areas.yaml */
export const AreasFile = z.strictObject({
  别名: z.record(z.string(), words),
  非地名: words,
  后缀: words,
  乡镇后缀: words.default([]),
  非乡镇: words.default([]),
});

const text = z.coerce.string();

/**
 * One indicator: exactly one of 取自 (rows or facts), 公式, 分子+分母 (ratio), 本期+基期 (growth), 被减数+减数 (difference).
 * A 公式 may be one of several, by the name of the method: which one is a setting, whose name stands under 口径.
 */
export const IndicatorSpec = z.strictObject({
  名称: text,
  单位: text,
  类别: z.enum(['期末数', '当期数', '人次', '比率', '标准', '目标']),
  取自: dataset.optional(),
  条件: z.record(z.string(), z.union([z.array(text), text])).default({}),
  时点: z.enum(['期初', '期末', '期内', '期内新增', '期内终止', '期内发生']).optional(),
  时间: text.optional(),
  计算: z
    .enum(['行数', '户数去重', '人数去重', '去重', '人次合计', '月平均', '金额合计', '补发', '追缴', '合计'])
    .optional(),
  字段: text.optional(),
  按: text.optional(),
  公式: z.union([z.record(z.string(), text), text]).optional(),
  口径: text.optional(),
  分子: text.optional(),
  分母: text.optional(),
  倍数: z.number().default(1),
  本期: text.optional(),
  基期: text.optional(),
  被减数: text.optional(),
  减数: text.optional(),
  小数: z.number().int().min(0).max(6).optional(),
  汇总: z.enum(['不加']).optional(),
  别名: words.default([]),
  说明: text.default(''),
});

/** templates/indicators/*.yaml and the key 指标 of mzreport.yaml: business → name → indicator. */
export const IndicatorsFile = z.record(z.string(), z.record(z.string(), IndicatorSpec));

export type FieldSpec = z.infer<typeof field>;
export type ProgrammeSpec = z.infer<typeof programme>;
export type LayoutSpec = z.infer<typeof layout>;
export type IndicatorSpec = z.infer<typeof IndicatorSpec>;
export type WideWords = z.infer<typeof FieldsFile>['宽表'];
export type RowWords = z.infer<typeof FieldsFile>['表外行'];
export type Areas = z.infer<typeof AreasFile>;
