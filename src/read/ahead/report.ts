import type { FailureCode } from '../../failure.ts';
import type { Merge } from '../../model.ts';
import type { Fingerprint } from '../fingerprint.ts';
import type { RawBatch, SheetOutline } from '../xlsx/index.ts';

/** What the reading thread sends, about file `file` of its list and sheet `sheet` of that file. */
export type Report =
  | { type: 'fingerprint'; file: number; fingerprint: Fingerprint }
  | { type: 'outline'; file: number; outline: SheetOutline[] }
  /** Nothing more of this file will come. */
  | { type: 'left'; file: number }
  | SheetReport;

export type SheetReport = { file: number; sheet: number } & (
  | { type: 'batch'; batch: RawBatch }
  | { type: 'end'; merges: Merge[] }
  | { type: 'failure'; code: FailureCode; message: string }
);

/** Bytes of batches that may wait for the main thread, so that a slow one does not fill the memory. */
export const AHEAD_BYTES = 32 * 1024 * 1024;
