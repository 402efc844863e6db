import { BuilderElement, type Paragraph, type XmlComponent } from 'docx';

/** A place on the page, in twips from its upper left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const SHAPE = 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape';
/** English Metric Units in a twip. */
const EMU = 635;

/** A text box with a paragraph turned clockwise; `id` is its own among the drawings of the document. */
export function toTurnedBox(box: Box, id: number, paragraph: Paragraph): XmlComponent {
  const [cx, cy] = [emu(box.width), emu(box.height)];
  const shape = element('wps:wsp', {}, [
    element('wps:cNvSpPr', { txBox: '1' }),
    element('wps:spPr', {}, [
      element('a:xfrm', {}, [element('a:off', { x: '0', y: '0' }), element('a:ext', { cx, cy })]),
      element('a:prstGeom', { prst: 'rect' }, [element('a:avLst')]),
      element('a:noFill'),
      element('a:ln', {}, [element('a:noFill')]),
    ]),
    element('wps:txbx', {}, [element('w:txbxContent', {}, [paragraph])]),
    element('wps:bodyPr', { vert: 'vert', wrap: 'square', lIns: '0', tIns: '0', rIns: '0', bIns: '0' }),
  ]);
  const anchor = { distT: '0', distB: '0', distL: '0', distR: '0', simplePos: '0', relativeHeight: '1' };
  const flags = { behindDoc: '0', locked: '0', layoutInCell: '1', allowOverlap: '1' };
  return element('w:r', {}, [
    element('w:drawing', {}, [
      element('wp:anchor', { ...anchor, ...flags }, [
        element('wp:simplePos', { x: '0', y: '0' }),
        toPosition('wp:positionH', box.left),
        toPosition('wp:positionV', box.top),
        element('wp:extent', { cx, cy }),
        element('wp:effectExtent', { l: '0', t: '0', r: '0', b: '0' }),
        element('wp:wrapNone'),
        element('wp:docPr', { id: String(id), name: `页码${id}` }),
        element('wp:cNvGraphicFramePr'),
        element('a:graphic', { 'xmlns:a': DRAWING }, [element('a:graphicData', { uri: SHAPE }, [shape])]),
      ]),
    ]),
  ]);
}

function toPosition(name: string, offset: number): XmlComponent {
  const text = new BuilderElement({ name: 'wp:posOffset', children: [] });
  // Its text is a child, and the library's types know elements only.
  text.addChildElement(emu(offset) as never);
  return element(name, { relativeFrom: 'page' }, [text]);
}

const emu = (twips: number): string => String(Math.round(twips * EMU));

function element(
  name: string,
  attributes: Record<string, string> = {},
  children: readonly XmlComponent[] = [],
): XmlComponent {
  const keyed = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { key, value }]));
  return new BuilderElement({ name, attributes: keyed, children });
}
