/**
 * What --debug shows of an error: its kind, the first line of its message with everything that may come from a cell cut
 * out, and where in the program it happened. The database quotes values and whole lines of a file in its messages.
 */
export function toDebugText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { stack = '', message } = error;
  // What stands before is the message again, with lines of its own.
  const places = stack.slice(stack.indexOf(message) + message.length).split('\n');
  const cause = error.cause === undefined ? [] : [`原因：${toDebugText(error.cause)}`];
  return [`${error.name}: ${cut(message.split('\n')[0] ?? '')}`, ...places.slice(1), ...cause].join('\n');
}

/** Quoted texts, Chinese and numbers of more than three digits: what is left is the library's English. */
const cut = (message: string): string =>
  message.replace(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, '…').replace(/[^\x20-\x7e…]+|\d{4,}[\dXx]*/g, '…');
