/** The Markdown that our own documents are written in, as a page: people who unpack a zip have a browser, not a viewer of Markdown. */

const STYLE = `body{max-width:52em;margin:2em auto;padding:0 1em;font:17px/1.8 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222}
table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.25em .6em;text-align:left;vertical-align:top}
pre{background:#f4f4f2;padding:.7em 1em;overflow-x:auto}code{font-family:Consolas,"Noto Sans Mono CJK SC",monospace}
img{max-width:100%;border:1px solid #ccc}`;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The name by which links lead to a heading, as GitHub makes it. */
export const toAnchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** Code, pictures, links to pages of ours, and bold, within a line. */
function toInline(text: string): string {
  const codes: string[] = [];
  return escapeHtml(text.replace(/`([^`]+)`/g, (_, code: string) => `\x00${codes.push(code) - 1}\x00`))
    .replace(/!\[([^\]]*)\]\(([^)]+)\)/g, '<img alt="$1" src="$2">')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, label: string, href: string) => {
      const page = /^https?:/.test(href) ? href : href.replace(/\.md(?=#|$)/, '.html');
      return `<a href="${page}">${label}</a>`;
    })
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(
      /\x00(\d+)\x00/g,
      (_, index: string) => `<code>${escapeHtml(codes[Number(index)] ?? '')}</code>`,
    );
}

const toCells = (row: string, tag: string): string =>
  row
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => `<${tag}>${toInline(cell.trim().replaceAll('\\|', '|'))}</${tag}>`)
    .join('');

/** Lines of one sort that follow one another, and what they become. */
const BLOCKS: [line: RegExp, make: (lines: string[]) => string][] = [
  [
    /^#{1,6} /,
    (lines) =>
      lines
        .map((line) => {
          const [, marks = '', title = ''] = /^(#+) (.*)$/.exec(line) ?? [];
          return `<h${marks.length} id="${toAnchor(title)}">${toInline(title)}</h${marks.length}>`;
        })
        .join('\n'),
  ],
  [
    /^\|/,
    ([head = '', , ...rows]) =>
      `<table><tr>${toCells(head, 'th')}</tr>\n${rows.map((row) => `<tr>${toCells(row, 'td')}</tr>`).join('\n')}</table>`,
  ],
  [/^\s*[-*] /, (lines) => toList('ul', lines, /^\s*[-*] /)],
  [/^\d+\. /, (lines) => toList('ol', lines, /^\d+\. /)],
  [/^<!--/, () => ''],
];

/** A list that a block of code has cut in two goes on counting. */
function toList(tag: 'ul' | 'ol', lines: string[], mark: RegExp): string {
  const start = tag === 'ol' ? ` start="${Number.parseInt(lines[0] ?? '1', 10)}"` : '';
  return `<${tag}${start}>${lines.map((line) => `<li>${toInline(line.replace(mark, ''))}</li>`).join('\n')}</${tag}>`;
}

/** A whole page; `text` is Markdown as our documents use it: no nesting but code in lists. */
export function toPage(text: string): string {
  const parts = text.split(/^```\w*\n([\s\S]*?)^```$/m);
  const body = parts.map((part, index) =>
    index % 2 === 1 ? `<pre><code>${escapeHtml(part.trimEnd())}</code></pre>` : toBlocks(part.split('\n')),
  );
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  return `<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8"><title>${escapeHtml(title)}</title>\n<style>${STYLE}</style>\n${body.join('\n')}\n</html>\n`;
}

function toBlocks(lines: string[]): string {
  const html: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const [line, make] = BLOCKS.find(([each]) => each.test(lines[at] ?? '')) ?? [null, null];
    const from = at++;
    if (line === null) {
      const text = lines[from]?.trim() ?? '';
      if (text !== '') html.push(`<p>${toInline(text)}</p>`);
      continue;
    }
    while (at < lines.length && line.test(lines[at] ?? '')) at++;
    html.push(make(lines.slice(from, at)));
  }
  return html.join('\n');
}
