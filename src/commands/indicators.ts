import type { Catalogue } from '../catalogue/index.ts';

/** The catalogue as lines: one heading per business, one line per indicator. */
export function listIndicators(catalogue: Catalogue): string[] {
  const lines: string[] = [];
  let business = '';
  for (const indicator of catalogue.indicators.values()) {
    if (indicator.business !== business) {
      business = indicator.business;
      lines.push(business);
    }
    const source =
      indicator.取自 === 'facts'
        ? '手工填报'
        : indicator.取自
          ? (catalogue.layouts.byDataset.get(indicator.取自)?.名称 ?? '')
          : '由其他指标计算';
    lines.push(`  ${indicator.id}  ${indicator.名称}（${indicator.单位}，${indicator.类别}，${source}）`);
  }
  return lines;
}
