#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { load } from './load.js';

load(fileURLToPath(new URL('../dist/mzreport.cjs', import.meta.url)));
