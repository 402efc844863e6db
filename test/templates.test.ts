/** Kinds of documents: which there are, which is taken, and how a bureau makes one its own. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../src/catalogue/index.ts';
import { ejectTemplate, listTemplates } from '../src/commands/templates.ts';
import { chooseTemplate, readTemplate, readTemplates } from '../src/compose/index.ts';
import type { Figure, Report } from '../src/model.ts';
import { toFigure } from './compose/fill.ts';

const catalogue = loadCatalogue();
const KINDS = ['annual', 'congress', 'half-year', 'measures', 'progress'];
const folder = mkdtempSync(join(tmpdir(), 'mzreport-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS: Figure['basis'] = { type: 'rows', formula: '', filter: '', sources: [], setAside: [] };
const TARGET = {
  value: '1',
  setter: null,
  where: '任务表',
  area: null,
  period: { from: '2022-01', to: '2022-12' },
};
const toReport = (months: [string, string], figures: Figure[]): Report => ({
  schemaVersion: 2,
  generator: { name: 'mzreport', version: '0.0.0' },
  place: '东湖区',
  organisation: '东湖区民政局',
  period: { from: `2022-${months[0]}`, to: `2022-${months[1]}` },
  sources: [],
  sheets: [],
  figures,
  problems: [],
});
const LIVING = toFigure('低保.累计户数', '1', '1户', { basis: ROWS });
const HOMES = toFigure('养老服务.床位数', '1', '1张', { basis: ROWS });
const AIMED = { ...HOMES, targets: [TARGET] };

describe('the kinds', () => {
  it('are five, each with a purpose of one line', () => {
    const lines = listTemplates(catalogue);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(KINDS);
    for (const line of lines) expect(line).toMatch(/^\S+ +\p{Script=Han}.{5,60}$/u);
  });

  it.each(KINDS)('%s names nothing that the catalogue does not have', (kind) => {
    expect(readTemplates({ kind, template: null }, catalogue)).toHaveLength(1);
  });

  it.each([
    ['annual', 'a year', toReport(['01', '12'], [LIVING, HOMES])],
    ['annual', 'months that are no half year', toReport(['01', '11'], [LIVING, HOMES])],
    ['annual', 'one business without a target', toReport(['01', '12'], [HOMES])],
    ['annual', 'targets in one of several businesses', toReport(['01', '12'], [LIVING, AIMED])],
    ['half-year', 'the first half of a year', toReport(['01', '06'], [LIVING, HOMES])],
    ['annual', 'the second half of a year', toReport(['07', '12'], [LIVING, HOMES])],
    ['progress', 'one business with a target', toReport(['01', '09'], [AIMED])],
    ['progress', 'that in half a year', toReport(['01', '06'], [AIMED])],
    [
      'progress',
      'one whose population a person filled in',
      toReport(['01', '09'], [AIMED, { ...LIVING, basis: { type: 'none' } }]),
    ],
  ])('%s is taken for %s', (kind, _, report) => {
    const templates = readTemplates({ kind: null, template: null }, catalogue);
    expect(chooseTemplate(templates, report).name).toBe(`${kind}.hbs`);
  });

  it('that are not meant for every bureau are taken only when asked for', () => {
    const names = readTemplates({ kind: null, template: null }, catalogue).map(({ name }) => name);
    expect(names).toEqual(['annual.hbs', 'half-year.hbs', 'progress.hbs']);
  });
});

describe('eject', () => {
  it('copies a template with the partials that it uses, and the copy is read with its own', async () => {
    const own = join(folder, '本局模板');
    await ejectTemplate('annual', own, catalogue);
    const partials = readdirSync(join(own, 'partials')).filter((name) => name.endsWith('.hbs'));
    expect(partials.length).toBeGreaterThan(0);
    writeFileSync(join(own, 'partials', '社会救助.hbs'), '本局自己写的。\n');
    const template = readTemplate(join(own, 'annual.hbs'), catalogue);
    expect(template.about.title).toBe('工作总结');
    expect(template.partials.社会救助).toBe('本局自己写的。\n');
  });

  it('keeps what a person edited', async () => {
    const own = join(folder, '改过');
    await ejectTemplate('annual', own, catalogue);
    writeFileSync(join(own, 'annual.hbs'), '# 改过的\n');
    const written = await ejectTemplate('annual', own, catalogue);
    expect(readFileSync(join(own, 'annual.hbs'), 'utf8')).toBe('# 改过的\n');
    expect(written[0]?.kept).toBe('annual.hbs');
  });

  it('of a kind that there is not writes nothing', async () => {
    const own = join(folder, '没有');
    await expect(ejectTemplate('../annual', own, catalogue)).rejects.toThrow('没有这个文种');
    expect(existsSync(own)).toBe(false);
  });
});

describe('what a template says of itself', () => {
  const write = (comment: string): string => {
    const path = join(folder, '本区.hbs');
    writeFileSync(path, `${comment}\n# 总结\n`);
    return path;
  };

  it('names the file; a template that says nothing is a 工作总结', () => {
    const said = readTemplate(write('{{!--\n名称: 情况专报\n用途: 给上级\n--}}'), catalogue);
    expect(said.about).toEqual({ title: '情况专报', purpose: '给上级', suits: null, tables: [] });
    expect(readTemplate(write('{{! 备注 }}'), catalogue).about.title).toBe('工作总结');
    expect(readTemplate(write('{{!-- 备注 --}}'), catalogue).about.title).toBe('工作总结');
  });

  it('cannot lead the file out of its folder', () => {
    for (const title of ['../../外面', 'a\\b', '甲:乙'])
      expect(() =>
        readTemplate(write(`{{!--\n名称: "${title.replace('\\', '\\\\')}"\n用途: 一\n--}}`), catalogue),
      ).toThrow('第2行“名称”');
  });

  it('is refused with its line when it is written wrongly', () => {
    expect(() =>
      readTemplate(write('{{!--\n名称: 专报\n用途: 给上级\n适用: [春天]\n--}}'), catalogue),
    ).toThrow(/本区\.hbs”有误：第4行.*只能是 上半年、单项业务、有任务目标/);
  });
});
