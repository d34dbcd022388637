import asciichart from 'asciichart';
import type { RateReport } from '../../engine/host/training-messages.ts';
import { printError } from './print-number.ts';

const columns = 60;
const height = 10;
const labelWidth = 10;

/** The smoothed loss over the rates that were tried, both logarithmic, as lines of text. */
export function plotRates({ tried, smoothed, suggested }: RateReport): readonly string[] {
  if (smoothed.length < 2) return [];
  const logarithms = Array.from({ length: columns }, (_, column) => Math.log10(Math.max(smoothed[Math.round((column / (columns - 1)) * (smoothed.length - 1))]!, 1e-30)));
  const chart = asciichart.plot(logarithms, { height, format: (value: number) => printError(10 ** value).padStart(labelWidth) });
  const [first, last] = [tried[0]!.rate, tried[smoothed.length - 1]!.rate];
  const place = (rate: number): number => Math.round((Math.log(rate / first) / Math.log(last / first)) * (columns - 1));
  const indent = ' '.repeat(labelWidth + 2);
  const mark = suggested === null ? [] : [`${indent}${' '.repeat(place(suggested))}^ ${suggested}`];
  return ['Loss, smoothed, over the learning rate:', ...chart.split('\n'), ...mark, `${indent}${printError(first).padEnd(columns - 8)}${printError(last).padStart(8)}`];
}
