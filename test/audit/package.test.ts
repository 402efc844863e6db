import { Document, Packer, Paragraph } from 'docx';
import { describe, expect, it } from 'vitest';
import { openPackage, PACKAGE_LIMITS, readMain, readTree, savePackage } from '../../src/audit/package.ts';
import { addPart, findRelated } from '../../src/audit/relations.ts';
import { parseArchive } from '../../src/read/archive.ts';
import { unzip } from '../render/unzip.ts';
import { SKELETON, toPack } from '../support/pack.ts';

const write = (text: string): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] }));

describe('a Word file as a package', () => {
  it('is saved as it was, but for the part that was changed', async () => {
    const bytes = await write('会议纪要');
    const opened = openPackage(bytes, '纪要.docx');
    expect(opened.main).toBe('word/document.xml');
    const [text] = readMain(opened).getElementsByTagName('w:t');
    if (text) text.textContent = '会议记录 & <别的>';
    const [before, after] = [unzip(bytes), unzip(await savePackage(opened))];
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, content] of before)
      if (path !== opened.main) expect(after.get(path), path).toBe(content);
    expect(after.get(opened.main)).toContain('<w:t xml:space="preserve">会议记录 &amp; &lt;别的&gt;</w:t>');
  });

  it('is the same file for the same change, whatever the time', async () => {
    const bytes = await write('会议纪要');
    const save = async () =>
      Buffer.from(await savePackage(openPackage(bytes, '纪要.docx'))).toString('base64');
    expect(await save()).toBe(await save());
  });

  it('takes a new part, and finds it by its relation', async () => {
    const opened = openPackage(await write('会议纪要'), '纪要.docx');
    const part = {
      path: 'word/own.xml',
      contentType: 'text/xml',
      relation: 'urn:own',
      from: opened.main,
      xml: '<own/>',
    };
    expect(addPart(opened, part)).toBe('word/own.xml');
    expect(addPart(opened, part)).toBe('word/own2.xml');
    const again = openPackage(await savePackage(opened), '纪要.docx');
    expect(findRelated(again, again.main, 'urn:own')).toBe('word/own.xml');
    expect(readTree(again, 'word/own2.xml')?.documentElement?.nodeName).toBe('own');
    const types = unzip(await savePackage(again)).get('[Content_Types].xml');
    expect(types).toContain('<Override PartName="/word/own.xml" ContentType="text/xml"/>');
  });
});

describe('what is no Word file', () => {
  const refuse = (bytes: Uint8Array) => () => openPackage(bytes, '文稿.docx');
  const withDocument = (xml: string) => {
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
    const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${office}" Target="word/document.xml"/></Relationships>`;
    return toPack({ '_rels/.rels': relations, 'word/document.xml': xml });
  };

  it.each([
    ['a text', Buffer.from('工作总结'), '不是 Word 文件'],
    ['one byte', Buffer.from('P'), '不是 Word 文件'],
    ['an old doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧的 doc'],
    ['a workbook', toPack(SKELETON), '是别的 Office 文件'],
    ['half a zip', Buffer.from('PK\x03\x04 and no more'), '已损坏'],
    [
      'a strict one',
      withDocument('<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'),
      '严格',
    ],
    ['broken XML', withDocument('<document><a></document>'), '已损坏'],
    [
      'entities that multiply',
      withDocument('<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'),
      '含有 Word 不会写出的声明',
    ],
  ])('%s', (_, bytes, says) => expect(refuse(bytes)).toThrow(says));

  it('a part that is longer than its directory says, or too long to be a text', () => {
    const bomb = { 开头: '<d>', 重复: '<a/>'.repeat(1000), 次数: 13_000, 结尾: '</d>' };
    const bytes = toPack({ '_rels/.rels': bomb });
    expect(parseArchive(bytes, '')[0]?.size).toBeGreaterThan(PACKAGE_LIMITS.treeBytes);
    expect(refuse(bytes)).toThrow(/超出安全限度/);
    const lying = Buffer.from(withDocument('<d/>'));
    lying.writeUInt32LE(1, lying.indexOf(Buffer.from('504b0102', 'hex')) + 24);
    expect(refuse(lying)).toThrow('已损坏');
  });
});
