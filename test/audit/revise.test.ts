/** Whatever the runs of a figure are: accepted, the revision says the new text; rejected, the old one, run by run. */
import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBookmarks } from '../../src/audit/bookmarks.ts';
import { healBookmark } from '../../src/audit/heal.ts';
import { pairFigures } from '../../src/audit/pairing.ts';
import { createIds, type Manner, revise } from '../../src/audit/revise.ts';
import type { Appearance, Printed } from '../../src/render/index.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const LOOKS = [
  '',
  '<w:rPr><w:b/></w:rPr>',
  '<w:rPr><w:rFonts w:hint="eastAsia"/><w:color w:val="FF0000"/></w:rPr>',
];

interface Piece {
  text: string;
  look: number;
  /** Who inserted it in an open revision; null: nobody. */
  by: string | null;
}

const piece = fc.record({
  text: fc.string({ unit: fc.constantFrom(...'0123456789.%万元人户'), minLength: 1, maxLength: 6 }),
  look: fc.nat(LOOKS.length - 1),
  by: fc.option(fc.constantFrom('科长', 'mzreport'), { nil: null }),
});

const toRun = ({ text, look, by }: Piece): string => {
  const run = `<w:r>${LOOKS[look]}<w:t>${text}</w:t></w:r>`;
  return by === null ? run : `<w:ins w:id="7" w:author="${by}">${run}</w:ins>`;
};

function parse(pieces: Piece[]): Element {
  const xml = `<w:document xmlns:w="${W}"><w:body><w:p><w:r><w:t>前</w:t></w:r><w:bookmarkStart w:id="1" w:name="b"/>${pieces.map(toRun).join('')}<w:bookmarkEnd w:id="1"/><w:r><w:t>后</w:t></w:r></w:p></w:body></w:document>`;
  return new DOMParser().parseFromString(xml, 'text/xml').documentElement as Element;
}

const serialize = (main: Element): string => new XMLSerializer().serializeToString(main);
const plain = (xml: string): string => xml.replace(/<[^>]*>/g, '');
const accept = (xml: string): string => plain(xml.replace(/<w:del .*?<\/w:del>/gs, ''));
/** Without what `author` inserted, with what was deleted. */
const reject = (xml: string, author: string): string =>
  plain(xml.replace(new RegExp(`<w:ins w:id="\\d+" w:author="${author}">.*?</w:ins>`, 'gs'), ''));

const change = (pieces: Piece[], text: string, tracked: boolean): string => {
  const main = parse(pieces);
  const range = findBookmarks(main).get('b');
  const manner: Manner = { tracked, author: 'mzreport', date: null, nextId: createIds(main) };
  if (range) revise(range, { text, pending: false, wasPending: false }, manner);
  return serialize(main);
};

describe('a revision', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789.%万元人户'), minLength: 1, maxLength: 10 });

  it('says the new text when it is accepted, and the old one when it is rejected', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), text, (pieces, now) => {
        const xml = change(pieces, now, true);
        expect(accept(xml)).toBe(`前${now}后`);
        const own = pieces.filter(({ by }) => by !== 'mzreport').map((each) => each.text);
        // Only where nobody else's revision is open does a rejection of ours give back the whole.
        if (pieces.every(({ by }) => by === null))
          expect(reject(xml, 'mzreport')).toBe(`前${own.join('')}后`);
        const ids = [...xml.matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)]
          .map(([, id]) => id)
          .filter((id) => id !== '7');
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain('1');
      }),
      { numRuns: 300 },
    );
  });

  it('written plainly leaves no trace but the text', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), text, (pieces, now) => {
        const xml = change(
          pieces.map((each) => ({ ...each, by: null })),
          now,
          false,
        );
        expect(plain(xml)).toBe(`前${now}后`);
        expect(xml).not.toMatch(/<w:(?:ins|del)\b/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a bookmark that is too short', () => {
  it('is healed wherever its text goes on, and only then', () => {
    const cut = fc.record({
      pieces: fc.array(piece, { minLength: 1, maxLength: 4 }),
      short: fc.nat(12),
      more: fc.boolean(),
    });
    fc.assert(
      fc.property(cut, ({ pieces, short, more }) => {
        const whole = pieces.map((each) => each.text).join('');
        const printed = more ? `${whole}后` : `${whole}前`;
        const main = parse(pieces.map((each) => ({ ...each, by: null })));
        const range = findBookmarks(main).get('b');
        const before = plain(serialize(main));
        if (range) {
          // Its end moves before some of its runs, as if Writer had saved it.
          const run = range.runs[short % (range.runs.length + 1)];
          if (run) run.parentNode?.insertBefore(range.end, run);
          const moved = findBookmarks(main).get('b');
          if (moved) {
            healBookmark(moved, printed);
            expect(findBookmarks(main).get('b')?.text === printed).toBe(more);
          }
        }
        expect(plain(serialize(main))).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe('pairs of printed and fresh figures', () => {
  const printed = (figure: string, words: string, text = '1户'): Printed => ({ figure, n: 1, text, words });
  const fresh = (figure: string, words: string, text = '2户'): Appearance => ({
    figure,
    words,
    text,
    pending: text.startsWith('〔待核'),
    quote: '',
  });

  it('go by figure and words, whatever the order, before they go by the figure alone', () => {
    const { pairs, left } = pairFigures(
      [printed('a', 'gone'), printed('a', 'x'), printed('b', 'y')],
      [fresh('b', 'y'), fresh('a', 'new'), fresh('a', 'x'), fresh('c', 'z')],
    );
    expect(pairs.map(({ fresh: each, same }) => [each?.figure, each?.words, same])).toEqual([
      ['a', 'new', false],
      ['a', 'x', true],
      ['b', 'y', true],
    ]);
    expect(left.map(({ figure }) => figure)).toEqual(['c']);
  });

  it('know that 同比 of what is not known is printed as its 〔待核〕, and the other way round', () => {
    const filled = pairFigures([printed('a', 'x', '〔待核：缺〕')], [fresh('a#同比', 'x')]);
    expect(filled.pairs[0]).toMatchObject({ same: true, fresh: { figure: 'a#同比' } });
    const pending = pairFigures([printed('a#同比', 'x')], [fresh('a', 'x', '〔待核：缺〕')]);
    expect(pending.pairs[0]).toMatchObject({ same: true, fresh: { figure: 'a' } });
    const neither = pairFigures([printed('a', 'x')], [fresh('a#同比', 'x')]);
    expect(neither.pairs[0]).toMatchObject({ fresh: null });
  });
});
