import type { FoundRate } from '../../electron/ipc/run-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';

export interface RateChartData {
  readonly data: AlignedColumns;
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

/** The loss of every step, the smoothed loss, and the point that is suggested, over the rate. Both axes are logarithmic. */
export function rateChartData({ tried, smoothed, suggested }: FoundRate): RateChartData {
  const rates = tried.map(({ rate }) => rate);
  const losses = tried.map(({ loss }) => (loss > 0 ? loss : Number.NaN));
  const nearest = suggested === null ? -1 : rates.findIndex((rate) => rate >= suggested);
  const mark = nearest < 0 || nearest >= smoothed.length ? { x: [], y: [] } : { x: [rates[nearest]!], y: [smoothed[nearest]!] };
  const shown = [...losses, ...smoothed].filter((loss) => loss > 0 && Number.isFinite(loss));
  return {
    data: alignColumns([{ x: rates, y: losses }, { x: rates.slice(0, smoothed.length), y: smoothed }, mark]),
    x: [rates[0] ?? 1e-6, rates.at(-1) ?? 10],
    y: shown.length === 0 ? [0.1, 1] : [Math.min(...shown) / 1.25, Math.max(...shown) * 1.25],
  };
}
