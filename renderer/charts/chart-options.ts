import uPlot from 'uplot';
import type { ChartColor, ChartColors } from './chart-colors.ts';
import { bandNameHeight, doMarksFit, drawBands, drawLevels, levelsWidth, type ChartBand, type ChartLevel } from './chart-marks.ts';
import { dateTicks, labelledTicks, logarithmicSplits, logarithmicTicks, numberTicks } from './chart-ticks.ts';

/** How one line of a chart looks and reads. */
export interface ChartLine {
  readonly label: string;
  readonly color: ChartColor;
  /** 0: an edge of a band, not drawn itself. */
  readonly width?: number;
  readonly dashed?: boolean;
  /** Marks every point, for lines of few; false: none, even where the line has no neighbours to be drawn to. */
  readonly points?: boolean;
  /** Shown beside its values; null: not known. */
  readonly unit?: string | null;
  /** Fills what lies between this line and the one before, which has the same label: a band, with one place in the legend. */
  readonly band?: boolean;
  /** Of a band's filling. */
  readonly opacity?: number;
}

export const bandOpacity = 0.2;

/** Of a line, in CSS pixels. */
export const usualWidth = 1.5;

/** Of the mark at a point of a line that marks every one, in CSS pixels. */
export const pointSize = 5;

/** Whether a line is the lower edge of a band, which is named by its upper one. */
export function isLowerEdge(lines: readonly ChartLine[], position: number): boolean {
  return lines[position + 1]?.band === true;
}

export interface ChartAxis {
  readonly label: string;
  /** whole: numbers that only whole ticks make sense for (steps, epochs). date: epoch milliseconds, UTC. */
  readonly kind: 'number' | 'whole' | 'date' | 'logarithmic';
  /** null: what the values need. */
  readonly range: readonly [low: number, high: number] | null;
}

/** What the drawing hooks read at the time of drawing, so that new values need no new chart. */
export interface ChartView {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly bands: readonly ChartBand[];
  readonly levels: readonly ChartLevel[];
}

export interface ChartStyle {
  readonly colors: ChartColors;
  readonly fontFamily: string;
  /** Whether there is room for the name of the x axis; dates need none. */
  readonly hasAxisLabel: boolean;
}

export interface ChartHandlers {
  /** The place of the pointer; null: outside. One index a line. */
  readonly onPoint: (plot: uPlot) => void;
  /** null: the plot cannot be zoomed. Values of x; null in the call: everything again. */
  readonly onZoom: ((range: readonly [from: number, to: number] | null) => void) | null;
}

/** uPlot's options for lines over x. `view` is asked whenever the chart is drawn. */
export function chartOptions(
  lines: readonly ChartLine[],
  view: () => ChartView,
  { colors, fontFamily, hasAxisLabel }: ChartStyle,
  handlers: ChartHandlers,
): uPlot.Options {
  const font = `11px ${fontFamily}`;
  const canvasFont = () => `${11 * devicePixelRatio}px ${fontFamily}`;
  const { x, y } = view();
  const { onZoom } = handlers;
  const axis = { font, stroke: colors.muted, grid: { stroke: colors.grid, width: 1 }, ticks: { show: false }, border: { show: false } };
  return {
    width: 100,
    height: 100,
    ms: 1,
    tzDate: (moment) => uPlot.tzDate(new Date(moment), 'Etc/UTC'),
    padding: [() => (view().bands.length > 0 ? bandNameHeight : 8), (plot) => Math.max(12, levelsWidth(plot, view().levels, canvasFont())), 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: onZoom !== null, y: false, setScale: false, dist: 4 },
      points: { size: 7, width: 0 },
      bind: {
        dblclick: () => () => {
          onZoom?.(null);
          return null;
        },
      },
    },
    scales: {
      x: { time: x.kind === 'date', distr: x.kind === 'logarithmic' ? 3 : 1, range: (_, low, high) => [...(view().x.range ?? padded(low, high))] },
      y: { distr: y.kind === 'logarithmic' ? 3 : 1, range: (_, low, high) => [...(view().y.range ?? uPlot.rangeNum(low, high, 0.1, true))] as uPlot.Range.MinMax },
    },
    axes: [
      { ...axis, size: 20, gap: 4, space: 64, ...(x.kind === 'date' || !hasAxisLabel ? {} : { label: x.label }), labelSize: 15, labelGap: 0, labelFont: font, values: tickLabels(x), ...onlyWhole(x), ...logarithmicTicking(x) },
      { ...axis, size: (plot, labels) => widthOf(plot, labels, canvasFont()), gap: 6, space: 20, values: tickLabels(y), ...logarithmicTicking(y) },
    ],
    series: [{}, ...lines.map((line) => seriesOf(line, colors))],
    bands: lines.flatMap(({ band = false, color, opacity = bandOpacity }, position) => (band ? [{ series: [position + 1, position] as [number, number], fill: translucent(colors[color], opacity) }] : [])),
    hooks: {
      drawClear: [(plot) => drawBands(plot, view().bands, colors, canvasFont())],
      draw: [(plot) => drawLevels(plot, view().levels, colors, canvasFont())],
      setCursor: [handlers.onPoint],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (onZoom === null || width < 4) return;
          onZoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

function translucent(color: string, opacity: number): string {
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}

function seriesOf({ label, color, width = usualWidth, dashed = false, points }: ChartLine, colors: ChartColors): uPlot.Series {
  if (width === 0) return { label, width, points: { show: false } };
  const isolated = { size: 4, fill: colors[color], width: 0 };
  return {
    label,
    stroke: colors[color],
    width,
    ...(dashed ? { dash: [6, 4] } : {}),
    points: points === undefined ? isolated : { show: points && hasRoom, size: pointSize, fill: colors[color], width: 0 },
  };
}

/** Whether the points of a line, from one place of x to another, lie far enough apart to be marked each. */
function hasRoom(plot: uPlot, line: number, first: number, last: number): boolean {
  const [places, values = []] = [plot.data[0], plot.data[line]];
  let marks = 0;
  for (let place = first; place <= last; place += 1) if (typeof values[place] === 'number') marks += 1;
  return doMarksFit(marks, plot.valToPos(places[last]!, 'x') - plot.valToPos(places[first]!, 'x'));
}

function tickLabels({ kind }: ChartAxis): uPlot.Axis.DynamicValues {
  switch (kind) {
    case 'date':
      return (_, ticks, __, ___, spacing) => dateTicks(ticks, spacing);
    case 'logarithmic':
      return (_, ticks) => logarithmicTicks(ticks);
    case 'whole':
    case 'number':
      return (_, ticks, __, ___, spacing) => numberTicks(ticks, spacing);
  }
}

const wholeSpacings = [1, 2, 5].flatMap((digit) => Array.from({ length: 9 }, (_, power) => digit * 10 ** power)).toSorted((first, second) => first - second);

function onlyWhole({ kind }: ChartAxis): Pick<uPlot.Axis, 'incrs'> {
  return kind === 'whole' ? { incrs: wholeSpacings } : {};
}

function logarithmicTicking({ kind }: ChartAxis): Pick<uPlot.Axis, 'splits' | 'filter'> {
  if (kind !== 'logarithmic') return {};
  return { splits: (_, __, low, high) => logarithmicSplits(low, high), filter: (_, ticks) => labelledTicks(ticks) };
}

/** A lone point gets room on both sides. */
function padded(low: number, high: number): readonly [number, number] {
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** As wide as the longest label of the y axis. */
function widthOf(plot: uPlot, labels: readonly (string | null)[] | null, font: string): number {
  plot.ctx.save();
  plot.ctx.font = font;
  const widest = (labels ?? []).reduce((width, label) => Math.max(width, plot.ctx.measureText(label ?? '').width), 0);
  plot.ctx.restore();
  return Math.ceil(widest / devicePixelRatio) + 12;
}
