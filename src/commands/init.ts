import { stringify } from 'yaml';
import { type Catalogue, type Indicator, loadCatalogue } from '../catalogue/index.ts';
import { chooseTemplate, findTemplateNames, readTemplates } from '../compose/index.ts';
import type { Config } from '../config.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import type { Period, Report } from '../model.ts';
import { type Output, prepareFolder, type Written, writeOutputs } from '../output/write.ts';
import { investigate, type Progress } from '../pipeline.ts';
import { type FillInRow, renderFillIn } from '../tables/index.ts';

/** What `init` asks, with the answer taken when a person just presses Enter. */
export interface Question {
  text: string;
  preset: string;
}

/** Puts a question to the person; resolves to the answer or the preset. */
export type Ask = (question: Question) => Promise<string>;

/** Writes mzreport.yaml, 手工填报.xlsx and 任务指标.xlsx; rows are the figures that the document needs and no export gives. */
export async function init(config: Config, ask: Ask, onProgress: Progress): Promise<Written[]> {
  const catalogue = loadCatalogue(config);
  await prepareFolder(config.out);
  const finding =
    config.inputs.length > 0 ? await investigate(config, catalogue, () => false, onProgress) : null;
  const place = await ask({ text: '县（市、区）名称', preset: finding?.report.place ?? config.place ?? '' });
  const year = await ask({
    text: '年份',
    preset: (finding?.report.period ?? config.period)?.to.slice(0, 4) ?? '',
  });
  if (!/^20\d{2}$/.test(year))
    throw new Failure('usage', { where: '年份', found: `“${year}”不是年份，应如 2022` });
  const organisation = await ask({ text: '署名单位', preset: place === '' ? '' : `${place}民政局` });
  const known = new Set(
    finding?.report.figures.flatMap(({ id, status }) => (status === 'known' ? [id] : [])) ?? [],
  );
  const needed = findNeeded(config, catalogue, finding?.report ?? null).filter(({ id }) => !known.has(id));
  const outputs = await toOutputs(needed, place, organisation, year);
  return writeOutputs(outputs, config.out, false);
}

/** Indicators that the template prints and that rows or a person must give; ratios follow by themselves. */
function findNeeded(config: Config, catalogue: Catalogue, report: Report | null): Indicator[] {
  const template = chooseTemplate(readTemplates(config, catalogue), report);
  const leaves = (indicator: Indicator): Indicator[] =>
    indicator.expression === null
      ? [indicator]
      : indicator.operands.flatMap((id) => leaves(catalogue.indicators.get(id) ?? indicator));
  const named = findTemplateNames(template).flatMap((name) => catalogue.indicators.get(name) ?? []);
  return [...new Set(named.flatMap(leaves))];
}

async function toOutputs(
  needed: Indicator[],
  place: string,
  organisation: string,
  year: string,
): Promise<Output[]> {
  const period: Period = { from: `${year}-01`, to: `${year}-12` };
  const text = toPeriodText(period);
  const toRow =
    (when: string) =>
    ({ id, 名称, 单位 }: Indicator): FillInRow => ({ indicator: id, name: 名称, unit: 单位, period: when });
  const standards = needed.filter(({ 类别 }) => 类别 === '标准').map(toRow(`${Number(year) - 1}年`));
  const facts = [...needed.map(toRow(text)), ...standards];
  const targets = needed.filter(({ 类别 }) => 类别 !== '标准').map(toRow(text));
  return [
    { name: 'mzreport.yaml', bytes: new TextEncoder().encode(toYaml(place, organisation, year)) },
    { name: '手工填报.xlsx', bytes: await renderFillIn('手工填报', '值', '来源', facts) },
    { name: '任务指标.xlsx', bytes: await renderFillIn('任务指标', '目标值', '下达单位', targets) },
  ];
}

const scalar = (text: string): string => stringify(text).trim();

const toYaml = (
  place: string,
  organisation: string,
  year: string,
): string => `# mzreport 的配置。命令行上写了的，以命令行为准；以 # 开头的行是说明，不起作用。
地区: ${scalar(place)}
单位: ${scalar(organisation)}
年度: ${scalar(year)}

# 成文日期不写时，文稿中印出〔待填：成文日期〕
# 成文日期: ${Number(year) + 1}年1月10日

# 文种：annual、half-year、progress、congress、measures，见 mzreport templates；不写时由时期和数据判断
# 文种: annual

# 本单位自己的模板、口径和字典所在的文件夹（与程序的 templates 同样的结构）
# 模板目录: ./templates

# 本单位自己的指标，写法见 docs/口径写法.md
# 指标:
#   暖心工程:
#     实施项目数: {名称: 暖心工程实施项目数, 单位: 个, 类别: 当期数, 取自: facts}

# 各张表认得对不对：运行 mzreport inspect <表格> --write mzreport.yaml 后，在“识别”下核对和改正
`;
