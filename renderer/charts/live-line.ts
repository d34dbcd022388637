import type uPlot from 'uplot';

/** One line that grows faster than its chart is drawn anew. */
export interface LiveLine {
  /** Which of the chart's lines. */
  readonly line: number;
  /** Calls back whenever it has grown, with its points from the last one that the chart knows on; gives the function that ends it. */
  readonly follow: (grown: (points: readonly LivePoint[]) => void) => () => void;
}

export type LivePoint = readonly [x: number, y: number];

/** The end of a line, on a canvas of its own above the plot. */
export interface LineEnd {
  /** All of it again, with what has come since. */
  readonly draw: (points: readonly LivePoint[]) => void;
  /** The plot is drawn with all of the line, or elsewhere. */
  readonly clear: () => void;
  readonly remove: () => void;
}

/** In CSS pixels: the canvas grows by so much at a time. */
const widthStep = 64;

/**
 * A canvas no wider than what grows between one drawing of the plot and the next. To draw the plot anew for a few points would cost
 * its grid, its names and thousands of points that are as they were, and the window would be put together again over
 * the plot's whole area. It is moved, not laid out, and what is on it stays.
 */
export function createLineEnd(plot: uPlot, color: string, lineWidth: number): LineEnd {
  const canvas = document.createElement('canvas');
  canvas.className = 'line-end';
  canvas.width = 0;
  plot.over.append(canvas);
  const context = canvas.getContext('2d');
  /** Both in CSS pixels of the plot; null: nothing is drawn. */
  let left: number | null = null;
  let width = 0;
  let drawn = 0;

  function clear(): void {
    if (left === null) return;
    context?.reset();
    left = null;
    drawn = 0;
  }

  /** Whether the canvas reaches so far, or can. */
  function reach(from: number, to: number): boolean {
    if (left === null) {
      left = Math.max(0, from);
      canvas.style.transform = `translateX(${left}px)`;
    }
    if (to > left + width) {
      width = Math.ceil((to - left) / widthStep) * widthStep;
      const height = Math.floor(plot.bbox.height / devicePixelRatio);
      canvas.width = width * devicePixelRatio;
      canvas.height = height * devicePixelRatio;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      drawn = 0;
    }
    return left < plot.bbox.width / devicePixelRatio;
  }

  return {
    draw: (points) => {
      const first = points[0];
      const last = points.at(-1);
      if (context === null || first === undefined || last === undefined) return;
      if (points.length < drawn) clear();
      if (!reach(Math.floor(plot.valToPos(first[0], 'x')) - 1, Math.ceil(plot.valToPos(last[0], 'x')) + 1)) return;
      if (drawn === 0) {
        context.reset();
        context.scale(devicePixelRatio, devicePixelRatio);
        context.translate(-(left ?? 0), 0);
        Object.assign(context, { strokeStyle: color, lineWidth, lineJoin: 'round' });
      }
      context.beginPath();
      for (const [x, y] of points.slice(Math.max(0, drawn - 1))) {
        const height = plot.valToPos(y, 'y');
        if (Number.isFinite(height)) context.lineTo(plot.valToPos(x, 'x'), height);
      }
      context.stroke();
      drawn = points.length;
    },
    clear,
    remove: () => canvas.remove(),
  };
}
