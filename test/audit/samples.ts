import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Summary, summarize } from '../../src/commands/summarize.ts';
import { toConfig } from '../../src/config.ts';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/** The samples' bureaus, each with a kind of document of its own. */
export const BUREAUS = ['.', '云溪县养老', '西湖区2024上半年', '荣昌区特困', '抚州市2023-09'];

/** The files that a bureau gives. */
export function toInputs(bureau: string): string[] {
  const folder = `${SAMPLES}/${bureau}`;
  return readdirSync(folder)
    .filter((name) => /\.(?:xlsx|csv)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

export const toConfigPath = (bureau: string): string => `${SAMPLES}/${bureau}/mzreport.yaml`;

/** A bureau's report and draft; nothing but them is wanted, so the files go where they are removed. */
export const compose = (bureau: string, out: string, format = 'txt'): Promise<Summary> =>
  summarize(toConfig(toInputs(bureau), { config: toConfigPath(bureau), out, format }), () => {});
