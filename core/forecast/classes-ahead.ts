import { calendarLabels } from './calendar.ts';
import { labelIndex, labelOf } from './series-labels.ts';
import type { SeriesTable } from './series-table.ts';
import { datesAfter } from './time-index.ts';

/** The number of a category's class at a time step of a series. */
export type ClassAt = (series: number, step: number) => number;

/**
 * For each category by name, its classes at every time step of the table and at the `beyond` steps that follow its end: what holds for the
 * whole series, or what the date alone tells. Throws RangeError for any other category, and where dates cannot be continued: checks let
 * neither through.
 */
export function classesAhead(table: SeriesTable, names: readonly string[], beyond: number): readonly ClassAt[] {
  const milliseconds = beyond === 0 ? null : datesAfter(table, beyond);
  const calendar = milliseconds === null ? [] : calendarLabels({ time: { kind: 'date', name: '', milliseconds }, seriesCount: 1, steps: beyond });
  return names.map((name) => {
    const label = labelOf(table, name);
    const { indices } = label.classes ?? { indices: new Int32Array() };
    if (label.perSeries) return (series) => indices[series]!;
    if (label.isCalendar !== true) throw new RangeError(`"${name}" is not known of time steps that have not come`);
    const ahead = calendar.find((own) => own.name === name)?.classes?.indices;
    if (beyond > 0 && ahead === undefined) throw new RangeError('dates that keep no step cannot be continued');
    return (series, step) => (step < table.steps ? indices[labelIndex(label, table, series, step)]! : ahead![step - table.steps]!);
  });
}
