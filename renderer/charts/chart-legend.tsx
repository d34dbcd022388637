import { cssColor } from './chart-colors.ts';
import { bandOpacity, isLowerEdge, type ChartLine } from './chart-options.ts';

interface ChartLegendProps {
  readonly lines: readonly ChartLine[];
  /** What the values are, with their unit. */
  readonly axis: string;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (label: string) => void;
}

/** The names of the lines, each a switch. */
export function ChartLegend({ lines, axis, hidden, onToggle }: ChartLegendProps): React.JSX.Element {
  return (
    <div className="chart-legend">
      <span className="chart-legend-axis">{axis}</span>
      {lines.filter((_, position) => !isLowerEdge(lines, position)).map((line) => (
        <button
          key={line.label}
          type="button"
          className="chart-legend-line"
          aria-pressed={!hidden.has(line.label)}
          onClick={() => onToggle(line.label)}
        >
          <LineMark line={line} />
          {line.label}
        </button>
      ))}
    </div>
  );
}

/** A short piece of a line, as it is drawn. */
export function LineMark({ line }: { readonly line: ChartLine }): React.JSX.Element {
  return (
    <svg className="chart-legend-mark" viewBox="0 0 16 8" aria-hidden="true">
      {line.band === true ? (
        <rect width="16" height="8" fill={cssColor(line.color)} opacity={line.opacity ?? bandOpacity} />
      ) : (
        <path d="M0 4h16" stroke={cssColor(line.color)} strokeWidth={Math.max(2, line.width ?? 2)} {...(line.dashed ? { strokeDasharray: '4 2' } : {})} />
      )}
    </svg>
  );
}
