import Big from 'big.js';
import type { Recognition, Sheet } from '../model.ts';
import { toKept } from './load-batches.ts';

/** A row of 手工填报 or 任务指标 as it stands, before it is matched with the catalogue. */
export interface StatedRow {
  dataset: 'facts' | 'targets';
  file: string;
  sheet: string;
  row: number;
  indicator: string;
  /** Exact decimal; null when the cell does not hold a number. */
  value: string | null;
  /** The value's cell as it stands, for the message when it is no number. */
  valueText: string;
  unit: string;
  period: string;
  /** 来源 or 下达单位. */
  note: string;
}

/** Reads a sheet of stated figures; rows without an indicator or a value are left out and counted as set aside. */
export async function readStated(
  sheet: Sheet,
  recognition: Recognition,
  dataset: 'facts' | 'targets',
): Promise<{ rows: StatedRow[]; read: number }> {
  const column = (field: string) => recognition.columns.find((match) => match.field === field)?.index;
  const places = {
    indicator: column('indicator'),
    value: column(dataset === 'facts' ? 'value' : 'target'),
    unit: column('value_unit') ?? column('town') ?? column('county'),
    period: column('value_period') ?? column('year'),
    note: dataset === 'facts' ? column('value_source') : column('setter'),
  };
  const rows: StatedRow[] = [];
  let read = 0;
  for await (const batch of sheet.read()) {
    for (const i of toKept(batch, recognition.headBottom)) {
      read += 1;
      const text = (place: number | undefined) =>
        place === undefined ? '' : (batch.columns[place]?.[i] ?? '').trim();
      if (text(places.indicator) === '' || text(places.value) === '') continue;
      rows.push({
        dataset,
        file: sheet.source.name,
        sheet: sheet.name,
        row: batch.numbers[i] ?? 0,
        indicator: text(places.indicator),
        value: parseNumber(text(places.value)),
        valueText: text(places.value),
        unit: text(places.unit),
        period: text(places.period),
        note: text(places.note),
      });
    }
  }
  return { rows, read };
}

/** A plain number with optional thousands separators; null for anything else. */
export function parseNumber(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/%$/, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? new Big(plain).toFixed() : null;
}
