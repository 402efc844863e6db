import { z } from 'zod';

const words = z.array(z.coerce.string());

/** templates/dictionary/prose.yaml: how numbers in running text are read. */
export const ProseFile = z.strictObject({
  单位: words,
  等同: z.array(words),
  分项: z.array(words),
  整元: words,
  人均: words,
  累计: words,
  目标: words,
  往期: words,
});

export type Prose = z.infer<typeof ProseFile>;
