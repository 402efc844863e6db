import { createHash } from 'node:crypto';
import type { Facts, Report, Setup } from '../model.ts';

/** The text of a *.facts.json. */
export function toFactsText(report: Report, setup: Setup): string {
  const facts: Facts = { ...report, setup, checksum: '' };
  return `${toInert(JSON.stringify({ ...facts, checksum: toChecksum(facts) }, null, 1))}\n`;
}

/**
 * SHA-256 over everything but the checksum itself, however it is laid out. It holds no secret: it shows that a figure was
 * changed in an editor, so that nobody signs it unawares, and proves nothing against someone who computes it anew.
 */
export function toChecksum({ checksum: _, ...rest }: Facts): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

/** JSON leaves DEL and the control characters above it as they are, and a terminal that shows the file obeys them. */
const toInert = (json: string): string =>
  json.replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
