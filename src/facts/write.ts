import { createHash } from 'node:crypto';
import type { Facts, Report, Setup } from '../model.ts';

/** The text of a *.facts.json. */
export function toFactsText(report: Report, setup: Setup): string {
  const facts: Facts = { ...report, setup, checksum: '' };
  return `${JSON.stringify({ ...facts, checksum: toChecksum(facts) }, null, 1)}\n`;
}

/**
 * SHA-256 over everything but the checksum itself, however it is laid out. It holds no secret: it shows that a figure was
 * changed in an editor, so that nobody signs it unawares, and proves nothing against someone who computes it anew.
 */
export function toChecksum({ checksum: _, ...rest }: Facts): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}
