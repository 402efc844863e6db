import { basename } from 'node:path';
import { z } from 'zod';
import type { Asked } from '../aggregate/index.ts';
import { type Catalogue, findFiles } from '../catalogue/index.ts';
import { readYaml } from '../catalogue/read-yaml.ts';
import { Failure } from '../failure.ts';

const text = z.coerce.string();

/** A column under its group; 名 is the word in the head. */
const column = z.strictObject({ 名: text, 数: text });

/**
 * Columns about one sort of people or things. What is suppressed in one of them is suppressed in all; 属 names the group
 * of which this one is a part, so that the part cannot be had by subtraction.
 */
const group = z.strictObject({ 组: text, 属: text.optional(), 项: z.array(column).min(1) });

/** One row: a figure, or the figures of a fund. */
const line = z.strictObject({
  名: text.optional(),
  其中: z.boolean().default(false),
  数: text.optional(),
  预算: text.optional(),
  到位: text.optional(),
  支出: text.optional(),
});

export const WAYS = ['地区', '月份', '指标', '对比', '任务', '资金'] as const;

/** What the columns of a list are called, behind the first: those of each 方式 are in the layouts' manual. */
const heads: Partial<Record<(typeof WAYS)[number], number>> = { 指标: 3, 对比: 5, 任务: 6, 资金: 5 };

/** templates/tables/*.yaml */
const LayoutSpec = z.strictObject({
  名称: text,
  方式: z.enum(WAYS),
  横排: z.boolean().default(false),
  组: z.array(group).default([]),
  表头: z.array(text).default([]),
  行: z.array(line).default([]),
  说明: z.array(text).default([]),
});

/** A layout of 附表 whose figures are all in the catalogue. */
export interface Layout extends z.infer<typeof LayoutSpec> {
  /** The file's name without the number that orders it: 社会救助. */
  name: string;
}

export type Group = Layout['组'][number];
export type Line = Layout['行'][number];

/** The layouts of these names in the order of their files, all of them without names; throws on an unknown name. */
export function readLayouts(names: string[] | null, catalogue: Catalogue): Layout[] {
  const layouts = findFiles(catalogue.folders, 'tables', '.yaml').map((path) => readLayout(path, catalogue));
  for (const name of names ?? [])
    if (!layouts.some((layout) => layout.name === name))
      throw new Failure('usage', {
        where: `附表“${name}”`,
        found: `没有这个版式，可用 ${layouts.map((layout) => layout.name).join('、')}`,
      });
  return layouts.filter(({ name }) => names === null || names.includes(name));
}

function readLayout(path: string, catalogue: Catalogue): Layout {
  const where = basename(path);
  const layout = readYaml(path, LayoutSpec, 'catalogue-invalid');
  for (const id of [...layout.组.flatMap(({ 项 }) => 项.map(({ 数 }) => 数)), ...layout.行.flatMap(toIds)])
    if (!catalogue.indicators.has(id))
      throw new Failure('catalogue-invalid', { where, found: `引用了不存在的指标“${id}”` });
  const expected = heads[layout.方式] ?? 0;
  if (layout.表头.length !== expected)
    throw new Failure('catalogue-invalid', {
      where,
      found: `“表头”有${layout.表头.length}列，方式为“${layout.方式}”的应有${expected}列`,
    });
  return { ...layout, name: basename(path, '.yaml').replace(/^\d+/, '') };
}

/** Figures that a row names. */
export const toIds = ({ 数, 预算, 到位, 支出 }: Line): string[] =>
  [数, 预算, 到位, 支出].flatMap((id) => id ?? []);

/** Figures that the layouts list by area or by month. */
export const findAskedByLayouts = (layouts: Layout[]): Asked[] =>
  layouts.flatMap(({ 方式, 组 }) =>
    方式 === '地区' || 方式 === '月份'
      ? 组.flatMap(({ 项 }) => 项.map(({ 数 }) => ({ id: 数, by: 方式 === '月份' ? '月份' : null })))
      : [],
  );

/** Where few persons are withheld, all layouts are looked at: what one table withholds must not stand in another, printed next week. */
export const findAskedToWithhold = (layouts: Layout[], catalogue: Catalogue): Asked[] =>
  layouts.length === 0 ? [] : findAskedByLayouts(readLayouts(null, catalogue));
