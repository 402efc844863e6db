import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Catalogue } from './index.ts';

const words = z.array(z.coerce.string());
const entitlement = z.strictObject({ 业务: z.string(), 款项: words.default([]) });

/** templates/dictionary/checks.yaml */
export const ChecksFile = z.strictObject({
  按月发放: z.record(z.string(), words),
  标准: z.record(
    z.string(),
    z.strictObject({ 指标: z.string(), 款项: words.default([]), 倍数: z.number().positive() }),
  ),
  离群: z.strictObject({ 倍数: z.number().positive(), 最少行数: z.number().int().positive() }),
  不得同领: z.array(z.tuple([entitlement, entitlement])),
  死亡: z.strictObject({ 状态: words, 标记: words }),
  发放: z.strictObject({ 补发: words, 追缴: words }),
});

export type Checks = z.infer<typeof ChecksFile>;
export type Entitlement = z.infer<typeof entitlement>;

/** Throws when checks.yaml names a programme or an indicator that does not exist. */
export function requireKnownNames(catalogue: Catalogue): void {
  const { checks, programmes, indicators } = catalogue;
  const names = [
    ...Object.keys(checks.按月发放),
    ...Object.keys(checks.标准),
    ...checks.不得同领.flat().map(({ 业务 }) => 业务),
  ];
  const programme = names.find((name) => !programmes.has(name));
  const indicator = Object.values(checks.标准).find(({ 指标 }) => !indicators.has(指标))?.指标;
  if (programme === undefined && indicator === undefined) return;
  const found = programme ? `业务“${programme}”不在 programmes.yaml 中` : `指标“${indicator}”不存在`;
  throw new Failure('catalogue-invalid', { where: 'checks.yaml', found });
}
