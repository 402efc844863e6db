/** Three tiny counties of one city, written by the program itself. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Facts, Figure } from '../../src/model.ts';
import { runCli } from '../support/run.ts';

/** A county's tables, as few rows as say something. */
export interface CountyInput {
  place: string;
  /** 户编号, person by number, 保障人数, 发放年月, 发放合计 */
  payouts?: [string, number, number, string, string][];
  /** 指标, 值, 单位, 上年值 */
  facts?: [string, string, string, string][];
  /** 指标, 目标值, 单位, 下达单位 */
  targets?: [string, string, string, string][];
  year?: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A valid ID of a place that there is not, by a number below 1000. */
export function toPersonId(number: number): string {
  const body = `99000019491231${String(number).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

const toCsv = (rows: (string | number)[][]): string => `${rows.map((row) => row.join(',')).join('\n')}\n`;

/** Runs a county and gives the path of its facts. */
export async function runCounty(home: string, input: CountyInput): Promise<string> {
  const { place, payouts, facts, targets, year = '2022' } = input;
  const inputs = mkdtempSync(join(tmpdir(), 'mzreport-county-'));
  const put = (name: string, rows: (string | number)[][]) => writeFileSync(join(inputs, name), toCsv(rows));
  if (payouts)
    put('低保发放.csv', [['户编号', '身份证号', '保障人数', '发放年月', '发放合计（元）'], ...payouts]);
  if (facts) put('手工填报.csv', [['指标', '值', '单位', '上年值'], ...facts]);
  if (targets) put('任务指标.csv', [['指标', '目标值', '单位', '下达单位'], ...targets]);
  const out = join(home, place);
  const outcome = await runCli(
    'summarize',
    inputs,
    '--place',
    place,
    '--year',
    year,
    '--kind',
    'annual',
    '--format',
    'txt',
    '--out',
    out,
    '--quiet',
  );
  rmSync(inputs, { recursive: true, force: true });
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  return join(out, readdirSync(out).find((name) => name.endsWith('.facts.json')) ?? '');
}

/** The figures of a facts.json by id. */
export const readFigures = (path: string): Map<string, Figure> =>
  new Map(readFacts(path).figures.map((figure) => [figure.id, figure]));

export const readFacts = (path: string): Facts => JSON.parse(readFileSync(path, 'utf8')) as Facts;
