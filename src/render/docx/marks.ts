import type { Draft, Report, Run } from '../../model.ts';
import { createBookmarks } from '../bookmark.ts';
import { createDoubts, type Doubts } from '../doubts.ts';
import type { Printed } from '../record.ts';
import { toSurroundings } from '../words.ts';

/** What is set around a figure. */
export interface Mark {
  bookmark: { name: string; id: number } | null;
  /** Number of its comment; null when nothing is doubtful about it. */
  comment: number | null;
}

/** Gives out the marks of one document and keeps what they say. */
export interface Marks {
  /** Called once for each run that is set, in the order of the text; `text` as it is set. */
  mark: (run: Run, text: string) => Mark;
  printed: Printed[];
  /** Lines of each comment, by its number. */
  comments: string[][];
}

/** A bookmark for each figure and 〔待核〕, a comment for those that are doubtful. */
export function createMarks(draft: Draft, report: Report): Marks {
  const bookmarks = createBookmarks();
  const words = toSurroundings(draft);
  const remark = createRemarks(draft, report);
  const printed: Printed[] = [];
  const comments: string[][] = [];
  return {
    printed,
    comments,
    mark: (run, text) => {
      if (run.type === 'text') return { bookmark: null, comment: null };
      const lines = remark(run);
      const comment = lines.length > 0 ? comments.push(lines) - 1 : null;
      if (run.figure === null) return { bookmark: null, comment };
      const { n, ...bookmark } = bookmarks(run.figure);
      printed.push({ figure: run.figure, n, text, words: words.get(run)?.words ?? '' });
      return { bookmark, comment };
    },
  };
}

/** In tables each remark stands once: a hundred cells of a sheet with one fault would drown the text. */
function createRemarks(draft: Draft, report: Report): (run: Run) => string[] {
  const doubts = createDoubts(report);
  const names = new Map(report.figures.map(({ id, name }) => [id, name]));
  const inTable = findTableRuns(draft);
  const said = new Set<string>();
  return (run) => {
    const lines = toRemark(run, names, doubts);
    const key = lines.slice(1).join('\n');
    if (inTable.has(run) && said.has(key)) return [];
    said.add(key);
    return lines;
  };
}

function toRemark(run: Run, names: Map<string, string>, doubts: Doubts): string[] {
  if (run.type === 'text' || (run.type === 'placeholder' && run.kind === '待填')) return [];
  const name = run.figure === null ? '' : (names.get(run.figure) ?? run.figure);
  const lines = run.figure === null ? [] : doubts(run.figure);
  if (run.type === 'placeholder')
    return [
      `待核：${name}`,
      run.text.replace(/^〔待核：|〕$/g, ''),
      ...lines,
      '补上材料以后用 mzreport refresh 填入，不要直接填数。',
    ];
  return lines.length === 0 ? [] : [`存疑：${name}`, ...lines];
}

function findTableRuns({ blocks, annexes }: Draft): Set<Run> {
  const all = [...blocks, ...annexes.flatMap((annex) => annex.blocks)];
  return new Set(
    all.flatMap((block) => (block.type === 'table' ? [block.head, block.rows.flat()].flat(2) : [])),
  );
}
