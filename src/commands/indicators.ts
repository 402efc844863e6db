import { toExplanation } from '../aggregate/index.ts';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { Failure } from '../failure.ts';

/** The catalogue as lines: one heading per business, one line per indicator. */
export function listIndicators(catalogue: Catalogue): string[] {
  const lines: string[] = [];
  let business = '';
  for (const indicator of catalogue.indicators.values()) {
    if (indicator.business !== business) {
      business = indicator.business;
      lines.push(business);
    }
    const { id, 名称, 单位, 类别 } = indicator;
    lines.push(`  ${id}  ${名称}（${单位}，${类别}，${toSource(indicator, catalogue)}）`);
  }
  return lines;
}

const toSource = ({ 取自 }: Indicator, catalogue: Catalogue): string =>
  取自 === undefined ? '由其他指标计算' : (catalogue.layouts.byDataset.get(取自)?.名称 ?? '');

/** The 口径 of one indicator as lines; throws, with the nearest names, when there is none of that id. */
export function explainIndicator(id: string, catalogue: Catalogue): string[] {
  const indicator = catalogue.indicators.get(id);
  if (indicator) return toExplanation(indicator, catalogue);
  const near = findNearest(id, catalogue.indicators.keys());
  const found = `没有指标“${id}”${near.length > 0 ? `，是否指${near.map((each) => `“${each}”`).join('、')}` : ''}`;
  throw new Failure('usage', { where: '--explain', found });
}
