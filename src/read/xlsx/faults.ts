import { Failure } from '../../failure.ts';

/** The failure for a file that breaks the rules of zip, XML or OOXML; `found` must not hold a cell's text. */
export function damaged(where: string, found: string, cause?: unknown): Failure {
  return new Failure('file-damaged', { where, found }, cause);
}

/** The failure for a file that goes beyond what any real export needs. */
export function overLimit(where: string, found: string, expected: string): Failure {
  return new Failure('file-limit', { where, found, expected });
}
