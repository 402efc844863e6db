// Runs one piece of work in this process and prints its wall time and peak memory as JSON on the last line.
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';

const [work, ...args] = process.argv.slice(2);
const start = process.hrtime.bigint();
const works = {
  ours: async () => {
    process.argv = ['node', 'mzreport', ...args];
    await import('../bin/mzreport.js');
    await once(process, 'beforeExit');
    if (process.exitCode !== 0) throw new Error(`exit ${process.exitCode}`);
  },
  exceljs: async () => {
    const { default: ExcelJS } = await import('exceljs');
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(args[0], { sharedStrings: 'cache', styles: 'ignore', hyperlinks: 'ignore', worksheets: 'emit' });
    let cells = 0;
    for await (const sheet of reader) for await (const row of sheet) cells += row.cellCount;
    if (cells === 0) throw new Error('exceljs read nothing');
  },
  'csv-parse': async () => {
    const { parse } = await import('csv-parse');
    let records = 0;
    for await (const _ of createReadStream(args[0]).pipe(parse())) records++;
    if (records === 0) throw new Error('csv-parse read nothing');
  },
};
/** Peak memory in MB. Linux hands the parent's peak on to its children, but not in this file. */
function findPeak() {
  const status = '/proc/self/status';
  const own = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null;
  return (own ? Number(own[1]) : process.resourceUsage().maxRSS) / 1024;
}

await works[work]();
console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9, startup: process.uptime(), megabytes: findPeak() }));
