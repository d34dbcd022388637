import { describe, expect, it } from 'vitest';
import { writeInputs } from '../../../core/forecast/batch-inputs.ts';
import { prepareBatches } from '../../../core/forecast/batch-source.ts';
import { calendarLabels } from '../../../core/forecast/calendar.ts';
import { settleCategories, untrainedCategories } from '../../../core/forecast/categories.ts';
import { identityScaler } from '../../../core/forecast/scaler.ts';
import { classesOf, labelOf } from '../../../core/forecast/series-labels.ts';
import { messagesOf, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const table = { ...oneSeries({ value: [10, 20, 30, 40] }), labels: [{ name: 'weather', perSeries: false, numbers: null, classes: classesOf(['sun', 'rain', null, 'snow']) }] };
const whole = { ...table, labels: [{ name: 'weather', perSeries: false, numbers: null, classes: classesOf(['sun', 'rain', 'sun', 'snow']) }] };
const place = { where: { kind: 'file', file: 'w.csv' }, source: 'w.csv', lines: [2, 3, 4, 5] } as const;

describe('categories of time steps', () => {
  it('are counted as the run counts them, not as the file does', () => {
    const settled = valueOf(settleCategories(whole, ['weather'], new Map([['weather', ['snow', 'sun', 'fog', 'rain']]]), place));
    expect([...labelOf(settled, 'weather').classes!.indices]).toEqual([1, 3, 1, 0]);
    expect([...labelOf(valueOf(settleCategories(whole, ['weather'], new Map(), place)), 'weather').classes!.indices]).toEqual([2, 0, 2, 1]);
  });

  it('that a run does not know, and missing ones, are named with their line and column', () => {
    expect(messagesOf(settleCategories(whole, ['weather'], new Map([['weather', ['rain', 'sun']]]), place))).toEqual([
      'Column "weather" of w.csv names "snow" in line 5, which is none of the 2 categories that the run was trained with: "rain" and "sun". Correct the cell, or train with data that has it.',
    ]);
    expect(messagesOf(settleCategories(table, ['weather'], new Map(), place))).toEqual([
      'Column "weather" of w.csv names no category in 1 row, first in line 4: an Embedding reads one at every time step. Fill it in.',
    ]);
    expect(settleCategories(table, [], new Map(), place).ok).toBe(true);
  });

  it('that the training part never has are named: nothing is learned of them', () => {
    const untrained = (training: number) =>
      untrainedCategories(whole, ['weather'], { by: 'time', training: [0, training], validation: [training, 4], test: [4, 4] }, { kind: 'project' }).map(({ message }) => message);
    expect(untrained(3)).toEqual([
      '"snow" of "weather" occurs in the data but never in the training part: nothing is learned of it, and its vector stays as it was drawn. Enlarge the training share, split by series, or join rare categories.',
    ]);
    expect(untrained(1)[0]).toContain('"rain" and "snow" of "weather" occur in the data but never in the training part: nothing is learned of them, and their vectors stay as they were drawn.');
    expect(untrained(4)).toEqual([]);
  });

  it('are the last features of a window, by their number', () => {
    const settings = windowSettings({ window: 4, mask: true, categories: ['weather'] });
    const source = prepareBatches(whole, { settings, borders: { by: 'time', training: [0, 4], validation: [4, 4], test: [4, 4] } }, identityScaler(1));
    const inputs = new Float32Array(12);
    writeInputs(source, { part: null, count: 1, series: Int32Array.of(0), origin: Int32Array.of(3) }, [0], inputs);
    expect([...inputs]).toEqual([10, 1, 2, 20, 1, 0, 30, 1, 2, 40, 1, 1]);
  });
});

it('a calendar counts months from January and days from Monday', () => {
  const dates = ['2024-02-29', '2024-03-04', '2024-12-29'].map((date) => Date.parse(date));
  const [month, day] = calendarLabels({ time: { kind: 'date', milliseconds: Float64Array.from(dates), name: 'date' }, seriesCount: 2, steps: 3 });
  expect([...month!.classes!.indices].map((index) => month!.classes!.names[index])).toEqual(['February', 'March', 'December', 'February', 'March', 'December']);
  expect([...day!.classes!.indices].slice(0, 3).map((index) => day!.classes!.names[index])).toEqual(['Thursday', 'Monday', 'Sunday']);
  expect(calendarLabels({ time: { kind: 'step' }, seriesCount: 1, steps: 3 })).toEqual([]);
});
