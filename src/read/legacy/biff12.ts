import { damaged } from '../xlsx/faults.ts';
import { LIMITS } from '../xlsx/limits.ts';

const ROW = 0;
const COLUMNS = 60;

/**
 * Throws unless the records of an .xlsb's worksheet follow each other to the end and stay within a sheet: the library
 * counts to whatever last column a record names, and takes what is cut for what is short.
 */
export function checkSheetRecords(part: Buffer, where: string): void {
  for (let at = 0; at < part.length; ) {
    const type = readVariable(part, at, 2, where);
    const size = readVariable(part, type.next, 4, where);
    const body = size.next;
    at = body + size.value;
    if (at > part.length) throw damaged(where, '工作表内容不完整');
    if (type.value === ROW && size.value >= 4 && part.readUInt32LE(body) >= LIMITS.rows)
      throw damaged(where, '行号有误');
    if (type.value === COLUMNS && size.value >= 8 && part.readUInt32LE(body + 4) >= LIMITS.columns)
      throw damaged(where, '列号有误');
  }
}

/** A number of seven bits per byte, the last byte being the one below 128. */
function readVariable(bytes: Buffer, at: number, most: number, where: string) {
  let value = 0;
  for (let i = 0; i < most; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw damaged(where, '工作表内容不完整');
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return { value, next: at + most };
}
