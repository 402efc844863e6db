/** What was done to a file after it was written. */
export interface Change {
  /** Share of its bytes that are left. */
  留下?: number;
  /** One byte turned over, at this share of its length. */
  翻转?: number;
  /** Every occurrence of a text replaced by one that is as long in bytes. */
  替换?: [from: string, to: string];
}

/** The file as damaged. */
export function toChanged(bytes: Buffer, { 留下, 翻转, 替换 }: Change): Buffer {
  let changed = Buffer.from(bytes);
  if (替换) changed = Buffer.from(changed.toString('latin1').replaceAll(...替换), 'latin1');
  if (翻转 !== undefined) {
    const at = Math.floor(changed.length * 翻转);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
  }
  return 留下 === undefined ? changed : changed.subarray(0, Math.floor(changed.length * 留下));
}
