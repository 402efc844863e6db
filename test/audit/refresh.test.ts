/** Corrected tables came in after people edited the draft: only figures change, and what a person did stays. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPackage, savePackage } from '../../src/audit/index.ts';
import { toBookmarkName } from '../../src/render/index.ts';
import { unzip } from '../render/unzip.ts';
import { runCli } from '../support/run.ts';
import { findSchemaFaults } from '../support/word-schema.ts';

interface Result {
  fate: string;
  figure: string;
  was: string | null;
  found: string | null;
  now: string | null;
  place: string;
  fresh: string | null;
}

/** The draft as it was written, and the facts of other states of the tables by name. */
const made: { draft: string; bytes: Uint8Array; facts: Record<string, string> } = {
  draft: '',
  bytes: new Uint8Array(),
  facts: {},
};
let home: string;
let folder: string;
let draft: string;
const at = (name: string): string => join(folder, name);

/** Payouts of 2 households in January; `second` is what the second one gets. */
const payouts = (second: number): string => `东湖区2022年低保发放明细
单位：元
乡镇街道,户编号,户主姓名,身份证号,保障人数,发放年月,发放合计
东湖街道,H1,户主甲,11010519491231002X,2,2022-01,300
东湖街道,H2,户主乙,990001195001010015,1,2022-01,${second}
`;
const TEMPORARY = `东湖区2022年临时救助发放明细
序号,乡镇街道,姓名,救助金额（元）,救助日期
1,公园街道,样例甲,3000,2022-03-01
`;
const HEAD = '指标,值,单位,期间,来源\n';
const DESTITUTE = '特困.标准,1120,元/人·月,2022年,科室文件\n';
const STANDARD = '低保.标准,855,元/人·月,2022年,科室文件\n';
const BEFORE = '低保.标准,795,元/人·月,2021年,科室文件\n';

/** Files of the bureau in one state of its tables. */
type State = Record<string, string>;
const toState = (second: number, ...rows: string[]): State => ({
  '低保2022.csv': payouts(second),
  '手工填报2022.csv': HEAD + DESTITUTE + rows.join(''),
});

const STATES: Record<string, State> = {
  same: toState(200),
  corrected: toState(260.5),
  again: toState(400),
  stated: toState(200, STANDARD, BEFORE),
  contradictory: toState(200, STANDARD, BEFORE, STANDARD.replace('855', '860')),
  more: { ...toState(200), '临时救助2022.csv': TEMPORARY },
  less: { '低保2022.csv': payouts(200) },
  longer: {
    ...toState(200),
    '低保2022.csv': `${payouts(200)}东湖街道,H1,户主甲,11010519491231002X,2,2022-02,300\n`,
  },
};

function write(name: string, into: string): string[] {
  const files = Object.entries(STATES[name] ?? {});
  mkdirSync(into, { recursive: true });
  for (const [file, content] of files) writeFileSync(join(into, file), content);
  return files.map(([file]) => join(into, file));
}

const findIn = (where: string, suffix: string): string =>
  join(where, readdirSync(where).find((name) => name.endsWith(suffix)) ?? '');

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mzreport-refresh-'));
  for (const name of Object.keys(STATES)) {
    const out = join(home, `${name}-out`);
    const format = name === 'same' ? 'docx' : 'txt';
    const inputs = write(name, join(home, name));
    const { code, stderr } = await runCli(
      'summarize',
      ...inputs,
      '--format',
      format,
      '--out',
      out,
      '--quiet',
    );
    expect([code, stderr]).toEqual([0, '']);
    made.facts[name] = findIn(out, '.facts.json');
  }
  made.draft = findIn(join(home, 'same-out'), '.docx');
  made.bytes = readFileSync(made.draft);
});
afterAll(() => rmSync(home, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(home, 'case-'));
  draft = at('总结.docx');
  writeFileSync(draft, made.bytes);
});

/** A person's work in the document, as text in its XML. */
async function edit(change: (xml: string) => string, path = draft): Promise<void> {
  const opened = openPackage(readFileSync(path), '');
  const before = new TextDecoder().decode(opened.parts.get(opened.main));
  const after = change(before);
  expect(after).not.toBe(before);
  opened.parts.set(opened.main, new TextEncoder().encode(after));
  opened.trees.clear();
  writeFileSync(path, await savePackage(opened));
}

/** Refreshes the draft by the facts of a state. */
async function refresh(
  state: string,
  ...args: string[]
): Promise<{ code: number; results: Result[]; path: string }> {
  const { code, stdout, stderr } = await runCli('refresh', draft, made.facts[state] ?? '', ...args, '--json');
  expect(stderr).toBe('');
  const { results, written } = JSON.parse(stdout) as { results: Result[]; written: { path: string } | null };
  if (written) expect(findSchemaFaults(readFileSync(written.path))).toEqual([]);
  return { code, results, path: written?.path ?? '' };
}

const mainOf = (path: string): string => unzip(readFileSync(path)).get('word/document.xml') ?? '';

/** Paragraphs as a reader sees them once all revisions are accepted, or rejected. */
function read(path: string, how: 'accepted' | 'rejected' = 'accepted'): string[] {
  const xml = mainOf(path)
    .replace(how === 'accepted' ? /<w:del .*?<\/w:del>/gs : /<w:ins .*?<\/w:ins>/gs, '')
    .replaceAll('w:delText', 'w:t');
  return [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p\/>/gs)]
    .map(([paragraph]) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)].map(([, text]) => text).join(''),
    )
    .filter((text) => text !== '');
}

const find = (lines: string[], words: string): string => lines.find((line) => line.includes(words)) ?? '';

const inBookmark = (xml: string, figure: string): string => {
  const name = toBookmarkName(figure, 1);
  return (
    new RegExp(`w:name="${name}" w:id="(\\d+)"/>(.*?)<w:bookmarkEnd w:id="\\1"/>`, 's').exec(xml)?.[2] ?? ''
  );
};

/** The two figures that `corrected` changes: 500 and 560.5 yuan for three persons. */
const AMOUNT = ['0.05万元', '0.06万元'];
const MEAN = ['166.67元', '186.83元'];
const correct = (line: string): string =>
  line.replace(AMOUNT[0] ?? '', AMOUNT[1] ?? '').replace(MEAN[0] ?? '', MEAN[1] ?? '');

describe('mzreport refresh', () => {
  it('says that there is nothing to do when the tables are the same, and writes nothing', async () => {
    const { code, stdout } = await runCli('refresh', draft, ...write('same', at('表')));
    expect([code, stdout]).toEqual([0, '更新0处\n没有需要更新的数，没有写出文件\n']);
    expect(readdirSync(folder)).toEqual(['总结.docx', '表']);
  });

  it('changes what corrected tables change, tracked, in a new file; nothing else', async () => {
    const { code, stdout } = await runCli('refresh', draft, ...write('corrected', at('表')));
    const path = at('总结（更新）.docx');
    expect(code).toBe(0);
    expect(stdout).toContain('更新2处\n已更新（2处）\n  低保金发放金额：0.05万元 → 0.06万元，在“…');
    expect(stdout).toContain('  低保月人均补差：166.67元 → 186.83元，在“…');
    expect(stdout).toContain(`已写出\n  ${path}`);
    expect(readFileSync(draft).equals(made.bytes)).toBe(true);
    expect(findSchemaFaults(readFileSync(path))).toEqual([]);
    expect(read(path, 'rejected')).toEqual(read(draft));
    expect(read(path)).toEqual(read(draft).map(correct));
    const [old, now] = [unzip(made.bytes), unzip(readFileSync(path))];
    const changed = [...now].filter(([name, content]) => old.get(name) !== content).map(([name]) => name);
    expect(changed.sort()).toEqual(['docProps/custom.xml', 'word/document.xml']);
    expect(mainOf(path).match(/<w:(ins|del) [^>]*>/g)).toHaveLength(4);
    expect(mainOf(path)).not.toMatch(/w:date/);
  });

  it('takes one facts.json for the truth', async () => {
    const { code, results } = await refresh('corrected');
    expect(code).toBe(0);
    expect(results.map(({ fate, was, now }) => [fate, was, now])).toEqual([
      ['changed', ...AMOUNT],
      ['changed', ...MEAN],
    ]);
  });

  it('keeps every edit of a person: a paragraph, words, a bold figure; a figure typed over is left alone', async () => {
    await edit((xml) =>
      xml
        .replace(/(<w:p>(?:(?!<w:p>).)*低保标准)/s, '<w:p><w:r><w:t>人加的一段。</w:t></w:r></w:p>$1')
        .replace('累计为', '总共为')
        .replace(/(<w:rFonts w:hint="eastAsia"\/>)(<\/w:rPr><w:t[^>]*>166\.67元)/, '$1<w:b/>$2')
        .replace('>0.05万元<', '>500元<'),
    );
    const { code, results, path } = await refresh('corrected');
    expect(code).toBe(1);
    expect(results.map(({ fate, was, found, now }) => [fate, was, found, now])).toEqual([
      ['overwritten', '0.05万元', '500元', '0.06万元'],
      ['changed', '166.67元', '166.67元', '186.83元'],
    ]);
    expect(read(path)).toEqual(read(draft).map((line) => line.replace('166.67元', '186.83元')));
    expect(find(read(path), '人加的一段。')).not.toBe('');
    expect(find(read(path), '总共为')).toContain('500元');
    const mean = inBookmark(mainOf(path), '低保.月人均补差');
    expect(mean.match(/<w:b\/>/g)).toHaveLength(2);
    expect(mean).toMatch(/<w:del .*166\.67元.*<\/w:del><w:ins .*186\.83元.*<\/w:ins>/s);
  });

  it('leaves a person alone who has put in the right figure already, and knows it from then on', async () => {
    await edit((xml) => xml.replace('>0.05万元<', '>0.06万元<'));
    const first = await refresh('corrected');
    expect([first.code, first.results.map(({ was }) => was)]).toEqual([0, ['166.67元']]);
    draft = first.path;
    const { results } = await refresh('again');
    // 300 + 400 yuan for three persons.
    expect(results.map(({ was, now }) => [was, now])).toEqual([
      ['0.06万元', '0.07万元'],
      ['186.83元', '233.33元'],
    ]);
  });

  it('with --accept writes as if it had always stood there', async () => {
    const { code, path } = await refresh('corrected', '--accept');
    expect(code).toBe(0);
    const plain = (xml: string) => xml.replace('?>\n', '?>');
    expect(plain(mainOf(path))).toBe(correct(mainOf(draft)));
  });

  it('keeps the runs of a figure that say the same, each with its look', async () => {
    await edit((xml) =>
      xml.replace(
        /<w:t [^>]*>166\.67元<\/w:t>/,
        '<w:t>166.67</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>元</w:t>',
      ),
    );
    const { path } = await refresh('corrected', '--accept');
    expect(inBookmark(mainOf(path), '低保.月人均补差')).toBe(
      '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">186.83</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>元</w:t></w:r>',
    );
  });

  it('finds a figure whose bookmark LibreOffice set too short, even in the middle of a run', async () => {
    await edit((xml) =>
      xml
        .replace(
          /<w:t [^>]*>0\.05万元<\/w:t><\/w:r>(<w:bookmarkEnd[^>]*>)/,
          '<w:t>0.05万</w:t></w:r>$1<w:r><w:t>元整，</w:t></w:r>',
        )
        .replace(/(<w:r>(?:(?!<w:r>).)*>166\.67元<\/w:t><\/w:r>)(<w:bookmarkEnd[^>]*>)/s, '$2$1'),
    );
    const { code, results, path } = await refresh('corrected');
    expect([code, results.map(({ fate, now }) => [fate, now])]).toEqual([
      0,
      [
        ['changed', '0.06万元'],
        ['changed', '186.83元'],
      ],
    ]);
    expect(read(path)).toEqual(read(draft).map(correct));
    expect(find(read(path), '元整')).toContain('0.06万元整，');
  });

  it('shows no ID that a person wrote into the draft', async () => {
    await edit((xml) =>
      xml
        .replace('>0.05万元<', '>11010519491231002X<')
        .replace(/(<w:t[^>]*>)(，累计保障)/, '$1（11010519491231002X）$2'),
    );
    const { stdout } = await runCli('refresh', draft, made.facts.corrected ?? '');
    expect(stdout).toContain('现为“1101**********002X”');
    expect(stdout).not.toMatch(/\d{11}/);
  });

  it('takes a digit that a person typed beside a figure for a part of it', async () => {
    await edit((xml) => xml.replace(/(低保金<\/w:t>)/, '低保金1</w:t>'));
    const { code, results } = await refresh('corrected');
    expect(code).toBe(1);
    expect(results.map(({ fate, found }) => [fate, found])).toEqual([
      ['overwritten', '10.05万元'],
      ['changed', '166.67元'],
    ]);
  });

  it('changes and fills cells of tables as well', async () => {
    const rows = (last: number): string =>
      [3000, 4000, 5000, last].map((yuan, i) => `东湖街道,H${i},5,2022-01,${yuan}\n`).join('');
    const low = (last: number): string =>
      `东湖区2022年低保发放明细\n单位：元\n乡镇街道,户编号,保障人数,发放年月,发放合计\n${rows(last)}`;
    writeFileSync(at('低保2022.csv'), low(6000));
    const [out, args] = [
      at('报告'),
      [at('低保2022.csv'), '--format', 'docx', '--kind', 'congress', '--quiet'],
    ];
    expect((await runCli('summarize', ...args, '--out', out)).code).toBe(0);
    draft = findIn(out, '.docx');
    writeFileSync(at('低保2022.csv'), low(8000));
    writeFileSync(at('手工填报2022.csv'), `${HEAD}低保.期末户数,4,户,2022年,科室\n`);
    const run = await runCli('refresh', draft, at('低保2022.csv'), at('手工填报2022.csv'), '--json');
    const { results, written } = JSON.parse(run.stdout) as { results: Result[]; written: { path: string } };
    expect(findSchemaFaults(readFileSync(written.path))).toEqual([]);
    const cells = results
      .filter(({ place }) => place.startsWith('表格'))
      .map(({ was, now, place }) => [place, was, now]);
    // 18000 and 20000 yuan for 20 persons.
    expect(cells).toContainEqual(['表格“低保金发放金额”一行', '1.8万元', '2万元']);
    expect(cells).toContainEqual(['表格“东湖街道”一行', '900.00', '1,000.00']);
    expect(cells).toContainEqual(['表格“低保对象户数”一行', expect.stringMatching(/^〔待核/), '4户']);
  });

  it('fills a 〔待核〕 that has a value now, without its highlight, and says so in its comment', async () => {
    const comments = (path: string) => unzip(readFileSync(path)).get('word/comments.xml') ?? '';
    expect(find(read(draft), '低保标准')).toContain(
      '每人每月〔待核：未填报低保标准〕元，〔待核：未填报低保标准〕；',
    );
    expect(comments(draft)).toContain('待核：低保标准');
    const { results, path } = await refresh('stated', '--accept');
    // 855 / 795 = 1.0755
    expect(results.map(({ fate, figure, now }) => [fate, figure, now])).toEqual([
      ['filled', '低保.标准', '855'],
      ['filled', '低保.标准#同比', '同比增长7.5%'],
    ]);
    expect(find(read(path), '低保标准')).toContain('每人每月855元，同比增长7.5%；');
    for (const id of ['低保.标准', '低保.标准#同比'])
      expect(inBookmark(mainOf(path), id)).toMatch(/^(?!.*w:highlight).*(?:855|7\.5%)/s);
    expect(comments(path)).toContain('原为待核，更新时填入“855”。');
    expect(comments(path)).not.toContain('待核：低保标准');
  });

  it('puts a highlighted 〔待核〕 in the place of a figure that is no longer known, and ends with 1', async () => {
    draft = (await refresh('stated', '--accept')).path;
    const { code, results, path } = await refresh('contradictory');
    expect(code).toBe(1);
    expect(results.map(({ fate, was }) => [fate, was])).toEqual([
      ['pending', '855'],
      ['pending', '同比增长7.5%'],
    ]);
    expect(find(read(path), '低保标准')).toMatch(/每人每月〔待核：.*〕元，〔待核：.*〕；/);
    const highlighted =
      /<w:ins [^>]*><w:r><w:rPr>(?:(?!<\/w:rPr>).)*<w:highlight w:val="yellow"\/>.*〔待核：/s;
    expect(inBookmark(mainOf(path), '低保.标准')).toMatch(highlighted);
    // And back again: what was pending in between is filled.
    draft = path;
    const back = await refresh('stated');
    expect(find(read(back.path), '低保标准')).toContain('每人每月855元，同比增长7.5%；');
  });

  it('takes back its own revision that nobody has accepted, instead of revising it', async () => {
    const original = read(draft);
    draft = (await refresh('corrected')).path;
    const { path } = await refresh('again');
    expect(mainOf(path).match(/<w:(ins|del) [^>]*>/g)).toHaveLength(4);
    expect(read(path, 'rejected')).toEqual(original);
    expect(find(read(path), '233.33元')).toContain('0.07万元');
  });

  it("revises within another person's revision", async () => {
    await edit((xml) =>
      xml.replace(
        /<w:r>(?:(?!<w:r>).)*166\.67元<\/w:t><\/w:r>/s,
        (run) => `<w:ins w:id="900" w:author="科长">${run}</w:ins>`,
      ),
    );
    const { path } = await refresh('corrected');
    expect(read(path)).toEqual(read(draft).map(correct));
    expect(inBookmark(mainOf(path), '低保.月人均补差')).toMatch(/w:author="科长"><w:del .*166\.67元/s);
  });

  it('tells of a revision that was rejected, and does not insist', async () => {
    draft = (await refresh('corrected')).path;
    await edit((xml) =>
      xml
        .replace(/<w:ins .*?<\/w:ins>/gs, '')
        .replace(/<\/?w:del [^>]*>|<\/w:del>/g, '')
        .replaceAll('delText', 't'),
    );
    const { code, results } = await refresh('corrected');
    // What stands there is not what was written last, but a person chose it.
    expect([code, results.map(({ fate, found }) => [fate, found])]).toEqual([
      1,
      [
        ['overwritten', '0.05万元'],
        ['overwritten', '166.67元'],
      ],
    ]);
  });

  it('tells of a figure whose bookmark is gone, but only when it is another now', async () => {
    const name = toBookmarkName('低保.发放金额', 1);
    await edit((xml) =>
      xml.replace(
        new RegExp(`<w:bookmarkStart w:name="${name}" w:id="(\\d+)"/>(.*?)<w:bookmarkEnd w:id="\\1"/>`, 's'),
        '$2',
      ),
    );
    expect(await refresh('same')).toMatchObject({ code: 0, results: [] });
    const { code, results } = await refresh('corrected');
    expect(code).toBe(1);
    expect(results.map(({ fate, was, now }) => [fate, was, now])).toEqual([
      ['changed', ...MEAN],
      ['lost', ...AMOUNT],
    ]);
  });

  it('leaves a bookmark alone that a person stretched over two paragraphs, or put a picture into', async () => {
    await edit((xml) =>
      xml
        .replace('>0.05万元</w:t></w:r>', '>0.05</w:t></w:r></w:p><w:p><w:r><w:t>万元</w:t></w:r>')
        .replace('>166.67元</w:t>', '>166.67元</w:t><w:drawing/>'),
    );
    const { results } = JSON.parse(
      (await runCli('refresh', draft, made.facts.corrected ?? '', '--json')).stdout,
    ) as {
      results: Result[];
    };
    expect(results.map(({ fate }) => fate)).toEqual(['overwritten', 'overwritten']);
  });

  it('tells of sentences that the fresh draft has anew or has no more, with their words', async () => {
    const less = await runCli('refresh', draft, made.facts.less ?? '');
    expect(less.code).toBe(1);
    expect(less.stdout).toContain('特困');
    const { code, results } = await refresh('more');
    expect(code).toBe(1);
    expect(results).toContainEqual(
      expect.objectContaining({ fate: 'added', figure: '临时救助.人次', now: '1人次' }),
    );
    expect(
      find(
        results.map(({ fresh }) => fresh ?? ''),
        '1人次',
      ),
    ).toMatch(/实施临时救助1人次$/);
  });

  it('does not touch a figure whose words would be others: the right number in a wrong sentence is wrong', async () => {
    const { code, results, path } = await refresh('longer');
    expect(code).toBe(1);
    expect(find(read(draft), '发放低保金')).toContain('1月累计为2户');
    const reworded = results.filter(({ fate }) => fate === 'reworded');
    expect(reworded.map(({ figure }) => figure)).toContain('低保.发放金额');
    // 500 yuan in January and 300 in February.
    const amount = reworded.find(({ figure }) => figure === '低保.发放金额');
    expect(amount).toMatchObject({ was: '0.05万元', now: '0.08万元' });
    expect(amount?.fresh).toMatch(/^1—2月累计为2户.*发放低保金0\.08万元$/);
    expect(find(read(path), '发放低保金')).toMatch(/1月累计为2户.*发放低保金0\.05万元/);
  });

  it('refuses figures of another year, and writes nothing', async () => {
    const years = await runCli('refresh', draft, ...write('corrected', at('表')), '--year', '2023');
    expect([years.code, years.stderr]).toEqual([2, expect.stringContaining('2023年')]);
    writeFileSync(
      at('别的.facts.json'),
      readFileSync(made.facts.same ?? '', 'utf8').replaceAll('2022-', '2023-'),
    );
    const other = await runCli('refresh', draft, at('别的.facts.json'), '--edited');
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining('写的是东湖区2022年，给的材料是东湖区2023年，没有更新'),
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.docx'))).toEqual(['总结.docx']);
  });

  it("overwrites the person's file only when told to, and keeps a copy of it", async () => {
    await edit((xml) => xml.replace('累计为', '总共为'));
    const edited = readFileSync(draft);
    const careful = await refresh('corrected', '--out', draft);
    expect(careful.path).not.toBe(draft);
    expect(readFileSync(draft).equals(edited)).toBe(true);
    const told = await refresh('corrected', '--out', draft, '--force');
    expect(told.path).toBe(draft);
    expect(find(read(draft), '186.83元')).toContain('总共为');
    const copies = readdirSync(folder).filter((name) => name.endsWith('.docx'));
    expect(copies.some((name) => readFileSync(at(name)).equals(edited))).toBe(true);
  });

  it('dates its revisions by the 成文日期 of the configuration', async () => {
    writeFileSync(at('mzreport.yaml'), '成文日期: 2023年1月9日\n');
    const { path } = await refresh('corrected', '--config', at('mzreport.yaml'));
    const revisions = mainOf(path).match(/<w:(?:ins|del) [^>]*>/g) ?? [];
    for (const each of revisions) expect(each).toMatch(/w:author="mzreport" w:date="2023-01-09T00:00:00Z"/);
    expect(revisions).toHaveLength(4);
  });
});
