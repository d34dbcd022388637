import type uPlot from 'uplot';
import type { ChartColor, ChartColors } from './chart-colors.ts';
import { placeLabels } from './place-labels.ts';

/** A stretch of x with a background of its own and a word at its top. */
export interface ChartBand {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** null: only its name and its borders. */
  readonly color: ChartColor | null;
}

/** A horizontal line with its name at the right end. */
export interface ChartLevel {
  readonly value: number;
  readonly label: string;
  readonly color: ChartColor;
}

const labelHeight = 15;

/** Behind the lines. Positions of the canvas are in device pixels. */
export function drawBands(plot: uPlot, bands: readonly ChartBand[], colors: ChartColors, font: string): void {
  const { ctx: canvas, bbox } = plot;
  canvas.save();
  canvas.beginPath();
  canvas.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  canvas.clip();
  canvas.font = font;
  canvas.textBaseline = 'top';
  for (const band of bands) {
    const left = Math.max(bbox.left, plot.valToPos(band.from, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(band.to, 'x', true));
    if (right <= left) continue;
    if (band.color !== null) {
      canvas.fillStyle = colors[band.color];
      canvas.fillRect(left, bbox.top, right - left, bbox.height);
    }
    const gap = 4 * devicePixelRatio;
    if (canvas.measureText(band.label).width + 2 * gap > right - left) continue;
    canvas.fillStyle = colors.muted;
    canvas.fillText(band.label, left + gap, bbox.top + gap);
  }
  canvas.restore();
}

/** Above the lines: dashes across the plot, names at the right, none covering another. Levels out of sight are left out. */
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
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'right';
  const height = labelHeight * ratio;
  const middles = placeLabels(shown.map(({ y }) => y - bbox.top), height, bbox.height);
  shown.forEach(({ label, color }, position) => {
    const middle = bbox.top + middles[position]!;
    const right = bbox.left + bbox.width - 4 * ratio;
    const width = canvas.measureText(label).width;
    canvas.fillStyle = colors.surface;
    canvas.fillRect(right - width - 4 * ratio, middle - height / 2, width + 8 * ratio, height);
    canvas.fillStyle = colors[color];
    canvas.fillText(label, right, middle);
  });
  canvas.restore();
}
