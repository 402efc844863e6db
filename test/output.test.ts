/** What happens to files that are already there: ours are renewed, a person's are kept, and a failure changes nothing. */
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Output, prepareFolder, readOwn, type Written, writeOutputs } from '../src/output/write.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'mzreport-output-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const toOutput = (name: string, text: string): Output => ({ name, bytes: new TextEncoder().encode(text) });
const DRAFT = '东湖区民政局2022年工作总结.docx';
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
    expect(await write('一稿')).toEqual([{ path: join(folder, DRAFT), kept: null }]);
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

  it('overwrites an edited or foreign file with --force', async () => {
    await edit(DRAFT, '去年的旧稿');
    expect(namesOf(await write('一稿', true))).toEqual([[DRAFT, null]]);
    expect(await textOf(DRAFT)).toBe('一稿');
    await edit(DRAFT, '改过');
    expect(namesOf(await write('二稿', true))).toEqual([[DRAFT, null]]);
    expect(await textOf(DRAFT)).toBe('二稿');
    expect(await listNames()).toEqual([DRAFT]);
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
  const locked =
    (code: string, name: string): typeof fs.rename =>
    async (from, to) => {
      if (basename(String(to)) === name)
        throw Object.assign(new Error(`${code}: resource busy or locked`), { code });
      await fs.rename(from, to);
    };

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

  it('that a person named like an output is a failure, not a crash', async () => {
    await fs.mkdir(join(folder, DRAFT));
    await expect(write('一稿')).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(await listNames()).toEqual([DRAFT]);
  });
});
