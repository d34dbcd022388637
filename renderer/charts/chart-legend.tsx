import { linesOf, type AlignedColumns } from './align-columns.ts';
import { cssColor } from './chart-colors.ts';
import type { ChartAxis, ChartLine } from './chart-options.ts';
import { printDate } from './chart-ticks.ts';
import { printNumber, printWithUnit } from './print-number.ts';

interface ChartLegendProps {
  readonly lines: readonly ChartLine[];
  /** What the values are, with their unit. */
  readonly axis: string;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (label: string) => void;
  /** Where the pointer is; null: nowhere. */
  readonly place: string | null;
  readonly values: readonly (number | null)[] | null;
}

/** The names of the lines, each a switch; beside them the values at the pointer. */
export function ChartLegend({ lines, axis, hidden, onToggle, place, values }: ChartLegendProps): React.JSX.Element {
  return (
    <div className="chart-legend">
      <span className="chart-legend-axis">{axis}</span>
      {lines.map((line, position) => (
        <button
          key={line.label}
          type="button"
          className="chart-legend-line"
          aria-pressed={!hidden.has(line.label)}
          onClick={() => onToggle(line.label)}
        >
          <svg className="chart-legend-mark" viewBox="0 0 16 8" aria-hidden="true">
            <path d="M0 4h16" stroke={cssColor(line.color)} strokeWidth={Math.max(2, line.width ?? 2)} {...(line.dashed ? { strokeDasharray: '4 2' } : {})} />
          </svg>
          {line.label}
          {values === null ? null : <span className="chart-legend-value">{printWithUnit(values[position], line.unit ?? null)}</span>}
        </button>
      ))}
      {place === null ? null : <span className="chart-legend-place">{place}</span>}
    </div>
  );
}

/** The values of every line at the indices that the chart's cursor names (the first is x's). */
export function valuesAt(data: AlignedColumns, indices: readonly (number | null)[]): readonly (number | null)[] {
  return linesOf(data).map((values, line) => values[indices[line + 1] ?? -1] ?? null);
}

/** A place on x: 'epoch 3.4', '4 Mar 1963'. */
export function placeInWords(axis: ChartAxis, value: number | undefined): string | null {
  if (value === undefined) return null;
  return axis.kind === 'date' ? printDate(value) : `${axis.label} ${axis.kind === 'whole' ? Number(value.toFixed(2)) : printNumber(value)}`;
}
