import { Failure } from '../../failure.ts';
import { damaged } from '../xlsx/faults.ts';

const BEGINNINGS = [0x0009, 0x0209, 0x0409, 0x0809];
const END = 0x000a;
const SHEET = 0x0085;

/**
 * Throws unless the records of a workbook stream follow each other to the end, every part that begins also ends, and
 * every sheet of the list is there: the library that reads them takes a cut stream for a short one.
 */
export function checkRecords(stream: Buffer, where: string): void {
  const begun: number[] = [];
  const sheets: number[] = [];
  let depth = 0;
  for (let at = 0; at < stream.length; ) {
    const type = at + 4 <= stream.length ? stream.readUInt16LE(at) : 0;
    // After the last part only padding follows.
    if (depth === 0 && !BEGINNINGS.includes(type)) break;
    if (at + 4 > stream.length) throw damaged(where, '文件不完整');
    const next = at + 4 + stream.readUInt16LE(at + 2);
    if (next > stream.length) throw damaged(where, '文件不完整');
    if (BEGINNINGS.includes(type)) {
      if (depth === 0) begun.push(at);
      depth++;
    } else if (type === END) depth--;
    else if (type === SHEET && next - at >= 8) sheets.push(stream.readUInt32LE(at + 4));
    at = next;
  }
  if (begun.length === 0) throw damaged(where, '没有工作簿内容');
  if (depth > 0) throw damaged(where, '工作表内容不完整');
  if (sheets.some((at) => !begun.includes(at))) throw damaged(where, '缺少工作表的内容');
}

/** The failure that a library's error stands for; its own words may quote a cell and stay behind as the cause. */
export function toFailure(error: unknown, where: string): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/password|encrypt/i.test(message)) return new Failure('file-protected', { where }, error);
  return damaged(where, '内部结构有误', error);
}
