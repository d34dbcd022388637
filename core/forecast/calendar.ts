import type { SeriesLabel } from './series-labels.ts';
import type { SeriesTable } from './series-table.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const daysOfWeek = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** What dates tell, and its classes in their order. */
export const calendarClasses = { month: months, 'day of week': daysOfWeek } as const;

/** 'month' and 'day of week' of every time step, all classes in their own order (UTC); none where rows have no dates. */
export function calendarLabels({ time, seriesCount, steps }: Pick<SeriesTable, 'time' | 'seriesCount' | 'steps'>): readonly SeriesLabel[] {
  if (time.kind !== 'date') return [];
  const dates = Array.from(time.milliseconds, (milliseconds) => new Date(milliseconds));
  const labelOf = (name: string, names: readonly string[], classOf: (date: Date) => number): SeriesLabel => {
    const indices = Int32Array.from({ length: seriesCount * steps }, (_, row) => classOf(dates[row % steps]!));
    return { name, perSeries: false, isCalendar: true, numbers: null, classes: { names, indices } };
  };
  return [labelOf('month', months, (date) => date.getUTCMonth()), labelOf('day of week', daysOfWeek, (date) => (date.getUTCDay() + 6) % 7)];
}
