/** Checks with programs that we did not write: npm run verify:office. Each prints one line; a fault ends with 1. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as documents from './documents.ts';
import * as edited from './edited.ts';
import * as page from './page.ts';
import * as workbook from './workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-verify-'));
try {
  for (const { name, check } of [workbook, documents, page, edited]) {
    const faults = await check(folder);
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    for (const fault of faults) console.log(`     ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
