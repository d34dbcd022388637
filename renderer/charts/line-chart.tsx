import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './line-chart.css';
import type { AlignedColumns } from './align-columns.ts';
import { readChartColors, watchTheme, type ChartColors } from './chart-colors.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartReadout, type ChartPoint } from './chart-readout.tsx';
import type { ChartBand, ChartLevel } from './chart-marks.ts';
import { chartOptions, pointSize, usualWidth, type ChartAxis, type ChartLine, type ChartView } from './chart-options.ts';
import { createLineEnds, type LineEnds, type LiveLines } from './live-line.ts';

interface LineChartProps {
  /** What the chart shows, in a sentence: all that a screen reader gets of it. */
  readonly description: string;
  /** x, then one list of values a line. */
  readonly data: AlignedColumns;
  readonly lines: readonly ChartLine[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly bands?: readonly ChartBand[];
  readonly levels?: readonly ChartLevel[];
  /** Makes the plot zoomable: by drag to a range of x, by double-click to null. The range itself comes back as `x.range`. */
  readonly onZoom?: (range: readonly [from: number, to: number] | null) => void;
  /** Grow between one rendering and the next. */
  readonly live?: LiveLines | undefined;
}

const nowhere: readonly [] = [];

/** Below this height, in pixels, the plot needs the room of the x axis's name. */
const lowHeight = 130;

/** Lines over a shared x, with their names above the plot and their values at the pointer. Fills its parent. */
export function LineChart({ description, data, lines, x, y, bands = nowhere, levels = nowhere, onZoom, live }: LineChartProps): React.JSX.Element {
  const colors = useChartColors();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const ends = useRef<LineEnds>(null);
  const view = useRef<ChartView>({ x, y, bands, levels });
  const zoom = useRef(onZoom);
  const drawn = useRef(data);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [point, setPoint] = useState<ChartPoint | null>(null);
  const [isLow, setLow] = useState(false);
  const isZoomable = onZoom !== undefined;
  const looks = JSON.stringify([lines, x.kind, x.label, y.kind, isZoomable, isLow]);

  useEffect(() => {
    view.current = { x, y, bands, levels };
    zoom.current = onZoom;
    drawn.current = data;
  });

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return undefined;
    const handlers = {
      onPoint: (chart: uPlot) => setPoint(pointOf(chart)),
      onZoom: isZoomable ? (range: readonly [number, number] | null) => zoom.current?.(range) : null,
    };
    const style = { colors, fontFamily: getComputedStyle(parent).fontFamily, hasAxisLabel: !isLow };
    const options = chartOptions(lines, () => view.current, style, handlers);
    const chart = new uPlot({ ...options, ...sizeOf(parent) }, toUplot(drawn.current), parent);
    plot.current = chart;
    const resized = new ResizeObserver(() => {
      setLow(parent.clientHeight < lowHeight);
      chart.setSize(sizeOf(parent));
      ends.current?.clear();
    });
    resized.observe(parent);
    return () => {
      resized.disconnect();
      chart.destroy();
      plot.current = null;
      setPoint(null);
    };
    // `looks` stands for the lines and axes: their identities change with every rendering.
  }, [looks, colors]);

  useEffect(() => {
    plot.current?.setData(toUplot(data));
    ends.current?.clear();
  }, [data, x.range?.[0], x.range?.[1], y.range?.[0], y.range?.[1], bands, levels]);

  useEffect(() => {
    lines.forEach((line, position) => plot.current?.setSeries(position + 1, { show: !hidden.has(line.label) }));
  }, [hidden, looks, colors]);

  useEffect(() => {
    const chart = plot.current;
    if (chart === null || live === undefined) return undefined;
    const own = createLineEnds(chart, (position) => {
      const line = lines[position];
      if (line === undefined || hidden.has(line.label)) return null;
      return { color: colors[line.color], width: line.width ?? usualWidth, pointSize: line.points === true ? pointSize : 0 };
    });
    ends.current = own;
    const stop = live.follow(own.draw);
    return () => {
      stop();
      own.remove();
      ends.current = null;
    };
  }, [live, hidden, looks, colors]);

  const toggle = (label: string) =>
    setHidden((before) => new Set(before.has(label) ? [...before].filter((other) => other !== label) : [...before, label]));
  return (
    <div className="line-chart">
      <ChartLegend lines={lines} axis={y.label} hidden={hidden} onToggle={toggle} />
      <div className="line-chart-body">
        <div ref={place} className="line-chart-plot" role="img" aria-label={description} />
        {point === null ? null : <ChartReadout lines={lines} data={data} x={x} hidden={hidden} point={point} />}
      </div>
    </div>
  );
}

function pointOf({ cursor, over }: uPlot): ChartPoint | null {
  const { left = -1, idxs } = cursor;
  return left < 0 || idxs === undefined ? null : { indices: idxs, isRight: left > over.clientWidth / 2 };
}

function sizeOf(parent: HTMLElement): { readonly width: number; readonly height: number } {
  return { width: Math.max(40, parent.clientWidth), height: Math.max(40, parent.clientHeight) };
}

function toUplot(data: AlignedColumns): uPlot.AlignedData {
  return [...data];
}

let known: ChartColors | null = null;

function useChartColors(): ChartColors {
  return useSyncExternalStore(
    (changed) =>
      watchTheme(() => {
        known = null;
        changed();
      }),
    () => (known ??= readChartColors()),
  );
}
