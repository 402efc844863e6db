import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { IndicatorsFile, type Overlay } from './catalogue/index.ts';
import { readYaml } from './catalogue/read-yaml.ts';
import { Failure } from './failure.ts';
import type { Period } from './model.ts';
import { findPartOfYear, findPeriod, type Mapping, MappingSpec } from './recognise/index.ts';
import { FORMATS, type Format } from './render/index.ts';

/** Options as commander gives them. */
export interface Flags {
  year?: string;
  period?: string;
  from?: string;
  to?: string;
  place?: string;
  targets?: string[];
  facts?: string[];
  lastYear?: string[];
  config?: string;
  kind?: string;
  template?: string;
  out?: string;
  format?: string;
  strict?: boolean;
  json?: boolean;
  quiet?: boolean;
  force?: boolean;
  memory?: string;
}

const File = z.strictObject({
  地区: z.string().optional(),
  单位: z.string().optional(),
  年度: z.coerce.string().optional(),
  时期: z.coerce.string().optional(),
  成文日期: z.coerce.string().optional(),
  模板目录: z.string().optional(),
  模板: z.string().optional(),
  文种: z.string().optional(),
  指标: IndicatorsFile.default({}),
  口径: z.record(z.string(), z.coerce.string()).default({}),
  识别: z.array(MappingSpec).default([]),
  内存: z.coerce.string().optional(),
});

/** What a run was asked to do: flags first, then mzreport.yaml; null means "find it in the data". */
export interface Config {
  /** Paths, folders and globs as given. */
  inputs: string[];
  /** The same for what tells about the year before: exports or a facts.json. */
  lastYear: string[];
  place: string | null;
  organisation: string | null;
  period: Period | null;
  /** 成文日期 as printed. */
  date: string | null;
  /** The bureau's own templates folder. */
  templates: string | null;
  /** 文种, one of templates/reports; null: as the data suggest. */
  kind: string | null;
  /** Path of the bureau's own template, which stands before the 文种. */
  template: string | null;
  out: string;
  formats: Format[];
  /** The bureau's own indicators. */
  indicators: Overlay['indicators'];
  /** Which of several methods it uses: 月人均 → 按期末人数. */
  methods: Record<string, string>;
  /** Sheets as a person confirmed them. */
  mappings: Mapping[];
  /** The configuration file that was read; null when there is none. */
  from: string | null;
  /** Most memory for the rows of a run, in MB; null: as much as the machine can spare. */
  megabytes: number | null;
  strict: boolean;
  json: boolean;
  quiet: boolean;
  force: boolean;
}

const OWN = 'mzreport.yaml';

/** The one door for settings; throws on anything that is not understood. Without --config the folder's mzreport.yaml counts. */
export function toConfig(inputs: string[], flags: Flags, folder = '.'): Config {
  const own = join(folder, OWN);
  const path = flags.config ?? (existsSync(own) ? own : null);
  if (path !== null && !existsSync(path)) throw new Failure('file-missing', { where: path });
  const file = path === null ? File.parse({}) : readYaml(path, File, 'config-invalid');
  const base = path === null ? '.' : dirname(path);
  const place = flags.place ?? file.地区 ?? null;
  return {
    inputs: [...inputs, ...(flags.targets ?? []), ...(flags.facts ?? [])],
    lastYear: flags.lastYear ?? [],
    place,
    organisation: file.单位 ?? (place === null ? null : `${place}民政局`),
    period: parseEnds(flags) ?? parsePeriod(flags.year ?? file.年度, flags.period ?? file.时期),
    date: file.成文日期 ?? null,
    templates: file.模板目录 ? resolve(base, file.模板目录) : null,
    ...toWanted(flags, file, base),
    out: flags.out ?? '.',
    formats: parseFormats(flags.format),
    indicators: file.指标,
    methods: file.口径,
    mappings: file.识别,
    from: path,
    megabytes: parseMemory(flags.memory ?? file.内存),
    strict: flags.strict ?? false,
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    force: flags.force ?? false,
  };
}

/** A flag stands before the file, a template before a 文种. */
function toWanted(flags: Flags, file: z.infer<typeof File>, base: string): Pick<Config, 'kind' | 'template'> {
  if (flags.kind !== undefined && flags.template !== undefined)
    throw new Failure('usage', { where: '--kind 和 --template', found: '只能写一个' });
  if (flags.kind !== undefined) return { kind: flags.kind, template: null };
  const template = flags.template ?? (file.模板 === undefined ? null : resolve(base, file.模板));
  return { kind: template === null ? (file.文种 ?? null) : null, template };
}

/** --from and --to: months, or the days with which they begin and end; --to alone begins with its year. */
function parseEnds({ from, to, period }: Flags): Period | null {
  if (from === undefined && to === undefined) return null;
  const usage = (where: string, found: string) => new Failure('usage', { where, found });
  if (period !== undefined) throw usage('--period', '不能与 --from、--to 同时写');
  if (to === undefined) throw usage('--to', '写了 --from，还要写到哪个月，应如 --from 2022-03 --to 2022-08');
  const last = parseEnd('--to', to);
  const first = from === undefined ? { from: `${last.to.slice(0, 4)}-01` } : parseEnd('--from', from);
  if (first.from > last.to) throw usage('--from', `“${from}”在 --to 的“${to}”之后`);
  return { from: first.from, to: last.to };
}

function parseEnd(option: '--from' | '--to', text: string): Period {
  const fault = (found: string) => new Failure('usage', { where: option, found: `“${text}”${found}` });
  const period = findPeriod(text);
  if (period === null) throw fault('不是年月，应如 2022-03');
  const day = /^20\d{2}[-./]\d{1,2}[-./](\d{1,2})$/.exec(text.trim())?.[1];
  const [year, month] = period.to.split('-').map(Number);
  const wanted = option === '--from' ? 1 : new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  if (day !== undefined && Number(day) !== wanted)
    throw fault(`不是${option === '--from' ? '月初' : '月末'}；各项数按整月计算，请写年月，应如 2022-03`);
  return period;
}

function parsePeriod(year: string | undefined, span: string | undefined): Period | null {
  if (year === undefined && span === undefined) return null;
  if (year !== undefined && !/^20\d{2}$/.test(year))
    throw new Failure('usage', { where: '--year', found: `“${year}”不是年份，应如 2022` });
  const period =
    span === undefined
      ? findPeriod(`${year}年`)
      : (findPeriod(span) ?? (year === undefined ? null : findPartOfYear(span, year)));
  if (period === null)
    throw new Failure('usage', {
      where: '--period',
      found: `“${span}”看不出是哪段时期，应如 2022年上半年、2022年1-11月、2022-09`,
    });
  return period;
}

/** Less than this does not hold the pages that a query works on. */
const LEAST_MEGABYTES = 200;

/** "800MB", "1.5GB", "2G" in MB; null when nothing was written. */
export function parseMemory(
  text: string | undefined,
  fail = (found: string) => new Failure('usage', { where: '--memory', found }),
): number | null {
  if (text === undefined) return null;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([MG])B?$/i.exec(text.trim()) ?? [];
  const megabytes = Math.floor(Number(number) * (unit?.toUpperCase() === 'G' ? 1024 : 1));
  if (!(megabytes >= LEAST_MEGABYTES))
    throw fail(`“${text}”不是可用的内存大小，应如 800MB、2GB，至少 ${LEAST_MEGABYTES}MB`);
  return megabytes;
}

function parseFormats(text: string | undefined): Format[] {
  if (text === undefined) return [...FORMATS];
  const names = text
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.find((name) => !(FORMATS as string[]).includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new Failure('usage', {
      where: '--format',
      found: `“${unknown ?? text}”不是可用的格式，可用 ${FORMATS.join('、')}`,
    });
  return names as Format[];
}
