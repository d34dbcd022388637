import type uPlot from 'uplot';
import { doMarksFit } from './chart-marks.ts';

/** Lines that grow faster than their chart is drawn anew. */
export interface LiveLines {
  /**
   * Calls back whenever they have grown; gives the function that ends it. `grown` tells whether the chart spans all of it.
   */
  readonly follow: (grown: (ends: readonly GrownEnd[]) => boolean) => () => void;
}

/** What a line has beyond what the chart is drawn of, from its last point there on. */
export interface GrownEnd {
  /** Which of the chart's lines. */
  readonly line: number;
  readonly points: readonly LivePoint[];
}

export type LivePoint = readonly [x: number, y: number];

/** How the end of a line is drawn. In CSS pixels. */
export interface EndStyle {
  readonly color: string;
  readonly width: number;
  /** Of the mark at every point; 0: none. */
  readonly pointSize: number;
}

/** The ends of lines, on a canvas of their own above the plot. */
export interface LineEnds {
  /** All of them again, with what has come since; whether they lie within the plot. */
  readonly draw: (ends: readonly GrownEnd[]) => boolean;
  /** The plot is drawn with all of the lines, or elsewhere. */
  readonly clear: () => void;
  readonly remove: () => void;
}

/** In CSS pixels: the canvas grows by so much at a time. */
const widthStep = 64;

/** In CSS pixels: what a line's width or a point's mark needs beside its place. */
const margin = 3;

/**
 * A canvas no wider than what grows between one drawing of the plot and the next. To draw the plot anew for a few points would cost
 * its grid, its names and thousands of points that are as they were, and the window would be put together again over
 * the plot's whole area. It is moved, not laid out, and what is on it stays. `styleOf`: null for a line that is not shown.
 */
export function createLineEnds(plot: uPlot, styleOf: (line: number) => EndStyle | null): LineEnds {
  const canvas = document.createElement('canvas');
  canvas.className = 'line-end';
  canvas.width = 0;
  plot.over.append(canvas);
  const context = canvas.getContext('2d');
  /** Both in CSS pixels of the plot; null: nothing is drawn. */
  let left: number | null = null;
  let width = 0;
  /** Points of each line. */
  const drawn = new Map<number, number>();

  function clear(): void {
    if (left === null) return;
    context?.reset();
    left = null;
    drawn.clear();
  }

  /** Makes the canvas reach so far. */
  function reach(from: number, to: number): void {
    if (left === null || from < left) {
      clear();
      left = from;
      canvas.style.transform = `translateX(${left}px)`;
    }
    if (to <= left + width) return;
    width = Math.ceil((to - left) / widthStep) * widthStep;
    const height = Math.floor(plot.bbox.height / devicePixelRatio);
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    drawn.clear();
  }

  function placesOf(points: readonly LivePoint[]): readonly (readonly [left: number, top: number])[] {
    return points.map(([x, y]) => [plot.valToPos(x, 'x'), plot.valToPos(y, 'y')] as const).filter(([, top]) => Number.isFinite(top));
  }

  function drawEnd(end: CanvasRenderingContext2D, places: ReturnType<typeof placesOf>, { color, width: lineWidth, pointSize }: EndStyle): void {
    Object.assign(end, { strokeStyle: color, fillStyle: color, lineWidth, lineJoin: 'round' });
    end.beginPath();
    for (const [x, y] of places) end.lineTo(x, y);
    end.stroke();
    const [first, last] = [places[0], places.at(-1)];
    if (pointSize === 0 || first === undefined || last === undefined || !doMarksFit(places.length, last[0] - first[0])) return;
    for (const [x, y] of places) {
      end.beginPath();
      end.arc(x, y, pointSize / 2, 0, 2 * Math.PI);
      end.fill();
    }
  }

  return {
    draw: (ends) => {
      const shown = ends.flatMap(({ line, points }) => {
        const style = points.length < 2 ? null : styleOf(line);
        return style === null ? [] : [{ line, points, style }];
      });
      if (context === null || shown.length === 0) return true;
      if (shown.some(({ line, points }) => points.length < (drawn.get(line) ?? 0))) clear();
      const right = plot.bbox.width / devicePixelRatio;
      const bounds = shown.flatMap(({ points }) => [plot.valToPos(points[0]![0], 'x'), plot.valToPos(points.at(-1)![0], 'x')]);
      const last = Math.max(...bounds);
      reach(Math.max(0, Math.floor(Math.min(...bounds)) - margin), Math.min(right, Math.ceil(last) + margin));
      let isWithin = last <= right;
      if (drawn.size === 0) {
        context.reset();
        context.scale(devicePixelRatio, devicePixelRatio);
        context.translate(-(left ?? 0), 0);
      }
      const bottom = plot.bbox.height / devicePixelRatio;
      for (const { line, points, style } of shown) {
        const places = placesOf(points.slice(Math.max(0, (drawn.get(line) ?? 0) - 1)));
        drawEnd(context, places, style);
        drawn.set(line, points.length);
        if (places.some(([, top]) => top < 0 || top > bottom)) isWithin = false;
      }
      return isWithin;
    },
    clear,
    remove: () => canvas.remove(),
  };
}
