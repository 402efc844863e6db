import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** One file of a set that is being replaced. */
export interface Change {
  name: string;
  /** The new content, beside its place. */
  temporary: string;
  /** A copy of what stood there; made when `old` is not null. */
  former: string;
  /** What stood there: SHA-256, "link", or null for nothing. */
  old: string | null;
  new: string;
}

/** What a folder's record says. */
export interface FolderRecord {
  /** Name → SHA-256 of what we wrote there, so that a person's edit is noticed. */
  files: Map<string, string>;
  /** The set whose replacing has begun; empty when none has. */
  pending: Change[];
}

/** In each output folder: what is ours. */
export const RECORD = '.mzreport-outputs.json';

// A record is read from a folder that anybody may have packed: no name in it may lead out of the folder.
const Name = z.string().regex(/^(?!\.{1,2}$)[^/\\\0]+$/);
const Beside = z.string().regex(/^\.mzreport-\d+-\d+\.(?:tmp|old)$/);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Files = z.record(Name, Hash);
const Pending = z.array(
  z.strictObject({
    name: Name,
    temporary: Beside,
    former: Beside,
    old: z.union([Hash, z.literal('link')]).nullable(),
    new: Hash,
  }),
);
const Whole = z.strictObject({ files: Files, pending: Pending.default([]) });

/** A folder's record; one that is not there or cannot be read means that nothing is known to be ours: everything is kept. */
export async function readRecord(folder: string): Promise<FolderRecord> {
  try {
    const text: unknown = JSON.parse(await fs.readFile(join(folder, RECORD), 'utf8'));
    // The first version wrote names and hashes alone.
    const plain = Files.safeParse(text);
    const { files, pending } = plain.success ? { files: plain.data, pending: [] } : Whole.parse(text);
    return { files: new Map(Object.entries(files)), pending };
  } catch {
    return { files: new Map(), pending: [] };
  }
}

/** The record as bytes. */
export function toBytes({ files, pending }: FolderRecord): Uint8Array {
  const whole = { files: Object.fromEntries(files), ...(pending.length > 0 ? { pending } : {}) };
  return new TextEncoder().encode(`${JSON.stringify(whole, null, 1)}\n`);
}
