/** What a failure message needs to know; every value is shown to the user, so none may hold a cell's text. */
export interface FailureDetail {
  /** File, folder or option that the fault is in. */
  where: string;
  /** What was found there. */
  found?: string;
  /** What would have been right. */
  expected?: string;
}

/** Code → what to say. Each sentence names the place, what was found and what to do. */
const MESSAGES = {
  usage: (d) => `${d.where}${d.found ? `：${d.found}` : ''}。请运行 mzreport --help 查看用法。`,
  'file-missing': (d) => `找不到文件“${d.where}”。请核对文件名和所在文件夹，含空格的路径要加引号。`,
  'no-input': (d) => `“${d.where}”里没有可读取的表格文件（csv、xlsx）。请换一个文件夹，或直接写出文件名。`,
  'file-unreadable': (d) =>
    `无法读取“${d.where}”（${d.found ?? '系统拒绝访问'}）。请关闭正在占用它的程序，或检查读取权限。`,
  'file-empty': (d) => `“${d.where}”是空文件（0 字节）。请从业务系统重新导出。`,
  'file-type': (d) =>
    `“${d.where}”不是可以读取的表格：内容是${d.found ?? '未知格式'}。请用 WPS 或 Excel 打开后另存为 xlsx。`,
  'file-damaged': (d) =>
    `“${d.where}”已损坏，无法完整读取（${d.found ?? '内容不完整'}）。请重新导出或重新复制一份。`,
  'file-protected': (d) => `“${d.where}”设有打开密码。请用 WPS 或 Excel 打开，取消密码后另存，再重新运行。`,
  'file-not-docx': (d) =>
    `“${d.where}”不是可以打开的 Word 文稿（${d.found ?? '未知格式'}）。请用 Word 或 WPS 打开，另存为 docx，再重新运行。`,
  'draft-type': (d) =>
    `“${d.where}”不是可以核对的文稿：内容是${d.found ?? '未知格式'}。请另存为 docx 或 txt 后再运行。`,
  'document-unknown': (d) =>
    `“${d.where}”${d.found ?? '里没有 mzreport 写下的记录'}，不知道哪些数可以更新。请给“mzreport summarize”写出的 docx（另存时记录会保留，把文字复制到新文件时不会），或用“mzreport check”核对。`,
  'document-differs': (d) =>
    `“${d.where}”写的是${d.found ?? ''}，给的材料是${d.expected ?? ''}，没有更新。请给出同一地区、同一时期的材料。`,
  'file-encoding': (d) =>
    `“${d.where}”的文字编码无法识别（${d.found ?? '不是 UTF-8、UTF-16 或 GB18030'}）。请另存为“CSV UTF-8”或 xlsx。`,
  'file-limit': (d) =>
    `“${d.where}”超出安全限度（${d.found ?? ''}，上限 ${d.expected ?? ''}）。请拆分文件，或确认它确实是业务系统的导出。`,
  'memory-short': (d) =>
    `${d.where}不够用，数据没有算完（${d.found ?? ''}）。请关闭其他程序或清出磁盘空间后重新运行；写了 --memory 的，请写大一些。`,
  'sheet-empty': (d) => `“${d.where}”里没有任何有内容的单元格。请核对是否导出了正确的表。`,
  'nothing-recognised': (d) =>
    `“${d.where}”里没有认得出的民政业务表${d.found ? `（${d.found}）` : ''}。请检查表头和工作表名称，或用 mzreport inspect 查看逐列的识别情况。`,
  'figure-unknown': (d) =>
    `没有“${d.where}”这个数${d.found ?? ''}${d.expected ? `；是否指 ${d.expected}` : ''}。全部指标见 mzreport indicators。`,
  'period-unknown': (d) => `从“${d.where}”中看不出是哪一年的数据。请用 --year 写明年份，例如 --year 2022。`,
  'no-rows-in-period': (d) =>
    `“${d.where}”里没有${d.expected ?? '所选时期'}的数据${d.found ? `（数据在${d.found}）` : ''}。请核对 --year，或换成当年的文件。`,
  'no-tables': (d) =>
    `附表“${d.where}”都没有可填的数（${d.found ?? ''}）。请一并给出有这些数的表格，或用 --layout 换别的附表。`,
  'config-invalid': (d) =>
    `配置文件“${d.where}”有误：${d.found ?? ''}${d.expected ? `；应为${d.expected}` : ''}。请改正后再运行。`,
  'catalogue-invalid': (d) =>
    `口径或字典文件“${d.where}”有误：${d.found ?? ''}${d.expected ? `；应为${d.expected}` : ''}。请改正后再运行。`,
  'template-invalid': (d) =>
    `模板“${d.where}”有误：${d.found ?? ''}${d.expected ? `；${d.expected}` : ''}。请改正后再运行。`,
  'no-facts': (d) =>
    `“${d.where}”里没有 facts.json。请先在各县区运行 mzreport summarize，再给出它写出的 *.facts.json。`,
  'facts-invalid': (d) =>
    `“${d.where}”不是本程序写出的 facts.json（${d.found ?? ''}）。请用 mzreport summarize 重新写出。`,
  'facts-version': (d) =>
    `“${d.where}”的格式版本是${d.found ?? ''}，本程序用的是${d.expected ?? ''}。请用同一版本的程序和原来的表格重新运行 mzreport summarize。`,
  'facts-edited': (d) =>
    `“${d.where}”写出以后被人改过（校验和不符），里面的数已说不清来历。请用原来的表格重新运行 mzreport summarize；确要照用，请加 --edited。`,
  'counties-unfit': (d) => `“${d.where}”不能汇总：${d.found ?? ''}。请${d.expected ?? ''}。`,
  'output-unwritable': (d) =>
    `无法写入“${d.where}”（${d.found ?? '系统拒绝写入'}）。请检查文件夹权限和剩余空间，或用 --out 换一个文件夹。`,
  'output-locked': (d) =>
    `“${d.where}”正被其他程序占用（可能在 Word 或 WPS 中打开着）。请关闭后重新运行；原文件没有改动。`,
  'output-busy': (d) =>
    `“${d.where}”正由另一个 mzreport 写入（${d.found ?? ''}）。请等它结束后重新运行，或用 --out 换一个文件夹。`,
  'output-name': (d) => `无法写出“${d.where}”：${d.found ?? ''}。请${d.expected ?? '换一个名字'}。`,
  'folder-busy': (d) =>
    `“${d.where}”正由另一次运行使用（${d.found ?? ''}）。请等它结束后再运行；确定没有在运行的，删去其中的 .mzreport-batch-lock。`,
} satisfies Record<string, (detail: FailureDetail) => string>;

export type FailureCode = keyof typeof MESSAGES;

/** A fault of the run: ends it with exit code 2. `message` is one Chinese sentence for the user, `cause` the library's error. */
export class Failure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, detail: FailureDetail, cause?: unknown) {
    // One sentence is one line, whatever a file is called.
    super(MESSAGES[code](detail).replace(/[\r\n\u2028\u2029]+/g, ' '), { cause });
    this.name = 'Failure';
    this.code = code;
  }
}

/** All codes, for the manual and the transcripts test. */
export const FAILURE_CODES = Object.keys(MESSAGES) as FailureCode[];
