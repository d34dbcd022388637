import type uPlot from 'uplot';
import type { ChartColor, ChartColors } from './chart-colors.ts';
import { placeLabels } from './place-labels.ts';

/** A stretch of x with a background of its own and its name above it. */
export interface ChartBand {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** null: only its name. */
  readonly color: ChartColor | null;
}

/** A horizontal line with its name at the right end. */
export interface ChartLevel {
  readonly value: number;
  readonly label: string;
  readonly color: ChartColor;
}

/** Both in CSS pixels. */
const labelHeight = 14;
const labelGap = 6;

/** Room above the plot for the names of bands, in CSS pixels. */
export const bandNameHeight = 18;

/** Backgrounds behind the lines, names above the plot. Positions of the canvas are in device pixels. */
export function drawBands(plot: uPlot, bands: readonly ChartBand[], colors: ChartColors, font: string): void {
  const { ctx: canvas, bbox } = plot;
  canvas.save();
  canvas.font = font;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'bottom';
  for (const band of bands) {
    const left = Math.max(bbox.left, plot.valToPos(band.from, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(band.to, 'x', true));
    if (right <= left) continue;
    if (band.color !== null) {
      canvas.fillStyle = colors[band.color];
      canvas.fillRect(left, bbox.top, right - left, bbox.height);
    }
    const gap = 3 * devicePixelRatio;
    if (canvas.measureText(band.label).width + gap > right - left) continue;
    canvas.fillStyle = colors.muted;
    canvas.fillText(band.label, left + gap, bbox.top - gap);
  }
  canvas.restore();
}

/** How wide the names of levels are, in CSS pixels: what the plot leaves free at its right for them. */
export function levelsWidth(plot: uPlot, levels: readonly ChartLevel[], font: string): number {
  plot.ctx.save();
  plot.ctx.font = font;
  const widest = levels.reduce((width, { label }) => Math.max(width, plot.ctx.measureText(label).width), 0);
  plot.ctx.restore();
  return widest === 0 ? 0 : Math.ceil(widest / devicePixelRatio) + labelGap;
}

/** Dashes across the plot, names to the right of it, none covering another. Levels out of sight are left out. */
export function drawLevels(plot: uPlot, levels: readonly ChartLevel[], colors: ChartColors, font: string): void {
  const { ctx: canvas, bbox } = plot;
  const bottom = bbox.top + bbox.height;
  const shown = levels
    .map((level) => ({ ...level, y: plot.valToPos(level.value, 'y', true) }))
    .filter(({ y }) => y >= bbox.top - 1 && y <= bottom + 1);
  const ratio = devicePixelRatio;
  canvas.save();
  canvas.lineWidth = 1.5 * ratio;
  canvas.setLineDash([6 * ratio, 4 * ratio]);
  for (const { y, color } of shown) {
    canvas.strokeStyle = colors[color];
    canvas.beginPath();
    canvas.moveTo(bbox.left, y);
    canvas.lineTo(bbox.left + bbox.width, y);
    canvas.stroke();
  }
  canvas.font = font;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  const height = labelHeight * ratio;
  const middles = placeLabels(shown.map(({ y }) => y - bbox.top), height, bbox.height);
  shown.forEach(({ label, color }, position) => {
    canvas.fillStyle = colors[color];
    canvas.fillText(label, bbox.left + bbox.width + labelGap * ratio, bbox.top + middles[position]!);
  });
  canvas.restore();
}

/** In CSS pixels: marks of points that lie closer would be one thick line. */
const leastMarkDistance = 8;

/** Whether so many points of a line can be marked each, from the first to the last over a distance in CSS pixels. */
export function doMarksFit(count: number, distance: number): boolean {
  return count < 2 || distance / (count - 1) >= leastMarkDistance;
}
