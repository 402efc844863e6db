import { Failure } from '../../failure.ts';

/**
 * HTML as text. A byte order mark goes first, then strict UTF-8, then what <meta> says, then GB18030: exporters declare
 * gb2312 and write UTF-8, and the other way round.
 */
export function decodeHtml(bytes: Buffer, where: string): string {
  for (const label of [findMark(bytes) ?? 'utf-8', findDeclared(bytes), 'gb18030']) {
    const text = label === null ? null : decode(bytes, label);
    if (text !== null) return text.replaceAll('\0', '');
  }
  throw new Failure('file-encoding', { where });
}

function findMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function findDeclared(bytes: Buffer): string | null {
  return /charset\s*=\s*["']?([\w-]+)/i.exec(bytes.toString('latin1', 0, 4096))?.[1] ?? null;
}

function decode(bytes: Buffer, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
