const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** What a file's first bytes say it is: 'zip', 'text', 'ole-encrypted', or the Chinese name of a type that is not read. */
export function sniff(head: Buffer): string {
  if (head.subarray(0, 2).toString('latin1') === 'PK') return 'zip';
  if (head.subarray(0, 8).equals(OLE2))
    return head.includes(ENCRYPTED) ? 'ole-encrypted' : '旧版 Excel（xls）或 WPS（et）文件';
  if (head.subarray(0, 4).toString('latin1') === '%PDF') return 'PDF 文件';
  if (
    head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
    head.subarray(1, 4).toString('latin1') === 'PNG'
  )
    return '图片';
  if (hasByteOrderMark(head)) return 'text';
  if (/^\s*<(!doctype|html|\?xml|table)/i.test(head.subarray(0, 256).toString('latin1')))
    return '网页或 XML 文件';
  return head.includes(0) ? '未知的二进制文件' : 'text';
}

const hasByteOrderMark = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
