import { z } from 'zod';
import { toFault } from './place.ts';

const Path = z.string().superRefine((path, context) => requireGood([path], context));

/** One or several, as a list. The rule stands outside of the union, which would swallow its words. */
const Paths = z
  .union([z.array(z.string()), z.string()])
  .transform((paths) => [paths].flat())
  .superRefine(requireGood);
const Words = z.union([z.array(z.string()).transform((words) => words.join(',')), z.string()]);

const settings = {
  年度: z.coerce.string().optional(),
  时期: z.coerce.string().optional(),
  文种: z.string().optional(),
  模板: Path.optional(),
  格式: Words.optional(),
  附表: z.union([z.boolean(), Words]).optional(),
  附表格式: Words.optional(),
  材料: Paths.optional(),
  任务指标: Paths.optional(),
  手工填报: Paths.optional(),
  上年材料: Paths.optional(),
  配置: Path.optional(),
  时限: z.number().positive().optional(),
  内存: z.string().optional(),
};

/** What a job may say for itself, and 各任务 for all. */
export const Settings = z.strictObject(settings);

const Name = z.string().superRefine((name, context) => {
  if (!/^[^\\/:*?"<>|{}\p{Cc}.][^\\/:*?"<>|{}\p{Cc}]*$/u.test(name))
    context.addIssue({
      code: 'custom',
      message: `“${name}”不能用作名称，名称里不能有 / \\ : * ? " < > | { }`,
    });
});

const JobSpec = z.strictObject({
  ...settings,
  名称: Name.optional(),
  地区: Name,
  输出: Path.optional(),
});
export type JobSpec = z.infer<typeof JobSpec>;

export const RollupSpec = z.strictObject({
  地区: Name,
  名称: Name.default('汇总'),
  输出: Path.optional(),
  文种: settings.文种,
  模板: settings.模板,
  格式: settings.格式,
  配置: settings.配置,
  时限: settings.时限,
  内存: settings.内存,
  部分汇总: z.boolean().default(false),
});

/** A plan as it is written. */
export const File = z.strictObject({
  年度: z.coerce.string().optional(),
  输出目录: Path,
  并行: z.number().int().positive().optional(),
  各任务: Settings.default({}),
  任务: z.array(JobSpec).nonempty(),
  汇总: RollupSpec.optional(),
});

function requireGood(paths: string[], context: z.RefinementCtx): void {
  const fault = paths.map(toFault).find((each) => each !== null);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
}
