import { describe, expect, it } from 'vitest';
import type { PlottedSeries, Sample } from '../../../electron/ipc/data-messages.ts';
import { neighbour, sampleChart, unscoredCount } from '../../../renderer/data/sample-chart.ts';
import { pannedSteps, partBands, partOfSeries, seriesChartData, stepLine, stepsBetween, zoomedSteps } from '../../../renderer/data/series-chart.ts';

const day = 86_400_000;
const dates = Float64Array.from({ length: 10 }, (_, step) => Date.UTC(2024, 0, 1) + step * day);
const plotted: PlottedSeries = {
  time: 'date',
  seriesCount: 1,
  steps: 10,
  range: [0, 10],
  columns: [{ column: 'high', unit: '°C', x: dates, y: Float64Array.from(dates, (_, step) => (step === 3 ? Number.NaN : step)) }],
  parts: { by: 'time', training: [0, 7], validation: [7, 9], test: [9, 10] },
};

describe('a series', () => {
  it('keeps its gaps', () => expect(seriesChartData(plotted)[1]?.slice(2, 5)).toEqual([2, null, 4]));

  it('has its parts where their rows lie', () => {
    const bands = partBands(plotted, stepLine(plotted));
    expect(bands.map(({ label }) => label)).toEqual(['training', 'validation', 'test']);
    expect(bands[1]).toMatchObject({ from: Date.UTC(2024, 0, 7, 12), to: Date.UTC(2024, 0, 9, 12) });
  });
  it('has no bands where whole series are divided: it belongs to one part', () => {
    const bySeries: PlottedSeries = { ...plotted, parts: { by: 'series', training: [0, 7], validation: [7, 9], test: [9, 10] } };
    expect(partBands(bySeries, stepLine(bySeries))).toEqual([]);
    expect([partOfSeries(bySeries, 8), partOfSeries(bySeries, 9), partOfSeries(plotted, 8)]).toEqual(['validation', 'test', null]);
  });
  it('is zoomed to the steps between two places', () => {
    const line = stepLine(plotted);
    expect(stepsBetween(line, [dates[2]! + day / 2, dates[5]!], 10)).toEqual([2, 6]);
    expect(stepsBetween(line, [dates[0]! - day, dates[9]! + day], 10)).toBeNull();
  });
  it('tells places of a zoomed range from those of the whole', () => {
    const part = { ...plotted, range: [4, 8] as const, columns: plotted.columns.map((column) => ({ ...column, x: column.x.slice(4, 8), y: column.y.slice(4, 8) })) };
    expect(stepLine(part)).toEqual(stepLine(plotted));
  });
  it('is zoomed and moved within its ends', () => {
    expect(zoomedSteps(null, 100, 0.5)).toEqual([25, 75]);
    expect(zoomedSteps([0, 10], 100, 2)).toEqual([0, 20]);
    expect(zoomedSteps([25, 75], 100, 2)).toBeNull();
    expect(pannedSteps([80, 100], 100, 0.5)).toEqual([80, 100]);
    expect(pannedSteps([20, 40], 100, -0.5)).toEqual([10, 30]);
  });
});

describe('a sample', () => {
  const sample: Sample = {
    part: 'training',
    sample: 0,
    counts: { training: 5, validation: 1, test: 0 },
    series: 0,
    origin: '3',
    start: 0,
    inputs: [{ column: 'rain', values: [1, 2, 3] }, { column: 'high', values: [7, 8, 9] }],
    targets: [{ column: 'high', values: [10, Number.NaN] }],
    scored: [[true, false]],
  };
  it('has its input up to 0 and its target after it, in the colour of its column', () => {
    const { data, lines } = sampleChart(sample);
    expect(data).toEqual([
      [-2, -1, 0, 1, 2],
      [1, 2, 3, undefined, undefined],
      [7, 8, 9, undefined, undefined],
      [undefined, undefined, undefined, 10, null],
    ]);
    expect(lines.map(({ label }) => label)).toEqual(['rain', 'high', 'target']);
    expect(lines[2]?.color).toBe(lines[1]?.color);
  });
  it('counts what is not scored', () => expect(unscoredCount(sample)).toBe(1));
  it('follows and precedes others round both ends', () => expect([neighbour(4, 1, 5), neighbour(0, -1, 5), neighbour(3, 1, 0)]).toEqual([0, 4, 0]));
});
