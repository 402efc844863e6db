import { type Catalogue, type Indicator, toList } from '../catalogue/index.ts';
import type { Dataset } from '../model.ts';

/** Ids of the figures that rows of a programme and 款项 ('' for any) go into, and of those that follow from them. */
export function findFigures(
  dataset: Dataset,
  programme: string,
  item: string,
  catalogue: Catalogue,
): string[] {
  const indicators = [...catalogue.indicators.values()];
  const direct = indicators
    .filter((indicator) => indicator.取自 === dataset && covers(indicator, programme, item, catalogue))
    .map(({ id }) => id);
  const derived = indicators
    .filter((indicator) => toParts(indicator).some((id) => direct.includes(id)))
    .map(({ id }) => id);
  return [...direct, ...derived];
}

function covers(indicator: Indicator, programme: string, item: string, catalogue: Catalogue): boolean {
  const programmes = toList(indicator.条件.业务).flatMap((name) => [
    name,
    ...(catalogue.programmes.get(name)?.包含 ?? []),
  ]);
  const items = toList(indicator.条件.款项);
  return programmes.includes(programme) && (item === '' || items.length === 0 || items.includes(item));
}

const toParts = ({ 分子, 分母, 本期, 基期, 被减数, 减数 }: Indicator): string[] =>
  [分子, 分母, 本期, 基期, 被减数, 减数].flatMap((id) => id ?? []);
