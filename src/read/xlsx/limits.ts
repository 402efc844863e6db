/** What a workbook may hold before it is taken for a bomb; all of it far above what Excel itself can write. */
export const LIMITS = {
  /** Parts in the zip. */
  entries: 20_000,
  /** Bytes of the zip's central directory. */
  directoryBytes: 32 * 1024 * 1024,
  /** Inflated bytes of one part. */
  partBytes: 4 * 1024 ** 3,
  /** Inflated bytes of a part that is held whole (workbook, styles, relations). */
  smallPartBytes: 64 * 1024 * 1024,
  /** Legitimate sheets reach about 30:1, empty formatted rows about 100:1. */
  ratio: 200,
  /** Below this the ratio is not looked at: small files may be oddly compressible, and do no harm. */
  ratioFromBytes: 64 * 1024 * 1024,
  /** Characters of one cell; Excel stops at 32,767, other writers do not. */
  cellCharacters: 1024 * 1024,
  /** Bytes of one element or cell in the XML, markup included. */
  cellBytes: 8 * 1024 * 1024,
  columns: 16_384,
  rows: 1_048_576,
  merges: 2_000_000,
  sharedStrings: 20_000_000,
  /** UTF-8 bytes of all shared strings together. */
  sharedStringBytes: 1024 ** 3,
  /** UTF-8 bytes that all cells of one sheet expand to: one long shared string may be used millions of times. */
  sheetTextBytes: 8 * 1024 ** 3,
} as const;
