import { useMemo, type ReactNode } from 'react';
import { countOf } from '../../core/diagnostics/phrases.ts';
import type { GraphNode } from '../../core/graph/graph-document.ts';
import type { PlottedSeries } from '../../electron/ipc/data-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { IconButton } from '../components/button.tsx';
import { desktop } from '../state/desktop.ts';
import { presentDocument, useDocument } from '../state/document-store.ts';
import { showRange, showSeries, useDataView } from './data-view-store.ts';
import { DiagnosticList } from './diagnostic-list.tsx';
import { IndexPicker } from './index-picker.tsx';
import { pannedSteps, partBands, partOfSeries, seriesChartData, seriesLines, stepLine, stepsBetween, timeAxis, zoomedSteps } from './series-chart.ts';
import { dataKey } from './series-source.ts';
import { useAnswer } from './use-answer.ts';

interface SeriesViewProps {
  readonly project: ProjectHandle;
  readonly node: GraphNode;
  /** At the left of the row above the plot. */
  readonly children: ReactNode;
}

const pause = 120;
const pointsAsked = 4000;

/** One series of a Series node, in the data's unit, with the parts it is divided into. */
export function SeriesView({ project, node, children }: SeriesViewProps): React.JSX.Element {
  const document = useDocument(presentDocument);
  const references = useDocument((state) => presentDocument(state).data);
  const series = useDataView((state) => state.series);
  const range = useDataView((state) => state.range);
  const key = `${node.id} ${series} ${JSON.stringify([range, references])} ${dataKey(document)}`;
  const ask = () => desktop().readSeries({ project, document, node: node.id, series, range: range === null ? null : [...range], points: pointsAsked });
  const { value, diagnostics, waiting } = useAnswer(key, ask, pause);
  return (
    <section className="data-source" aria-label="Series">
      <div className="panel-tools">
        {children}
        {value === undefined ? null : <SeriesTools plotted={value} />}
      </div>
      {value === undefined ? (
        <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : waiting ? 'Reading the series' : null}</div>
      ) : (
        <SeriesPlot label={node.label} plotted={value} />
      )}
    </section>
  );
}

/** Which series, and which stretch of it. */
function SeriesTools({ plotted }: { readonly plotted: PlottedSeries }): React.JSX.Element {
  const series = useDataView((state) => state.series);
  const { steps, seriesCount, range } = plotted;
  const part = partOfSeries(plotted, series);
  const seen = shownRange(plotted);
  return (
    <>
      {seriesCount > 1 ? <IndexPicker label="Series" index={series} count={seriesCount} onChange={showSeries} /> : null}
      {part === null ? null : <span className="quiet">{part} part</span>}
      <span className="panel-tools-end">
        <IconButton icon="chevronRight" className="mirrored" label="Earlier" disabled={seen === null || seen[0] === 0} onClick={() => showRange(pannedSteps(range, steps, -0.5))} />
        <IconButton icon="chevronRight" label="Later" disabled={seen === null || seen[1] === steps} onClick={() => showRange(pannedSteps(range, steps, 0.5))} />
        <IconButton icon="plus" label="Zoom in (or drag across the plot)" disabled={range[1] - range[0] <= 2} onClick={() => showRange(zoomedSteps(seen, steps, 0.5))} />
        <IconButton icon="minus" label="Zoom out" disabled={seen === null} onClick={() => showRange(zoomedSteps(seen, steps, 2))} />
        <IconButton icon="fit" label="Whole series (or double-click the plot)" disabled={seen === null} onClick={() => showRange(null)} />
      </span>
    </>
  );
}

/** null: the whole series. */
function shownRange({ range, steps }: PlottedSeries): readonly [start: number, end: number] | null {
  return range[1] - range[0] < steps ? range : null;
}

function SeriesPlot({ label, plotted }: { readonly label: string; readonly plotted: PlottedSeries }): React.JSX.Element {
  const { steps, range } = plotted;
  const data = useMemo(() => seriesChartData(plotted), [plotted]);
  const lines = useMemo(() => seriesLines(plotted), [plotted]);
  const line = useMemo(() => stepLine(plotted), [plotted]);
  const bands = useMemo(() => partBands(plotted, line), [plotted, line]);
  const seen = shownRange(plotted);
  const names = lines.map((column) => column.label).join(', ');
  const stretch = seen === null ? countOf(steps, 'time step') : `time steps ${range[0] + 1} to ${range[1]} of ${steps}`;
  return (
    <LineChart
      description={`${label}: ${names} over ${stretch}.`}
      data={data}
      lines={lines}
      x={timeAxis(plotted.time, null)}
      y={{ label: unitOf(plotted), kind: 'number', range: null }}
      bands={bands}
      onZoom={(places) => showRange(places === null ? null : (stepsBetween(line, places, steps) ?? seen))}
    />
  );
}

/** What the y axis says: the unit that all columns share. */
function unitOf({ columns }: PlottedSeries): string {
  const units = new Set(columns.map(({ unit }) => unit));
  const [unit] = units;
  return units.size === 1 && unit !== null && unit !== undefined ? unit : "in the data's unit";
}
