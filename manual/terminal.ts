// What was built, not src/: a batch starts its jobs as programs of their own.
const { run } = (await import(
  new URL('../dist/cli.js', import.meta.url).href
)) as typeof import('../src/cli.ts');

/** What a terminal showed: the text with its colours, the exit code. */
export interface Screen {
  code: number;
  text: string;
}

/** Runs the program in this process as on a terminal, in the current folder. */
export async function show(...args: string[]): Promise<Screen> {
  const screen: Screen = { code: -1, text: '' };
  const write = (text: string) => (screen.text += text);
  // The line that says how far reading has come stands only on a terminal, and is gone when the run ends.
  const stderr = { isTTY: false, write };
  const stdout = { isTTY: true, columns: 100, write };
  screen.code = await run({ argv: ['node', 'mzreport', ...args], stdout, stderr });
  return screen;
}

const COLOURS: Record<string, string> = {
  '1': 'font-weight:bold',
  '2': 'color:#888',
  '31': 'color:#b00020',
  '32': 'color:#18794e',
  '33': 'color:#9a6700',
};

const toHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A screen as a page: the command, what it printed, and a mark where lines were left out. */
export function toPage(command: string, { text }: Screen, lines: number): string {
  const all = text.trimEnd().split('\n');
  const shown = all.slice(0, lines).join('\n');
  const rest = all.length > lines ? `\n<i>……（下面还有${all.length - lines}行）</i>` : '';
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#fff;width:960px}
pre{margin:0;padding:14px 18px;border:1px solid #bbb;border-radius:6px;background:#fcfcfa;color:#222;
font:15px/1.55 "Noto Sans Mono CJK SC",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
b{color:#000}i{color:#888;font-style:normal}</style><pre><b>$ ${toHtml(command)}</b>\n${toSpans(shown)}${rest}</pre>`;
}

function toSpans(text: string): string {
  let open = 0;
  const html = text.split(/\x1b\[(\d+)m/).map((part, index) => {
    if (index % 2 === 0) return toHtml(part);
    const style = COLOURS[part];
    if (style !== undefined) {
      open++;
      return `<span style="${style}">`;
    }
    return open-- > 0 ? '</span>' : '';
  });
  return html.join('');
}
