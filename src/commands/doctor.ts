import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import { findKinds, readTemplate } from '../compose/index.ts';
import { type Config, type Flags, toConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { examineMachine, type Finding, toFit } from '../machine/index.ts';
import { readLayouts, readPlots } from '../tables/index.ts';
import { VERSION } from '../version.ts';
import { readStyle } from './style.ts';

/** Looks at the computer, the folder's settings and all templates; goes on after each fault, so that all are told at once. */
export async function doctor(flags: Flags): Promise<Finding[]> {
  const findings: Finding[] = [];
  const attempt = <T>(name: string, work: () => T, words: (made: T) => string): T | null => {
    const { finding, made } = tryOut(name, work, words);
    findings.push(finding);
    return made;
  };
  const config = attempt(
    '配置',
    () => toConfig([], flags),
    ({ from }) => (from === null ? '当前文件夹没有 mzreport.yaml，用默认设置' : from),
  );
  const catalogue = attempt(
    '字典和口径',
    () => loadCatalogue(config ?? undefined),
    ({ indicators, folders }) =>
      `${indicators.size}个指标${folders.length > 1 ? '，含本单位的模板目录' : ''}`,
  );
  if (catalogue !== null) examineTemplates(catalogue, config, attempt);
  const style =
    catalogue === null
      ? null
      : attempt(
          '公文样式',
          () => readStyle(catalogue.folders),
          (made) => `每页${made.lines}行，每行${made.chars}字`,
        );
  const folders = { temporary: tmpdir(), out: flags.out ?? '.' };
  return [...(await examineMachine(VERSION, folders, style)), ...findings];
}

type Attempt = <T>(name: string, work: () => T, words: (made: T) => string) => T | null;

/** Each 文种 by itself, the template that the settings name, the layouts of 附表 and the charts. */
function examineTemplates(catalogue: Catalogue, config: Config | null, attempt: Attempt): void {
  for (const { kind, path } of findKinds(catalogue))
    attempt(
      `文种 ${kind}`,
      () => readTemplate(path, catalogue),
      ({ about }) => about.title,
    );
  const own = config?.template ?? null;
  if (own !== null)
    attempt(
      '本单位的模板',
      () => readTemplate(own, catalogue),
      () => basename(own),
    );
  attempt(
    '附表版式',
    () => readLayouts(null, catalogue),
    (layouts) => `${layouts.length}张`,
  );
  attempt(
    '图',
    () => readPlots(catalogue),
    (plots) => `${plots.length}幅`,
  );
}

/** A failure becomes a line, since its sentence says what to do; anything else is our own fault and goes on up. */
function tryOut<T>(
  name: string,
  work: () => T,
  words: (made: T) => string,
): { finding: Finding; made: T | null } {
  try {
    const made = work();
    return { finding: toFit(name, words(made)), made };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { finding: { name, state: '错误', found: error.message, advice: null }, made: null };
  }
}
