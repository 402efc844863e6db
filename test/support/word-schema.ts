/** The rules of ECMA-376 (transitional) for what we write into a Word file: Word asks to repair a file that breaks one. */
import { posix } from 'node:path';
import { DOMParser, type Document, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { unzip } from '../render/unzip.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RANGES = 'bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd proofErr ins del';

/** Children of an element in the order in which its type has them; those of one group may stand in any order. */
const ORDER: Record<string, string[]> = Object.fromEntries(
  Object.entries({
    pPr: 'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
    rPr: 'ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange',
    tblPr:
      'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange',
    tcPr: 'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
    sectPr:
      'headerReference+footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings',
    style:
      'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr',
    styles: 'docDefaults latentStyles style',
    font: 'altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic',
    tbl: `${RANGES.replaceAll(' ', '+')} tblPr tblGrid tr+${RANGES.replaceAll(' ', '+')}`,
    tr: 'tblPrEx trPr tc',
    tc: 'tcPr p+tbl',
    p: `pPr r+hyperlink+${RANGES.replaceAll(' ', '+')}`,
    r: 'rPr t+tab+br+cr+delText+fldChar+instrText+commentReference+drawing+footnoteReference+endnoteReference+footnoteRef+endnoteRef+annotationRef+sym+noBreakHyphen+softHyphen+lastRenderedPageBreak+pict+separator+continuationSeparator',
    ins: 'r+del',
    del: 'r',
    body: 'p+tbl+bookmarkStart+bookmarkEnd sectPr',
    comment: 'p',
    comments: 'comment',
    ftr: 'p',
  }).map(([name, children]) => [name, children.split(' ')]),
);

/** What Word would ask to repair, one line each; none for a sound file. */
export function findSchemaFaults(bytes: Uint8Array): string[] {
  const parts = unzip(bytes);
  const trees = new Map<string, Document>();
  const faults: string[] = [];
  for (const [path, text] of parts)
    if (/\.(?:xml|rels)$/.test(path))
      try {
        trees.set(path, new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml'));
      } catch (error) {
        faults.push(`${path}: ${String(error)}`);
      }
  for (const [path, tree] of trees)
    for (const fault of findOrderFaults(tree)) faults.push(`${path}: ${fault}`);
  const main = trees.get('word/document.xml');
  if (!main) return [...faults, 'no word/document.xml'];
  return [
    ...faults,
    ...findBookmarkFaults(main),
    ...findCommentFaults(main, trees.get('word/comments.xml')),
    ...findRevisionFaults(main),
    ...findStyleFaults(trees),
    ...findPackageFaults(parts, trees),
    ...findPropertyFaults(trees.get('docProps/custom.xml')),
  ];
}

const all = (tree: Document | undefined, name: string): Element[] =>
  tree ? [...tree.getElementsByTagNameNS(W, name)] : [];
const get = (element: Element, name: string): string => element.getAttributeNS(W, name) ?? '';
const childrenOf = (element: Element): Element[] =>
  [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
const repeated = (values: string[]): string[] => values.filter((value, i) => values.indexOf(value) !== i);

function findOrderFaults(tree: Document): string[] {
  return Object.entries(ORDER).flatMap(([name, groups]) =>
    all(tree, name).flatMap((element) => {
      let at = 0;
      return childrenOf(element).flatMap((child) => {
        const own = child.namespaceURI === W ? (child.localName ?? '') : '';
        const next = groups.findIndex((group, i) => i >= at && group.split('+').includes(own));
        if (next < 0) return [`${name} has ${child.nodeName} in the wrong place`];
        at = next;
        return [];
      });
    }),
  );
}

function findBookmarkFaults(main: Document): string[] {
  const starts = all(main, 'bookmarkStart');
  const ends = all(main, 'bookmarkEnd').map((end) => get(end, 'id'));
  const ids = starts.map((start) => get(start, 'id'));
  const names = starts.map((start) => get(start, 'name'));
  return [
    ...repeated(ids).map((id) => `bookmark id ${id} twice`),
    ...repeated(names.map((name) => name.toLowerCase())).map((name) => `bookmark ${name} twice`),
    ...names.filter((name) => !/^[A-Za-z_]\w{0,39}$/.test(name)).map((name) => `bookmark name ${name}`),
    ...ids
      .filter((id) => ends.filter((end) => end === id).length !== 1)
      .map((id) => `bookmark ${id} has no end`),
    ...ends.filter((end) => !ids.includes(end)).map((id) => `end of no bookmark ${id}`),
    ...starts
      .filter(({ parentNode }) => !all(main, 'bookmarkEnd').some((end) => end.parentNode === parentNode))
      .map((start) => `bookmark ${get(start, 'name')} ends in another paragraph`),
  ];
}

function findCommentFaults(main: Document, comments: Document | undefined): string[] {
  const ids = all(comments, 'comment').map((comment) => get(comment, 'id'));
  const places = ['commentRangeStart', 'commentRangeEnd', 'commentReference'];
  return [
    ...repeated(ids).map((id) => `comment ${id} twice`),
    ...all(comments, 'comment').flatMap((each) =>
      get(each, 'author') === '' ? ['comment without author'] : [],
    ),
    ...places.flatMap((place) => {
      const found = all(main, place).map((each) => get(each, 'id'));
      return found.join() === [...new Set(found)].join() &&
        [...found].sort().join() === [...ids].sort().join()
        ? []
        : [`${place} ${found.join()} of comments ${ids.join()}`];
    }),
  ];
}

function findRevisionFaults(main: Document): string[] {
  const revisions = [...all(main, 'ins'), ...all(main, 'del')];
  return [
    ...repeated(revisions.map((each) => get(each, 'id'))).map((id) => `revision ${id} twice`),
    ...revisions
      .filter((each) => get(each, 'author') === '' || get(each, 'id') === '')
      .map(() => 'revision without author or id'),
    ...all(main, 'del').flatMap((each) =>
      each.getElementsByTagNameNS(W, 't').length > 0 ? ['w:t in w:del'] : [],
    ),
    ...all(main, 'delText').flatMap((each) => {
      for (let above = each.parentNode; above; above = above.parentNode)
        if (above.nodeName === 'w:del') return [];
      return ['w:delText outside w:del'];
    }),
  ];
}

function findStyleFaults(trees: Map<string, Document>): string[] {
  const known = new Set(all(trees.get('word/styles.xml'), 'style').map((style) => get(style, 'styleId')));
  const used = ['word/document.xml', 'word/comments.xml'].flatMap((path) =>
    ['pStyle', 'rStyle', 'tblStyle'].flatMap((name) =>
      all(trees.get(path), name).map((each) => get(each, 'val')),
    ),
  );
  return [...new Set(used)].filter((id) => !known.has(id)).map((id) => `no style ${id}`);
}

function findPackageFaults(parts: Map<string, string>, trees: Map<string, Document>): string[] {
  const types = [...(trees.get('[Content_Types].xml')?.documentElement?.childNodes ?? [])] as Element[];
  const overrides = types
    .filter(({ localName }) => localName === 'Override')
    .map((each) => each.getAttribute('PartName') ?? '');
  // "application/xml" says nothing of what a part is.
  const defaults = types
    .filter((each) => each.localName === 'Default' && each.getAttribute('ContentType') !== 'application/xml')
    .map((each) => each.getAttribute('Extension') ?? '');
  const untyped = [...parts.keys()].filter(
    (path) =>
      path !== '[Content_Types].xml' &&
      !path.endsWith('/') &&
      !overrides.includes(`/${path}`) &&
      !defaults.includes(path.replace(/^.*\./, '')),
  );
  const lost = [...trees].flatMap(([path, tree]) =>
    path.endsWith('.rels')
      ? [...tree.getElementsByTagName('Relationship')]
          .filter((each) => each.getAttribute('TargetMode') !== 'External')
          .map((each) =>
            posix
              .resolve('/', posix.dirname(posix.dirname(path)), each.getAttribute('Target') ?? '')
              .slice(1),
          )
          .filter((target) => !parts.has(target))
      : [],
  );
  return [
    ...repeated(overrides).map((path) => `${path} has two types`),
    ...untyped.map((path) => `${path} has no type`),
    ...lost.map((target) => `${target} is related and not there`),
  ];
}

/** Property ids begin with 2 and are unique, names too; Word cuts values after 255 characters. */
function findPropertyFaults(custom: Document | undefined): string[] {
  const properties = custom?.documentElement ? childrenOf(custom.documentElement) : [];
  const ids = properties.map((each) => each.getAttribute('pid') ?? '');
  return [
    ...repeated(ids).map((id) => `property ${id} twice`),
    ...repeated(properties.map((each) => each.getAttribute('name') ?? '')).map(
      (name) => `property ${name} twice`,
    ),
    ...ids.filter((id) => Number(id) < 2).map((id) => `property id ${id}`),
    ...properties
      .filter(({ textContent }) => (textContent ?? '').length > 255)
      .map(() => 'a property is too long'),
  ];
}
