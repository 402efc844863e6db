import { findBareUtf16 } from './encoding.ts';

/** What a file's first bytes say it is, as far as it is read; each has a reader. */
export type FileType = 'zip' | 'ole' | 'biff' | 'markup' | 'text';

const MAGIC: [bytes: string, type: string][] = [
  ['504b', 'zip'],
  ['d0cf11e0a1b11ae1', 'ole'],
  ['25504446', 'PDF 文件'],
  ['ffd8ff', '图片'],
  ['89504e47', '图片'],
  ['47494638', '图片'],
  ['526172211a07', 'RAR 压缩包'],
  ['377abcaf271c', '7z 压缩包'],
  ['1f8b', 'gzip 压缩文件'],
  ['7b5c727466', 'RTF 文档'],
  ['49443b50', 'SYLK 表格'],
];
/** A workbook stream without any wrapping begins with the record BOF, whose length is that of its version. */
const BIFF = /^\x09(?:\x00\x04\x00|\x02\x06\x00|\x04\x06\x00|\x08\x08\x00|\x08\x10\x00)/;
const MARKUP = /^\s*<(?:!doctype|!--|\?xml|html|head|meta|body|style|div|table|(?:\w+:)?workbook)\b/i;
/** NUL bytes beyond this share make a binary file; exports from old databases have a few in texts. */
const MOST_NULS = 0.02;

/** What a file's first bytes say it is: a FileType, or the Chinese name of a type that is not read. */
export function sniff(head: Buffer): FileType | (string & {}) {
  const magic = MAGIC.find(([bytes]) => head.toString('hex', 0, bytes.length / 2) === bytes);
  if (magic) return magic[1];
  if (BIFF.test(head.toString('latin1', 0, 4))) return 'biff';
  const start = toStart(head);
  if (MARKUP.test(start)) return 'markup';
  if (/^MIME-Version:/i.test(start)) return '单个文件网页（mht）';
  if (hasByteOrderMark(head) || findBareUtf16(head) !== null) return 'text';
  const nuls = head.filter((byte) => byte === 0).length;
  return nuls > head.length * MOST_NULS ? '未知的二进制文件' : 'text';
}

function toStart(head: Buffer): string {
  const start = head.subarray(0, 512);
  if (start[0] === 0xff && start[1] === 0xfe) return start.toString('utf16le', 2);
  return start.toString('latin1', start[0] === 0xef && start[1] === 0xbb ? 3 : 0);
}

const hasByteOrderMark = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
