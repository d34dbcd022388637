import asciichart from 'asciichart';
import type { SampleForecast } from '../../engine/host/sample-messages.ts';
import { layersOf } from './forecast-layers.ts';
import type { PlotPoint } from './forecast-layers.ts';

export interface PlotScreen {
  readonly columns: number;
  readonly colours: boolean;
}

const height = 13;
const labelWidth = 9;

interface PlotLayer {
  readonly points: readonly PlotPoint[];
  readonly colour: string;
  /** Drawn instead of a line where there are no colours; null: the line itself. */
  readonly mark: string | null;
}

/** One forecast as lines of text: truth, model and naive over the same axis, told apart by colour, or by marks without it. */
export function plotForecast(sample: SampleForecast, screen: PlotScreen): readonly string[] {
  const horizon = sample.model.length;
  const layers = layersOf(sample, Math.max(20, 2 * horizon));
  const steps = layers.lastStep - layers.firstStep;
  const stretch = Math.max(1, Math.min(4, Math.floor((Math.min(screen.columns, 110) - labelWidth - 4) / steps)));
  const cells = Array.from({ length: height + 1 }, () => new Array<string>(steps * stretch + 1).fill(' '));
  const drawn: readonly PlotLayer[] = [
    { points: layers.history, colour: asciichart.default, mark: null },
    { points: layers.naive, colour: asciichart.yellow, mark: '.' },
    { points: layers.truth, colour: asciichart.default, mark: null },
    { points: layers.model, colour: asciichart.lightblue, mark: 'o' },
  ];
  const range = { min: layers.lowest, max: layers.highest > layers.lowest ? layers.highest : layers.lowest + 1 };
  let labels: readonly string[] = [];
  for (const layer of drawn) {
    const raster = rasterize(layer.points, stretch, range);
    if (raster === null) continue;
    labels = raster.labels;
    paint(cells, raster.rows, (raster.firstStep - layers.firstStep) * stretch, layer, screen.colours);
  }
  const origin = labelWidth + 3 + -layers.firstStep * stretch;
  return [
    legend(screen.colours),
    ...cells.map((row, position) => `${(labels[position] ?? '').padStart(labelWidth)} ┤ ${row.join('').trimEnd()}`.trimEnd()),
    `${' '.repeat(Math.max(0, origin - 6))}origin ^${`+${horizon}`.padStart(horizon * stretch)}`,
  ];
}

interface Raster {
  readonly firstStep: number;
  readonly rows: readonly (readonly string[])[];
  readonly labels: readonly string[];
}

/** One line drawn by itself, on the common axis, without its axis; null where there are fewer than two points. */
function rasterize(points: readonly PlotPoint[], stretch: number, range: { readonly min: number; readonly max: number }): Raster | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.step === first.step) return null;
  const labels: string[] = [];
  // asciichart counts rows after multiplying by a ratio: heights that are whole numbers of rows keep all layers on one grid.
  const scale = height / (range.max - range.min);
  const values = interpolate(points, first.step, last.step, stretch).map((value) => (value - range.min) * scale);
  const format = (row: number): string => {
    labels.push((range.min + row / scale).toPrecision(3));
    return '';
  };
  const text = asciichart.plot(values, { min: 0, max: height, height, offset: 1, padding: '', format });
  const rows = text.split('\n').map((row) => row.split('').slice(1));
  return { firstStep: first.step, rows, labels };
}

/** Values at every `1 / stretch` of a step, on straight lines between the points. */
function interpolate(points: readonly PlotPoint[], from: number, to: number, stretch: number): number[] {
  const values: number[] = [];
  let next = 1;
  for (let cell = 0; cell <= (to - from) * stretch; cell += 1) {
    const step = from + cell / stretch;
    while (next < points.length - 1 && points[next]!.step < step) next += 1;
    const left = points[next - 1]!;
    const right = points[next]!;
    values.push(left.value + ((right.value - left.value) * (step - left.step)) / (right.step - left.step));
  }
  return values;
}

function paint(cells: string[][], rows: readonly (readonly string[])[], column: number, { colour, mark }: PlotLayer, colours: boolean): void {
  rows.forEach((row, position) => {
    row.forEach((character, offset) => {
      const target = cells[position];
      if (character === ' ' || target === undefined || column + offset >= target.length) return;
      target[column + offset] = colours ? asciichart.colored(character, colour) : (mark ?? character);
    });
  });
}

function legend(colours: boolean): string {
  const indent = ' '.repeat(labelWidth + 3);
  if (!colours) return `${indent}── what happened   o the model's forecast   . the naive forecast`;
  const sign = (colour: string): string => asciichart.colored('──', colour);
  return `${indent}${sign(asciichart.default)} what happened   ${sign(asciichart.lightblue)} the model's forecast   ${sign(asciichart.yellow)} the naive forecast`;
}
