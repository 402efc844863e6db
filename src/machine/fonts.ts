import type { Style } from '../render/index.ts';
import { type Finding, toFit } from './finding.ts';

const ELEMENTS: Record<keyof Style['faces'], string> = {
  title: '标题',
  body: '正文',
  heading1: '一级标题',
  heading2: '二级标题',
  heading3: '三级标题',
  heading4: '四级标题',
  caption: '题注',
  annex: '附件',
  tableTitle: '表题',
  tableHead: '表头',
  table: '表格',
  pageNumber: '页码',
};

/** What Word takes for Chinese where nothing else is known. */
const SONGTI = '宋体';

interface Wanted {
  font: string;
  uses: string[];
  fallback: string[];
}

/** One line per font of the style: whether it is installed, and what Word shows where it is not. */
export function toFontFindings(style: Style, families: ReadonlySet<string>): Finding[] {
  const has = (font: string) => families.has(font.toLowerCase());
  return findWanted(style).map(({ font, uses, fallback }) => {
    const name = `字体 ${font}`;
    const where = `用于${uses.join('、')}`;
    // The fallbacks are other names of the font too: 仿宋 calls itself FangSong on some machines.
    const instead = fallback.find(has);
    if (has(font)) return toFit(name, `已安装，${where}`);
    const shown = instead ? `“${instead}”` : `系统默认的字体${font === SONGTI ? '' : `（多为${SONGTI}）`}`;
    return {
      name,
      state: '注意',
      found: `本机没有，${where}；在本机打开时，Word 会改用${shown}`,
      advice:
        '文稿里写的仍是原来的字体，到装有它的电脑上显示正常。要在本机排印的，请安装它，或在 gongwen.yaml 改成本机有的字体。',
    };
  });
}

function findWanted(style: Style): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const add = (font: string, use: string, fallback: string[]) => {
    const known = wanted.get(font) ?? { font, uses: [], fallback };
    if (!known.uses.includes(use)) known.uses.push(use);
    wanted.set(font, known);
  };
  for (const [element, { font, fallback }] of Object.entries(style.faces))
    add(font, ELEMENTS[element as keyof Style['faces']], fallback);
  for (const { latin } of Object.values(style.faces))
    if (!wanted.has(latin) || wanted.get(latin)?.uses[0] === '数字和字母') add(latin, '数字和字母', []);
  return [...wanted.values()];
}
