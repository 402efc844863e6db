/** What happens to files that are already there: ours are renewed, a person's are kept, and a failure changes nothing. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISK, type Disk } from '../src/output/disk.ts';
import {
  type Output,
  prepareFolder,
  readOwn,
  replaceFile,
  type Written,
  writeOutputs,
} from '../src/output/write.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'mzreport-output-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const toOutput = (name: string, text: string): Output => ({ name, bytes: new TextEncoder().encode(text) });
const DRAFT = '东湖区民政局2022年工作总结.docx';
const BACKUP = '东湖区民政局2022年工作总结（备份）.docx';
const SECOND = '东湖区民政局2022年工作总结(2).docx';
const FACTS = '东湖区民政局2022年工作总结.facts.json';

const write = (text: string, force = false): Promise<Written[]> =>
  writeOutputs([toOutput(DRAFT, text)], folder, force);
const textOf = (name: string): Promise<string> => fs.readFile(join(folder, name), 'utf8');
const edit = (name: string, text: string): Promise<void> => fs.writeFile(join(folder, name), text);

/** Names in the folder without our record of what we wrote. */
async function listNames(): Promise<string[]> {
  return (await fs.readdir(folder)).filter((name) => name !== '.mzreport-outputs.json').sort();
}

const namesOf = (written: Written[]): (string | null)[][] =>
  written.map(({ path, kept }) => [basename(path), kept]);

describe('writing', () => {
  it('makes a new file', async () => {
    expect(await write('一稿')).toEqual([{ path: join(folder, DRAFT), kept: null, backup: null }]);
    expect(await textOf(DRAFT)).toBe('一稿');
    expect(await listNames()).toEqual([DRAFT]);
  });

  it('renews its own file that nobody touched', async () => {
    await write('一稿');
    expect(namesOf(await write('二稿'))).toEqual([[DRAFT, null]]);
    expect(await textOf(DRAFT)).toBe('二稿');
    expect(await listNames()).toEqual([DRAFT]);
  });

  it('keeps a file that a person edited, writes (2) beside it, and says so', async () => {
    await write('一稿');
    await edit(DRAFT, '一稿，局长改过');
    expect(namesOf(await write('二稿'))).toEqual([[SECOND, DRAFT]]);
    expect(await textOf(DRAFT)).toBe('一稿，局长改过');
    expect(await textOf(SECOND)).toBe('二稿');
  });

  it('renews (2) while nobody touches it, and goes on to (3) when somebody did', async () => {
    await write('一稿');
    await edit(DRAFT, '改过');
    await write('二稿');
    expect(namesOf(await write('三稿'))).toEqual([[SECOND, DRAFT]]);
    expect(await textOf(SECOND)).toBe('三稿');
    await edit(SECOND, '也改过');
    const third = SECOND.replace('(2)', '(3)');
    expect(namesOf(await write('四稿'))).toEqual([[third, DRAFT]]);
    expect(await Promise.all([DRAFT, SECOND, third].map(textOf))).toEqual(['改过', '也改过', '四稿']);
  });

  it('keeps a file of the same name that is not ours', async () => {
    await edit(DRAFT, '去年的旧稿');
    expect(namesOf(await write('一稿'))).toEqual([[SECOND, DRAFT]]);
    expect(await textOf(DRAFT)).toBe('去年的旧稿');
  });

  it('takes its place again when the person deletes the edited file', async () => {
    await write('一稿');
    await edit(DRAFT, '改过');
    await write('二稿');
    await fs.rm(join(folder, DRAFT));
    expect(namesOf(await write('三稿'))).toEqual([[DRAFT, null]]);
  });

  it('overwrites an edited or foreign file with --force, and keeps a copy of it', async () => {
    await edit(DRAFT, '去年的旧稿');
    const [first] = await write('一稿', true);
    expect(first).toMatchObject({ kept: null, backup: BACKUP });
    expect(await textOf(DRAFT)).toBe('一稿');
    expect(await textOf(BACKUP)).toBe('去年的旧稿');
    await edit(DRAFT, '局长改过');
    const [second] = await write('二稿', true);
    expect(second?.backup).toBe(BACKUP.replace('备份', '备份2'));
    expect(await textOf(DRAFT)).toBe('二稿');
    expect(await textOf(BACKUP)).toBe('去年的旧稿');
    expect(await textOf(BACKUP.replace('备份', '备份2'))).toBe('局长改过');
    expect(await listNames()).toHaveLength(3);
  });

  it('keeps no second copy of the same edit, and none of its own file', async () => {
    await edit(DRAFT, '改过');
    await write('一稿', true);
    expect((await write('二稿', true))[0]?.backup).toBeNull();
    await edit(DRAFT, '改过');
    expect((await write('三稿', true))[0]?.backup).toBe(BACKUP);
    expect(await listNames()).toEqual([DRAFT, BACKUP].sort());
  });

  it('does not read a copy of an edited file as input', async () => {
    await edit(DRAFT, '改过');
    await write('一稿', true);
    expect((await readOwn(folder))(join(folder, BACKUP))).toBe(true);
  });

  it('numbers before the whole suffix of facts.json', async () => {
    await edit(FACTS, '{}');
    const written = await writeOutputs([toOutput(FACTS, '{"a":1}')], folder, false);
    expect(namesOf(written)).toEqual([['东湖区民政局2022年工作总结(2).facts.json', FACTS]]);
  });

  it('keeps what is there when its record was deleted or is broken', async () => {
    await write('一稿');
    await edit('.mzreport-outputs.json', '{"');
    expect(namesOf(await write('二稿'))).toEqual([[SECOND, DRAFT]]);
    expect(await textOf(DRAFT)).toBe('一稿');
  });

  it('remembers what it wrote, so that a later run does not read it as input', async () => {
    await writeOutputs([toOutput(DRAFT, '一稿'), toOutput(FACTS, '{}')], folder, false);
    const isOwn = await readOwn(folder);
    expect([DRAFT, FACTS].map((name) => isOwn(join(folder, name)))).toEqual([true, true]);
    expect(isOwn(join(folder, '..', DRAFT))).toBe(false);
  });
});

describe('a file that is open in Word or WPS', () => {
  const locked = (code: string, name: string): Disk => ({
    ...DISK,
    rename: async (from, to) => {
      if (basename(to) === name) throw Object.assign(new Error(`${code}: resource busy or locked`), { code });
      await fs.rename(from, to);
    },
  });

  it.each(['EBUSY', 'EPERM', 'EACCES'])(
    'is named, stays as it is, and leaves no temporary file behind (%s)',
    async (code) => {
      await write('一稿');
      const run = writeOutputs([toOutput(DRAFT, '二稿')], folder, false, locked(code, DRAFT));
      await expect(run).rejects.toMatchObject({
        code: 'output-locked',
        message: expect.stringMatching(new RegExp(`“${DRAFT}”.*占用.*请关闭后重新运行`)),
      });
      expect(await textOf(DRAFT)).toBe('一稿');
      expect(await listNames()).toEqual([DRAFT]);
    },
  );

  it('stops the other files of the run too, so that draft and facts stay of one run', async () => {
    const outputs = (text: string) => [toOutput(DRAFT, text), toOutput(FACTS, text)];
    await writeOutputs(outputs('一稿'), folder, false);
    await expect(writeOutputs(outputs('二稿'), folder, false, locked('EBUSY', FACTS))).rejects.toMatchObject({
      code: 'output-locked',
    });
    expect([await textOf(DRAFT), await textOf(FACTS)]).toEqual(['一稿', '一稿']);
    expect(await listNames()).toEqual([DRAFT, FACTS].sort());
  });

  it('does not make the files of the failed run look edited', async () => {
    const outputs = (text: string) => [toOutput(DRAFT, text), toOutput(FACTS, text)];
    await writeOutputs(outputs('一稿'), folder, false);
    await writeOutputs(outputs('二稿'), folder, false, locked('EBUSY', FACTS)).catch(() => {});
    expect(namesOf(await writeOutputs(outputs('三稿'), folder, false))).toEqual([
      [DRAFT, null],
      [FACTS, null],
    ]);
  });
});

describe('the folder', () => {
  it('is made when it is not there, with the folders above it', async () => {
    const inner = join(folder, '2022', '总结');
    await prepareFolder(inner);
    expect((await fs.stat(inner)).isDirectory()).toBe(true);
    expect(await fs.readdir(inner)).toEqual([]);
  });

  it('that is a file is refused before any work is done', async () => {
    await edit('总结', '一份别的文件');
    await expect(prepareFolder(join(folder, '总结'))).rejects.toMatchObject({
      code: 'output-unwritable',
      message: expect.stringContaining('总结'),
    });
    expect(await textOf('总结')).toBe('一份别的文件');
  });

  it('below a file is refused too', async () => {
    await edit('总结', '一份别的文件');
    await expect(prepareFolder(join(folder, '总结', '2022'))).rejects.toMatchObject({
      code: 'output-unwritable',
    });
  });

  it('that a person named like an output is a failure, not a crash, and leaves the other files', async () => {
    const outputs = (text: string) => [toOutput(FACTS, text), toOutput(DRAFT, text)];
    await writeOutputs(outputs('一稿'), folder, false);
    await fs.rm(join(folder, DRAFT));
    await fs.mkdir(join(folder, DRAFT));
    for (const force of [false, true])
      await expect(writeOutputs(outputs('二稿'), folder, force)).rejects.toMatchObject({
        code: 'output-name',
        message: `无法写出“${DRAFT}”：已有同名的文件夹。请把那个文件夹改名或移走，或用 --out 换一个文件夹。`,
      });
    expect(await textOf(FACTS)).toBe('一稿');
    expect(await listNames()).toEqual([DRAFT, FACTS].sort());
  });

  it('with a name that is too long is a failure, and leaves the last good output', async () => {
    await write('一稿');
    const long = `${'东湖区民政局'.repeat(20)}.docx`;
    await expect(
      writeOutputs([toOutput(DRAFT, '二稿'), toOutput(long, '二稿')], folder, false),
    ).rejects.toMatchObject({ code: 'output-name', message: expect.stringContaining('太长') });
    expect(await textOf(DRAFT)).toBe('一稿');
    expect(await listNames()).toEqual([DRAFT]);
  });
});

describe('names', () => {
  it('that two outputs share are a failure, also where they differ in case alone', async () => {
    await expect(
      writeOutputs([toOutput('附表A.csv', '甲'), toOutput('附表a.csv', '乙')], folder, false),
    ).rejects.toMatchObject({ code: 'output-name', message: expect.stringContaining('“附表a.csv”') });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it.each([
    ['../外面.docx', '／外面.docx'],
    ['/tmp/外面.docx', '／tmp／外面.docx'],
    ['东湖区/西湖区总结.docx', '东湖区／西湖区总结.docx'],
    ['C:\\总结*?.docx', 'C：＼总结＊？.docx'],
    ['总\u001b[31m结\u0000\n.docx', '总[31m结.docx'],
    ['.隐藏.docx', '隐藏.docx'],
  ])('lead out of no folder and are allowed everywhere: %j', async (name, written) => {
    expect(namesOf(await writeOutputs([toOutput(name, '一稿')], folder, false))[0]?.[0]).toBe(written);
    expect(await listNames()).toEqual([written]);
  });
});

describe('a link', () => {
  it('in the place of an output is never written through: it is kept, with --force replaced', async () => {
    const outside = await fs.mkdtemp(join(tmpdir(), 'mzreport-outside-'));
    const target = join(outside, '别处.docx');
    await fs.writeFile(target, '别处的文件');
    await fs.symlink(target, join(folder, DRAFT));
    expect(namesOf(await write('一稿'))).toEqual([[SECOND, DRAFT]]);
    expect(await fs.readlink(join(folder, DRAFT))).toBe(target);
    await write('二稿', true);
    expect((await fs.lstat(join(folder, DRAFT))).isFile()).toBe(true);
    expect(await textOf(DRAFT)).toBe('二稿');
    expect(await fs.readFile(target, 'utf8')).toBe('别处的文件');
    await fs.rm(outside, { recursive: true });
  });

  it('in the place of the record, the lock or a temporary file leads nowhere either', async () => {
    const outside = await fs.mkdtemp(join(tmpdir(), 'mzreport-outside-'));
    const target = join(outside, '别处');
    await fs.writeFile(target, '{}');
    for (const name of ['.mzreport-outputs.json', `.mzreport-${process.pid}-0.tmp`, '.mzreport-lock'])
      await fs.symlink(target, join(folder, name));
    await write('一稿');
    expect(await fs.readFile(target, 'utf8')).toBe('{}');
    expect(await textOf(DRAFT)).toBe('一稿');
    expect(await listNames()).toEqual([DRAFT]);
    await fs.rm(outside, { recursive: true });
  });

  it('of which the target is not there is a name that is taken', async () => {
    await fs.symlink(join(folder, '没有'), join(folder, DRAFT));
    expect(namesOf(await write('一稿'))).toEqual([[SECOND, DRAFT]]);
  });
});

describe('a record from elsewhere', () => {
  const FOREIGN: unknown[] = [
    { files: { '../外面.docx': 'a'.repeat(64) }, pending: [] },
    {
      files: {},
      pending: [
        {
          name: '../外面.docx',
          temporary: '.mzreport-1-0.tmp',
          former: '.mzreport-1-0.old',
          old: null,
          new: 'a',
        },
      ],
    },
    {
      files: {},
      pending: [
        {
          name: '里.docx',
          temporary: '../外面.docx',
          former: '.mzreport-1-0.old',
          old: null,
          new: 'a'.repeat(64),
        },
      ],
    },
    { __proto__: null, constructor: 'x' },
    [],
    null,
  ];
  it.each(FOREIGN.map((record) => JSON.stringify(record)))(
    'that names places outside the folder counts for nothing: %s',
    async (record) => {
      const inner = join(folder, '里面');
      await fs.mkdir(inner);
      await edit('外面.docx', '别处的文件');
      await fs.writeFile(join(inner, '.mzreport-outputs.json'), record);
      await writeOutputs([toOutput(DRAFT, '一稿')], inner, false);
      expect(await textOf('外面.docx')).toBe('别处的文件');
      expect((await fs.readdir(inner)).sort()).toEqual(['.mzreport-outputs.json', DRAFT]);
    },
  );

  it('of the first version, names and hashes alone, is understood', async () => {
    await edit(DRAFT, '一稿');
    await edit(
      '.mzreport-outputs.json',
      JSON.stringify({ [DRAFT]: createHash('sha256').update('一稿').digest('hex') }),
    );
    expect(namesOf(await write('二稿'))).toEqual([[DRAFT, null]]);
  });
});

describe("a person's own file", () => {
  it('is replaced whole, and does not become ours', async () => {
    await edit('mzreport.yaml', '地区: 东湖区\n');
    await replaceFile(join(folder, 'mzreport.yaml'), new TextEncoder().encode('地区: 东湖区\n识别: []\n'));
    expect(await textOf('mzreport.yaml')).toBe('地区: 东湖区\n识别: []\n');
    expect(await fs.readdir(folder)).toEqual(['mzreport.yaml']);
    const written = await writeOutputs([toOutput('mzreport.yaml', '新的')], folder, false);
    expect(namesOf(written)).toEqual([['mzreport(2).yaml', 'mzreport.yaml']]);
  });
});
