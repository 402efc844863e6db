/** The HTML form: the same words, nothing from outside, nothing that runs but the one script of ours. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/model.ts';
import { toBookmarkName } from '../../src/render/bookmark.ts';
import { parseStyle, render } from '../../src/render/index.ts';
import { DRAFT, figure, paragraph, REPORT, readStyleSpec, STYLE, text } from './sample.ts';

const html = async (draft: Draft, style = STYLE): Promise<string> =>
  new TextDecoder().decode(await render(draft, 'html', style, REPORT));
const only = (...runs: Parameters<typeof paragraph>): Draft => ({
  title: [],
  captions: [],
  blocks: [paragraph(...runs)],
  annexes: [],
});
const bodyOf = (page: string): string => page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
const wordsOf = (page: string): string =>
  bodyOf(page)
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, '');

describe('html', () => {
  it('has the words of the draft in their order, with the numbers of headings', async () => {
    expect(wordsOf(await html(DRAFT))).toBe(
      '某某区民政局2023年工作总结和2024年工作计划一、主要工作情况（一）社会救助落实“应保尽保”，低保对象3469户6444人，' +
        '比上年〔待核：低保同比〕；年末仍为3469户。1.规范审核（1）入户抽查（二）养老服务二、下一步打算〔待填：下一步打算〕' +
        '某某区民政局2024年1月5日',
    );
  });

  it('gives headings their levels and the title the first one', async () => {
    const page = await html(DRAFT);
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('<h2>一、主要工作情况</h2>');
    expect(page).toContain('<h5>（1）入户抽查</h5>');
  });

  it('says of each figure which one it is, every time with an id of its own', async () => {
    const page = await html(DRAFT);
    for (const n of [1, 2])
      expect(page).toContain(
        `<span class="figure" id="${toBookmarkName('低保.期末户数', n)}" data-figure="低保.期末户数">3469户</span>`,
      );
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('marks what is still open', async () => {
    const page = await html(DRAFT);
    expect(page).toMatch(
      /<mark data-kind="待核" id="\w+" data-figure="低保.同比">〔待核：低保同比〕<\/mark>/,
    );
    expect(page).toMatch(/<mark data-kind="待填" id="\w+" tabindex="-1">〔待填：下一步打算〕<\/mark>/);
  });

  it('escapes everything', async () => {
    const page = await html(only(text('<script>alert(1)</script>&"\''), figure('<b>1户', '"><i>.户数')));
    expect(bodyOf(page)).not.toMatch(/<(?:script|b|i)>/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;');
    expect(page).toContain('data-figure="&quot;&gt;&lt;i&gt;.户数"');
  });

  it('cannot be broken out of by the name of a font', async () => {
    const spec = readStyleSpec();
    const style = parseStyle({ ...spec, 西文字体: '"}</style><script>x' }, 'gongwen.yaml');
    const page = await html(DRAFT, style);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it('fetches nothing, and runs one script whose hash the policy names', async () => {
    const page = await html(DRAFT);
    expect(page).not.toMatch(/https?:|<script[^>]|<link|<img|<iframe|url\(| on[a-z]+=/);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `script-src 'sha256-${hash}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('prints on A4 with the margins of the docx, wide annexes across', async () => {
    const page = await html({
      ...DRAFT,
      annexes: [
        {
          mark: '附件',
          title: [text('宽表')],
          captions: [],
          landscape: true,
          blocks: [paragraph(text('一'))],
        },
      ],
    });
    // 210 × 297 mm in points, to a twentieth.
    expect(page).toContain('@page { size: 595.3pt 841.9pt; margin: 104.9pt 73.7pt');
    expect(page).toContain('@page wide { size: 841.9pt 595.3pt;');
    expect(page).toContain('<section class="page annex landscape">\n<p class="mark">附件</p>');
  });

  it('is a table with heads, its numbers to the right', async () => {
    const page = await html({
      ...only(),
      blocks: [
        {
          type: 'table',
          title: [text('情况表')],
          head: [[text('地方')], [text('户数')]],
          rows: [[[text('甲镇')], [figure('1,234', '低保.户数')]]],
          notes: [[text('注：一。')]],
        },
      ],
    });
    expect(page).toContain('<caption>情况表</caption>');
    expect(page).toContain('<th scope="col">地方</th><th scope="col">户数</th>');
    expect(page).toMatch(/<td>甲镇<\/td><td class="number"><span class="figure"[^>]*>1,234<\/span><\/td>/);
    expect(page).toContain('<p class="note">注：一。</p>');
  });
});
