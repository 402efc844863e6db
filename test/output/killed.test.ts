/**
 * A write that ends after any one of its steps, as by SIGKILL or a power cut: after the next run the folder holds the
 * whole old set or the whole new one, no stray file, and nothing looks edited that nobody edited.
 */
import * as fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISK, type Disk } from '../../src/output/disk.ts';
import { type Output, prepareFolder, writeOutputs } from '../../src/output/write.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'mzreport-killed-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const NAMES = ['总结.docx', '总结.md', '总结.facts.json'];
const toOutputs = (text: string, names = NAMES): Output[] =>
  names.map((name) => ({ name, bytes: new TextEncoder().encode(`${text}：${name}`) }));

/** Name → text of everything in the folder, hidden files too, but for the record. */
async function read(): Promise<Record<string, string>> {
  const names = (await fs.readdir(folder)).filter((name) => name !== '.mzreport-outputs.json').sort();
  const texts = await Promise.all(names.map((name) => fs.readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

const toSet = (text: string, names = NAMES): Record<string, string> =>
  Object.fromEntries([...names].sort().map((name) => [name, `${text}：${name}`]));

/** The real disk, but for waiting until it has everything. */
const QUICK: Disk = {
  ...DISK,
  write: (path, bytes) => fs.writeFile(path, bytes, { flag: 'wx' }),
  copy: (from, to) => fs.copyFile(from, to, fs.constants.COPYFILE_EXCL),
  settle: async () => {},
};

const KILLED = 'killed';

/** A disk whose process dies in the step of this number: a file is then half written, and nothing happens any more. */
function dyingAt(step: number): Disk & { steps: () => number } {
  let count = 0;
  const alive = () => {
    if (count >= step) throw new Error(KILLED);
    return ++count < step;
  };
  return {
    // No process has this number.
    owner: `${2 ** 30}@${hostname()}#`,
    steps: () => count,
    claim: async (path, text) => {
      const whole = alive();
      await QUICK.claim(path, whole ? text : '');
      if (!whole) throw new Error(KILLED);
    },
    write: async (path, bytes) => {
      const whole = alive();
      await QUICK.write(path, whole ? bytes : bytes.subarray(0, bytes.length / 2));
      if (!whole) throw new Error(KILLED);
    },
    copy: async (from, to) => {
      if (alive()) return QUICK.copy(from, to);
      await fs.writeFile(to, (await fs.readFile(from)).subarray(0, 3));
      throw new Error(KILLED);
    },
    rename: async (from, to) => {
      const goesOn = alive();
      await QUICK.rename(from, to);
      if (!goesOn) throw new Error(KILLED);
    },
    remove: async (path) => {
      const goesOn = alive();
      await QUICK.remove(path);
      if (!goesOn) throw new Error(KILLED);
    },
    settle: async (path) => {
      if (!alive()) throw new Error(KILLED);
      await QUICK.settle(path);
    },
  };
}

/** Runs the work as often as it has steps, ending it after each; says how many there were. */
async function killEverywhere(
  before: () => Promise<unknown>,
  work: (disk: Disk) => Promise<unknown>,
  after: (step: number) => Promise<void>,
): Promise<number> {
  for (let step = 1; ; step++) {
    for (const name of await fs.readdir(folder)) await fs.rm(join(folder, name), { recursive: true });
    await before();
    const disk = dyingAt(step);
    const end = await work(disk).then(
      () => null,
      (error: Error) => error.message,
    );
    if (end !== null) expect(end).toBe(KILLED);
    // The lock's removal may be the last step: its failure is swallowed.
    await after(step);
    if (disk.steps() < step) return step - 1;
  }
}

describe('a run that ends after any step of its write', () => {
  it('leaves the old set or the new one, and nothing else, after the next run over the folder', async () => {
    const seen = new Set<string>();
    const steps = await killEverywhere(
      () => writeOutputs(toOutputs('一稿'), folder, false, QUICK),
      (disk) => writeOutputs(toOutputs('二稿'), folder, false, disk),
      async (step) => {
        await prepareFolder(folder, QUICK);
        const found = await read();
        const which = found['总结.docx']?.slice(0, 2) ?? '';
        expect(found, `step ${step}`).toEqual(toSet(which));
        seen.add(which);
        // Nothing is taken for an edit of a person.
        await writeOutputs(toOutputs('三稿'), folder, false, QUICK);
        expect(await read(), `step ${step}`).toEqual(toSet('三稿'));
      },
    );
    expect(steps).toBeGreaterThan(20);
    expect([...seen].sort()).toEqual(['一稿', '二稿']);
  });

  it('leaves all files or none where there were none before', async () => {
    await killEverywhere(
      async () => {},
      (disk) => writeOutputs(toOutputs('一稿'), folder, false, disk),
      async (step) => {
        await prepareFolder(folder, QUICK);
        const found = await read();
        expect(found, `step ${step}`).toEqual(Object.keys(found).length === 0 ? {} : toSet('一稿'));
      },
    );
  });

  it('does not lose the edit that --force overwrites', async () => {
    await killEverywhere(
      async () => {
        await writeOutputs(toOutputs('一稿'), folder, false, QUICK);
        await fs.writeFile(join(folder, '总结.md'), '局长改过');
      },
      (disk) => writeOutputs(toOutputs('二稿'), folder, true, disk),
      async (step) => {
        await prepareFolder(folder, QUICK);
        const found = await read();
        const old = { ...toSet('一稿'), '总结.md': '局长改过' };
        const whole = { ...toSet('二稿'), '总结（备份）.md': '局长改过' };
        expect([old, whole], `step ${step}`).toContainEqual(found);
        // An edit is still known as one.
        await writeOutputs(toOutputs('三稿'), folder, false, QUICK);
        const next = await read();
        expect(Object.values(next), `step ${step}`).toContain('局长改过');
      },
    );
  });

  it('keeps what a person writes after the run was killed', async () => {
    await killEverywhere(
      () => writeOutputs(toOutputs('一稿'), folder, false, QUICK),
      (disk) => writeOutputs(toOutputs('二稿'), folder, false, disk),
      async (step) => {
        await fs.writeFile(join(folder, '总结.md'), '局长改过');
        await prepareFolder(folder, QUICK);
        expect(await fs.readFile(join(folder, '总结.md'), 'utf8'), `step ${step}`).toBe('局长改过');
        await writeOutputs(toOutputs('三稿'), folder, false, QUICK);
        expect(await read(), `step ${step}`).toEqual({
          ...toSet('三稿', ['总结.docx', '总结.facts.json']),
          '总结.md': '局长改过',
          '总结(2).md': '三稿：总结.md',
        });
      },
    );
  });

  it('may be followed by a run that ends after any step of the recovery', async () => {
    // Ended between the renames: two of three files are new.
    const halfway = async () => {
      await writeOutputs(toOutputs('一稿'), folder, false, QUICK);
      let renamed = 0;
      const disk = dyingAt(Number.POSITIVE_INFINITY);
      const dead = { ...disk, remove: () => Promise.reject(new Error(KILLED)) };
      dead.rename = async (from, to) => {
        if (renamed === 3) throw new Error(KILLED);
        renamed++;
        await QUICK.rename(from, to);
      };
      dead.write = (path, bytes) =>
        renamed === 3 ? Promise.reject(new Error(KILLED)) : QUICK.write(path, bytes);
      await expect(writeOutputs(toOutputs('二稿'), folder, false, dead)).rejects.toThrow(KILLED);
      const texts = Object.values(await read()).filter((text) => text.startsWith('二稿'));
      expect(texts.length).toBeGreaterThan(0);
    };
    await killEverywhere(
      halfway,
      (disk) => prepareFolder(folder, disk),
      async (step) => {
        await prepareFolder(folder, QUICK);
        const found = await read();
        expect(found, `step ${step}`).toEqual(toSet(found['总结.docx']?.slice(0, 2) ?? ''));
      },
    );
  });

  it('goes back when what it wrote beside is damaged', async () => {
    await writeOutputs(toOutputs('一稿'), folder, false, QUICK);
    let renamed = 0;
    const disk: Disk = {
      ...dyingAt(Number.POSITIVE_INFINITY),
      rename: async (from, to) => {
        if (++renamed > 2) throw new Error(KILLED);
        await QUICK.rename(from, to);
      },
      remove: () => Promise.reject(new Error(KILLED)),
    };
    await expect(writeOutputs(toOutputs('二稿'), folder, false, disk)).rejects.toThrow(KILLED);
    for (const name of (await fs.readdir(folder)).filter((each) => each.endsWith('-2.tmp')))
      await fs.writeFile(join(folder, name), '半');
    await prepareFolder(folder, QUICK);
    expect(await read()).toEqual(toSet('一稿'));
  });
});

describe('a disk that fails', () => {
  const failing = (code: string, when: (path: string) => boolean): Disk => ({
    ...QUICK,
    write: async (path, bytes) => {
      if (!when(basename(path))) return QUICK.write(path, bytes);
      await QUICK.write(path, bytes.subarray(0, 3));
      throw Object.assign(new Error(code), { code });
    },
  });

  it.each([
    ['ENOSPC', '磁盘已满'],
    ['EDQUOT', '磁盘配额已用完'],
    ['EROFS', '磁盘是只读的'],
    ['EFBIG', '文件大小超过系统的限额'],
    ['EIO', '磁盘读写出错'],
    ['EACCES', '没有写入权限'],
    ['EUNHEARD', '系统错误 EUNHEARD'],
  ])(
    'with %s is a clear failure, whichever file it is, and leaves the last good output',
    async (code, said) => {
      await writeOutputs(toOutputs('一稿'), folder, false, QUICK);
      for (const when of [/-0\.tmp$/, /-2\.tmp$/, /-begun\.tmp$/, /-done\.tmp$/]) {
        const disk = failing(code, (name) => when.test(name));
        await expect(writeOutputs(toOutputs('二稿'), folder, false, disk)).rejects.toMatchObject({
          code: 'output-unwritable',
          message: expect.stringContaining(said),
        });
        expect(await read()).toEqual(toSet('一稿'));
      }
      await writeOutputs(toOutputs('三稿'), folder, false, QUICK);
      expect(await read()).toEqual(toSet('三稿'));
    },
  );
});

describe('two runs over one folder', () => {
  it('wait for each other, and neither takes the files of the other for edited', async () => {
    const runs = ['甲', '乙', '丙', '丁'].map((text) => writeOutputs(toOutputs(text), folder, false, QUICK));
    const names = (await Promise.all(runs)).flat().map(({ path, kept }) => [basename(path), kept]);
    expect(names).toEqual(Array.from({ length: 4 }, () => NAMES.map((name) => [name, null])).flat());
    const found = await read();
    expect(found).toEqual(toSet(found['总结.docx']?.slice(0, 1) ?? ''));
  });

  it('take over the lock of a run that is gone, also when its number is used again', async () => {
    for (const owner of [`${2 ** 30}@${hostname()}#5`, `${process.pid}@${hostname()}#1`]) {
      await fs.writeFile(join(folder, '.mzreport-lock'), owner);
      await writeOutputs(toOutputs('一稿'), folder, false, QUICK);
      expect(await read()).toEqual(toSet('一稿'));
    }
  });

  it('take over an old lock of another machine', async () => {
    const lock = join(folder, '.mzreport-lock');
    await fs.writeFile(lock, '1@别的机器#1');
    const long = new Date(Date.now() - 3_600_000);
    await fs.utimes(lock, long, long);
    await prepareFolder(folder, QUICK);
    expect(await read()).toEqual({});
  });
});
