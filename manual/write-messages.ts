/** npm run manual:messages: the tables of messages in docs/手册.md as src/ has them now. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withMessages } from './messages.ts';

const MANUAL = fileURLToPath(new URL('../docs/手册.md', import.meta.url));
writeFileSync(MANUAL, withMessages(readFileSync(MANUAL, 'utf8')));
