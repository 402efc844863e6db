import { Document, Packer, PageOrientation, type Paragraph, SectionType, type Table } from 'docx';
import type { Annex, Draft, Report } from '../../model.ts';
import { toProperties } from '../record.ts';
import type { Style } from '../style.ts';
import { toPlainText } from '../text.ts';
import { toAnnexHead, toBlocks, toTitle } from './blocks.ts';
import { toCommentsOptions } from './comments.ts';
import { toFooterDistance, toFooters, toTurnedFooters } from './footer.ts';
import { createMarks, type Marks } from './marks.ts';
import { toParts } from './parts.ts';
import { toStyles } from './styles.ts';
import { dropZipTimes } from './zip.ts';

/** The draft as a Word document in the format of GB/T 9704. */
export async function renderDocx(draft: Draft, style: Style, report: Report): Promise<Uint8Array> {
  const title = draft.title.map(toPlainText).join('');
  const marks = createMarks(draft, report);
  const sheets = toSheets(draft, style, marks);
  const { template = null } = draft;
  const record = { template, place: report.place, period: report.period, printed: marks.printed };
  const document = new Document({
    title,
    creator: 'mzreport',
    evenAndOddHeaderAndFooters: true,
    styles: toStyles(style),
    comments: toCommentsOptions(marks.comments),
    customProperties: toProperties(record),
    sections: sheets.map(({ landscape, children }, index) => ({
      properties: { type: SectionType.NEXT_PAGE, ...toPage(style, landscape) },
      footers: landscape ? toTurnedFooters(style, index) : toFooters(style),
      children,
    })),
  });
  return dropZipTimes(await Packer.toBuffer(document, false, toParts(title, marks.comments, style)));
}

/** Pages that lie the same way; a section of the document. */
interface Sheets {
  landscape: boolean;
  children: (Paragraph | Table)[];
}

/** The text and its annexes; an annex begins a section only where the pages turn. */
function toSheets(draft: Draft, style: Style, marks: Marks): Sheets[] {
  const width = style.page.width - style.page.left - style.page.right;
  const body = [
    ...toTitle(draft.title, draft.captions, style, marks),
    ...toBlocks(draft.blocks, { style, marks, width }),
  ];
  const sheets: Sheets[] = [{ landscape: false, children: body }];
  for (const annex of draft.annexes) {
    const turns = sheets.at(-1)?.landscape !== annex.landscape;
    const children = toAnnex(annex, style, marks, !turns);
    if (turns) sheets.push({ landscape: annex.landscape, children });
    else sheets.at(-1)?.children.push(...children);
  }
  return sheets;
}

function toAnnex(annex: Annex, style: Style, marks: Marks, breaks: boolean) {
  const { page } = style;
  const width = annex.landscape ? page.height - page.top - page.bottom : page.width - page.left - page.right;
  return [...toAnnexHead(annex, style, marks, breaks), ...toBlocks(annex.blocks, { style, marks, width })];
}

/** A page that lies on its side is the upright one turned clockwise: its 订口 is above. */
function toPage(style: Style, landscape: boolean) {
  const { width, height, ...margin } = style.page;
  const { top, right, bottom, left } = margin;
  const turned = landscape ? { top: left, right: top, bottom: right, left: bottom } : margin;
  const orientation = landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  return {
    page: {
      size: { width, height, orientation },
      margin: {
        ...turned,
        header: Math.floor(turned.top / 2),
        footer: toFooterDistance(style, turned.bottom),
      },
    },
    // Without a type it only tells the pitch and binds nothing: layout.md says why.
    grid: { linePitch: style.line },
  };
}
