import type { Style } from '../render/index.ts';
import { findFamilies } from './families.ts';
import { type Finding, toFit } from './finding.ts';
import { examineFolder } from './folders.ts';
import { toFontFindings } from './fonts.ts';
import { examineDatabase, examineMemory, examineNode } from './program.ts';

export { type Finding, toFit } from './finding.ts';

/** What this computer has of what a run needs; `style` is null where it could not be read. */
export async function examineMachine(
  version: string,
  folders: { temporary: string; out: string },
  style: Style | null,
): Promise<Finding[]> {
  return [
    toFit('程序', `mzreport ${version}`),
    examineNode(process.versions.node),
    await examineDatabase(),
    examineMemory(),
    await examineFolder('临时文件夹', folders.temporary),
    await examineFolder('输出文件夹', folders.out),
    ...(style === null ? [] : toFontFindings(style, await findFamilies())),
  ];
}
