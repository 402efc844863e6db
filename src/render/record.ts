import { z } from 'zod';
import type { Period } from '../model.ts';

/** What we printed at one place of a document. */
export interface Printed {
  figure: string;
  /** Its n-th appearance, from 1: with the figure's id this gives the name of its bookmark. */
  n: number;
  text: string;
  /** Hash of the words among which it stands. */
  words: string;
}

/** What a Word file says of itself, so that it can be told later what a person changed. */
export interface PrintedRecord {
  /** File name of the template; null for 附表 alone. */
  template: string | null;
  place: string;
  period: Period;
  printed: Printed[];
}

const File = z.object({
  version: z.literal(1),
  template: z.string().nullable(),
  place: z.string(),
  from: z.string(),
  to: z.string(),
  figures: z.record(z.string(), z.array(z.tuple([z.number(), z.string(), z.string()]))),
});

/** Word shows and keeps 255 characters of a custom property. */
const LENGTH = 240;
const NAME = /^mzreport\.(\d+)$/;

export interface Property {
  name: string;
  value: string;
}

/** True for a custom property that is a piece of a record. */
export const isRecordProperty = (name: string): boolean => NAME.test(name);

/** A record as custom document properties: of all that a document can carry LibreOffice, Word and WPS keep these. */
export function toProperties({ template, place, period, printed }: PrintedRecord): Property[] {
  const figures = new Map<string, [number, string, string][]>();
  for (const { figure, n, text, words } of printed)
    figures.set(figure, [...(figures.get(figure) ?? []), [n, text, words]]);
  const json = JSON.stringify({
    version: 1,
    template,
    place,
    ...period,
    figures: Object.fromEntries(figures),
  });
  // Blanks at the ends of a piece would not survive.
  const text = json.replace(/\s/g, (blank) => `\\u${blank.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return cut(text).map((value, index) => ({ name: `mzreport.${index + 1}`, value }));
}

/** The record in a document's custom properties; null when there is none or a piece of it is lost. */
export function parseProperties(properties: readonly Property[]): PrintedRecord | null {
  const pieces = properties
    .filter(({ name }) => isRecordProperty(name))
    .sort((a, b) => toIndex(a) - toIndex(b));
  const file = File.safeParse(parseJson(pieces.map(({ value }) => value).join('')));
  if (!file.success) return null;
  const { template, place, from, to, figures } = file.data;
  const printed = Object.entries(figures).flatMap(([figure, all]) =>
    all.map(([n, text, words]) => ({ figure, n, text, words })),
  );
  return { template, place, period: { from, to }, printed };
}

const toIndex = ({ name }: Property): number => Number(NAME.exec(name)?.[1]);

/** No piece ends within a character of two halves. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? 1) {
    const piece = text.slice(at, at + LENGTH);
    pieces.push(/[\ud800-\udbff]$/.test(piece) ? piece.slice(0, -1) : piece);
  }
  return pieces;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
