import type { SeriesTable, TimeIndex } from './series-table.ts';

const millisecondsADay = 86_400_000;

/** A moment in the terms of a time index. */
export type TimePoint =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'date'; readonly milliseconds: number }
  | { readonly kind: 'number'; readonly value: number };

/** What lies between two rows. Days and weeks are milliseconds (the index is in UTC); years are twelve months. */
type RegularStep =
  | { readonly kind: 'months'; readonly months: number; readonly dayOfMonth: number }
  | { readonly kind: 'weekdays' }
  | { readonly kind: 'difference'; readonly difference: number };

/**
 * The step that most rows of an index keep: whole months where every date stands on one day of the month (or on the last
 * day of shorter months), Monday to Friday where no weekend occurs, otherwise the commonest difference. Null for fewer than two rows.
 */
function regularStep(index: TimeIndex): RegularStep | null {
  switch (index.kind) {
    case 'step':
      return { kind: 'difference', difference: 1 };
    case 'number': {
      const difference = commonestDifference(index.values);
      return difference === null ? null : { kind: 'difference', difference };
    }
    case 'date':
      return monthStep(index.milliseconds) ?? weekdayStep(index.milliseconds) ?? differenceStep(index.milliseconds);
  }
}

/** The moment `rowsAhead` rows after the last row of the table, by the index's regular step; null where it has none. */
export function timeAfter(table: SeriesTable, rowsAhead: number): TimePoint | null {
  const last = table.steps - 1;
  if (table.time.kind === 'step') return { kind: 'step', step: last + rowsAhead };
  const step = regularStep(table.time);
  if (step === null) return null;
  if (table.time.kind === 'number') {
    return { kind: 'number', value: table.time.values[last]! + rowsAhead * (step.kind === 'difference' ? step.difference : 1) };
  }
  return { kind: 'date', milliseconds: advance(table.time.milliseconds[last]!, step, rowsAhead) };
}

/** The dates of the `count` rows after the last one, in UTC epoch milliseconds; null where rows have no dates, or their dates no regular step. */
export function datesAfter({ time, steps }: SeriesTable, count: number): Float64Array | null {
  const step = regularStep(time);
  if (time.kind !== 'date' || step === null) return null;
  const last = time.milliseconds[steps - 1]!;
  return Float64Array.from({ length: count }, (_, row) => advance(last, step, row + 1));
}

/** The moment of a row; rows beyond the end are extrapolated by the regular step. Null where the index has none. */
export function timeOfRow(table: SeriesTable, row: number): TimePoint | null {
  if (row >= table.steps) return timeAfter(table, row - table.steps + 1);
  switch (table.time.kind) {
    case 'step':
      return { kind: 'step', step: row };
    case 'date':
      return { kind: 'date', milliseconds: table.time.milliseconds[row]! };
    case 'number':
      return { kind: 'number', value: table.time.values[row]! };
  }
}

/** A moment in words: an ISO date (with the time where it is not midnight UTC), or the number. */
export function timeInWords(point: TimePoint): string {
  switch (point.kind) {
    case 'step':
      return String(point.step);
    case 'number':
      return String(point.value);
    case 'date': {
      const iso = new Date(point.milliseconds).toISOString();
      return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
    }
  }
}

/** The rows (the later one of each pair) whose distance from the row before is not the regular step. */
export function irregularRows(index: TimeIndex): readonly number[] {
  const step = regularStep(index);
  if (step === null || index.kind === 'step') return [];
  const positions = index.kind === 'date' ? index.milliseconds : index.values;
  const rows: number[] = [];
  for (let row = 1; row < positions.length; row += 1) {
    const expected = advance(positions[row - 1]!, step, 1);
    if (Math.abs(positions[row]! - expected) > 1e-9 * Math.abs(expected)) rows.push(row);
  }
  return rows;
}

function advance(from: number, step: RegularStep, rows: number): number {
  switch (step.kind) {
    case 'difference':
      return from + rows * step.difference;
    case 'weekdays': {
      // Monday-based day of the week; 1970-01-01 was a Thursday.
      const day = (Math.floor(from / millisecondsADay) + 3) % 7;
      const weekday = (day + 7) % 7;
      const weekends = Math.floor((weekday + rows) / 5);
      return from + (rows + 2 * weekends) * millisecondsADay;
    }
    case 'months': {
      const date = new Date(from);
      const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + rows * step.months;
      const year = Math.floor(months / 12);
      const month = months - year * 12;
      const day = Math.min(step.dayOfMonth, daysInMonth(year, month));
      return new Date(0).setUTCFullYear(year, month, day) + timeOfDay(from);
    }
  }
}

/** Milliseconds since midnight; dates before 1970 are negative numbers. */
function timeOfDay(milliseconds: number): number {
  return milliseconds - Math.floor(milliseconds / millisecondsADay) * millisecondsADay;
}

function daysInMonth(year: number, month: number): number {
  return new Date(new Date(0).setUTCFullYear(year, month + 1, 0)).getUTCDate();
}

function monthStep(milliseconds: Float64Array): RegularStep | null {
  if (milliseconds.length < 2) return null;
  const dates = Array.from(milliseconds, (value) => new Date(value));
  const dayOfMonth = dates.reduce((latest, date) => Math.max(latest, date.getUTCDate()), 1);
  const time = timeOfDay(milliseconds[0]!);
  const onOneDay = dates.every((date) => {
    const expected = Math.min(dayOfMonth, daysInMonth(date.getUTCFullYear(), date.getUTCMonth()));
    return date.getUTCDate() === expected && timeOfDay(date.getTime()) === time;
  });
  if (!onOneDay) return null;
  const months = commonestDifference(Float64Array.from(dates, (date) => date.getUTCFullYear() * 12 + date.getUTCMonth()));
  return months === null || months === 0 ? null : { kind: 'months', months, dayOfMonth };
}

function weekdayStep(milliseconds: Float64Array): RegularStep | null {
  // Two working weeks without a weekend are taken for a working-day calendar.
  if (milliseconds.length < 10 || commonestDifference(milliseconds) !== millisecondsADay) return null;
  const weekend = milliseconds.some((value) => [0, 6].includes(new Date(value).getUTCDay()));
  return weekend ? null : { kind: 'weekdays' };
}

function differenceStep(milliseconds: Float64Array): RegularStep | null {
  const difference = commonestDifference(milliseconds);
  return difference === null ? null : { kind: 'difference', difference };
}

function commonestDifference(positions: Float64Array): number | null {
  const counts = new Map<number, number>();
  for (let row = 1; row < positions.length; row += 1) {
    const difference = positions[row]! - positions[row - 1]!;
    counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  let commonest: number | null = null;
  let most = 0;
  for (const [difference, count] of counts) {
    if (count > most) {
      most = count;
      commonest = difference;
    }
  }
  return commonest;
}
