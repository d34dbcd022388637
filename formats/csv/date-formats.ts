import type { DateOrder } from '../../core/export/exportable-model.ts';

/** How a column writes its dates. '/' or '-' between day, month and year leaves their order open; '.' puts the day first. */
export type DateFormat = 'year-first' | 'year-month' | 'compact' | 'day-month-open' | 'day-month-points' | 'year';

const time = String.raw`(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?`;
const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'year-first': new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`),
  'year-month': /^(\d{4})[-/](\d{1,2})$/,
  compact: /^(\d{4})(\d{2})(\d{2})$/,
  'day-month-open': new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})${time}$`),
  'day-month-points': new RegExp(String.raw`^(\d{1,2})(\.)(\d{1,2})\.(\d{4})${time}$`),
  year: /^\d{4}$/,
};
const formats = Object.keys(patterns) as DateFormat[];

/** The format that a cell is written in, whether or not the date exists; null where it is none. */
export function formatOfDate(cell: string): DateFormat | null {
  const trimmed = cell.trim();
  return formats.find((format) => patterns[format].test(trimmed)) ?? null;
}

/**
 * Whether the day or the month comes first in cells like 3/4/2012: said by the first cell with a number above 12; null where none decides.
 */
function orderOfDays(cells: readonly string[]): 'day-first' | 'month-first' | null {
  for (const cell of cells) {
    const found = patterns['day-month-open'].exec(cell.trim());
    if (found !== null && Number(found[1]) > 12) return 'day-first';
    if (found !== null && Number(found[3]) > 12) return 'month-first';
  }
  return null;
}

/** What stands first in dates of a format; null where no cell decides whether the day or the month does. */
export function orderOfDates(format: Exclude<DateFormat, 'year'>, cells: readonly string[]): DateOrder | null {
  switch (format) {
    case 'day-month-points':
      return 'day-first';
    case 'day-month-open':
      return orderOfDays(cells);
    case 'year-first':
    case 'year-month':
    case 'compact':
      return format;
  }
}

/** The moment of a cell in UTC epoch milliseconds (without an offset the time counts as UTC); null where it is no date of the format. */
export function readDate(cell: string, format: DateFormat, monthFirst: boolean): number | null {
  const found = patterns[format].exec(cell.trim());
  if (found === null) return null;
  switch (format) {
    case 'year':
      return momentOf(Number(found[0]), 1, 1, []);
    case 'year-month':
      return momentOf(Number(found[1]), Number(found[2]), 1, []);
    case 'compact':
      return momentOf(Number(found[1]), Number(found[2]), Number(found[3]), []);
    case 'year-first':
      return momentOf(Number(found[1]), Number(found[3]), Number(found[4]), found.slice(5));
    case 'day-month-open':
    case 'day-month-points': {
      const [day, month] = monthFirst ? [found[3], found[1]] : [found[1], found[3]];
      return momentOf(Number(found[4]), Number(month), Number(day), found.slice(5));
    }
  }
}

function momentOf(year: number, month: number, day: number, [hour, minute, second, fraction, offset]: readonly (string | undefined)[]): number | null {
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(midnight);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null;
  const seconds = (Number(hour ?? 0) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0);
  const milliseconds = fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1000);
  return midnight + seconds * 1000 + milliseconds - offsetMinutes(offset) * 60_000;
}

function offsetMinutes(offset: string | undefined): number {
  if (offset === undefined || offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}
