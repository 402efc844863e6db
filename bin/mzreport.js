#!/usr/bin/env node
import { readAhead } from '../dist/read/ahead/index.js';

// Large tables are read in a thread of their own while the program is still being loaded.
readAhead(process.argv.slice(3));
const { run } = await import('../dist/cli.js');
process.exitCode = await run(process);
