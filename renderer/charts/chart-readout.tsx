import { linesOf, type AlignedColumns } from './align-columns.ts';
import { LineMark } from './chart-legend.tsx';
import { isLowerEdge, type ChartAxis, type ChartLine } from './chart-options.ts';
import { printDate } from './chart-ticks.ts';
import { printNumber, printWithUnit } from './print-number.ts';

/** Where the pointer is. */
export interface ChartPoint {
  /** Index into the data of x, then of each line; null: the line has nothing near. */
  readonly indices: readonly (number | null | undefined)[];
  /** Whether it is in the right half, so that the values are shown at the left. */
  readonly isRight: boolean;
}

interface ChartReadoutProps {
  readonly lines: readonly ChartLine[];
  readonly data: AlignedColumns;
  readonly x: ChartAxis;
  readonly hidden: ReadonlySet<string>;
  readonly point: ChartPoint;
}

/** The values of the lines at the pointer. */
export function ChartReadout({ lines, data, x, hidden, point }: ChartReadoutProps): React.JSX.Element | null {
  const place = data[0][point.indices[0] ?? -1];
  const values = linesOf(data).map((line, position) => line[point.indices[position + 1] ?? -1]);
  const shown = lines.flatMap((line, position) => {
    const value = values[position];
    if (hidden.has(line.label) || value === null || value === undefined || isLowerEdge(lines, position)) return [];
    const low = line.band === true ? values[position - 1] : null;
    const text = printWithUnit(value, line.unit ?? null);
    return [{ line, text: low === null || low === undefined ? text : `${printNumber(low)} to ${text}` }];
  });
  if (place === undefined || shown.length === 0) return null;
  return (
    <div className={point.isRight ? 'chart-readout chart-readout-left' : 'chart-readout'} aria-hidden="true">
      <span className="chart-readout-place">{placeInWords(x, place)}</span>
      {shown.map(({ line, text }) => (
        <span key={line.label} className="chart-readout-line">
          <LineMark line={line} />
          {line.label}
          <span className="chart-readout-value">{text}</span>
        </span>
      ))}
    </div>
  );
}

/** A place on x: 'epoch 3.4', '4 Mar 1963'. */
function placeInWords(axis: ChartAxis, value: number): string {
  return axis.kind === 'date' ? printDate(value) : `${axis.label} ${axis.kind === 'whole' ? Number(value.toFixed(2)) : printNumber(value)}`;
}
