import Big from 'big.js';
import { toWithoutNumbers } from '../mask.ts';
import type { Recognition, Sheet } from '../model.ts';
import { toKept } from './load-batches.ts';

/** A row of 手工填报 or 任务指标 as it stands, before it is matched with the catalogue. */
export interface StatedRow {
  dataset: 'facts' | 'targets';
  file: string;
  sheet: string;
  row: number;
  indicator: string;
  /** The value's cell as it stands; '' when only 上年值 is filled in. */
  value: string;
  /** The cell 上年值 as it stands; '' when there is none. */
  before: string;
  unit: string;
  /** 期间, or the month of 起始月份 with 起. */
  period: string;
  /** County, township or village; '' for the whole place. */
  area: string;
  /** 来源 or 下达单位. */
  note: string;
  /** The policy's measure to which a target belongs; '' for none. A row with a measure may be without indicator or value. */
  measure: string;
  /** 牵头单位 of the measure. */
  lead: string;
}

/** Reads a sheet of stated figures; rows without an indicator or a value, if they name no measure, are left out and counted as set aside. */
export async function readStated(
  sheet: Sheet,
  recognition: Recognition,
  dataset: 'facts' | 'targets',
): Promise<{ rows: StatedRow[]; read: number }> {
  const places = toPlaces(recognition, dataset);
  const rows: StatedRow[] = [];
  let read = 0;
  for await (const batch of sheet.read()) {
    for (const i of toKept(batch, recognition.headBottom)) {
      read += 1;
      const text = (place: number | undefined) =>
        place === undefined ? '' : (batch.columns[place]?.[i] ?? '').trim();
      const words = (place: number | undefined) => toWithoutNumbers(text(place));
      const isValued = text(places.value) !== '' || text(places.before) !== '';
      if (text(places.measure) === '' && (text(places.indicator) === '' || !isValued)) continue;
      const areas = places.areas.map(words).filter((area) => area !== '');
      rows.push({
        dataset,
        file: sheet.source.name,
        sheet: sheet.name,
        row: batch.numbers[i] ?? 0,
        indicator: words(places.indicator),
        value: text(places.value),
        before: text(places.before),
        unit: words(places.unit),
        period: text(places.start) === '' ? text(places.period) : `${text(places.start)}起`,
        area: areas.at(-1) ?? '',
        note: words(places.note),
        measure: words(places.measure),
        lead: words(places.lead),
      });
    }
  }
  return { rows: withoutOwnArea(rows), read };
}

/** A sheet whose rows all name one area names its own: they are about the whole place. */
const withoutOwnArea = (rows: StatedRow[]): StatedRow[] =>
  new Set(rows.map(({ area }) => area)).size > 1 ? rows : rows.map((row) => ({ ...row, area: '' }));

/** Which column holds what. 单位 alone is the unit of measure, though elsewhere it is an area. */
function toPlaces({ columns }: Recognition, dataset: 'facts' | 'targets') {
  const column = (field: string) => columns.find((match) => match.field === field)?.index;
  const areas = columns.filter(({ field }) => AREAS.includes(field ?? ''));
  const unit = column('value_unit') ?? areas.find(({ label }) => /^单\s*位$/.test(label))?.index;
  return {
    indicator: column('indicator'),
    value: column(dataset === 'facts' ? 'value' : 'target'),
    before: dataset === 'facts' ? column('value_before') : undefined,
    unit,
    period: column('value_period') ?? column('year'),
    start: column('start'),
    note: dataset === 'facts' ? column('value_source') : column('setter'),
    measure: dataset === 'targets' ? column('measure') : undefined,
    lead: column('lead') ?? column('owner'),
    areas: AREAS.flatMap((field) => column(field) ?? []).filter((index) => index !== unit),
  };
}

const AREAS = ['county', 'town', 'village'];

/**
 * A plain number with optional thousands separators; null for anything else. No figure of a bureau has fifteen digits:
 * that is an ID or an account in the wrong column, and must not be printed.
 */
export function parseNumber(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/%$/, '');
  return /^-?\d{1,14}(\.\d+)?$/.test(plain) ? new Big(plain).toFixed() : null;
}
