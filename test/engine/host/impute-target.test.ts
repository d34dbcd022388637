import { describe, expect, test } from 'vitest';
import type { Parameters } from '../../support/drawn-graph.ts';
import { hostDriver } from './host-driver.ts';
import { imputingProject } from './small-project.ts';

const driver = hostDriver();

const wave = (row: number): number => 10 + 3 * Math.sin(row / 4);

/** A dated wave with a gap every thirty days, and one that is longer than a window. */
function gappyCsv(rows = 300, isMissing = (row: number): boolean => row % 30 < 2 || (row >= 200 && row < 230)): string {
  const lines = Array.from({ length: rows }, (_, row) => `${new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10)},${isMissing(row) ? '' : wave(row).toFixed(4)}`);
  return ['date,height', ...lines, ''].join('\n');
}

describe('a model that fills gaps', () => {
  test.each<[string, Parameters]>([['in the level of the data', {}], ['about the mean of each window', { centerWindows: true, visibleWeight: 0.1 }]])(
    '%s is judged on hidden values beside the line and the last value, and fills the real gaps',
    async (_, parameters) => {
      await driver.write('waves.csv', gappyCsv());
      const report = await driver.trains(imputingProject({ impute: parameters, training: { epochs: 60 } }));
      expect(report).toMatchObject({ kind: 'impute', target: 'impute 4' });
      expect(Object.keys(report.baselines ?? {})).toEqual(['interpolation', 'lastValue']);
      expect(report.verdict).toMatch(/^(beats|loses to|shows no clear difference from) linear interpolation/u);
      expect(report.validation!.mse).toBeLessThan(report.baselines!.lastValue!.mse / 2);

      const { fillings, samples } = await driver.samples({ count: 3 });
      expect(samples).toEqual([]);
      for (const { truth, hidden, model, interpolation, lastValue } of fillings) {
        expect(truth).toHaveLength(12);
        expect(hidden).toContain(true);
        const open = truth.map((value, step) => hidden[step] === true || Number.isNaN(value));
        for (const filled of [model, interpolation, lastValue]) expect(filled.map((value) => !Number.isNaN(value))).toEqual(open);
      }

      const { filled, rows, labels } = await driver.predicts({ file: 'waves.csv' });
      expect([rows, labels]).toEqual([[], []]);
      const [only] = filled;
      expect(only?.header).toEqual(['date', 'height', 'height filled']);
      expect(only?.rows).toHaveLength(300);
      expect([only?.filled, only?.leftOpen]).toEqual([18 + 11, 19]);
      only?.rows.forEach(([date, value, mark], row) => {
        expect(date).toBe(new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10));
        if (mark === 0 && !Number.isNaN(value)) expect(value).toBeCloseTo(wave(row), 3);
        if (mark === 1 && row >= 30 && row < 190) expect(Math.abs(Number(value) - wave(row))).toBeLessThan(2);
      });
    },
  );

  test('stands beside a forecast of the same windows, which is judged with nothing hidden', async () => {
    await driver.write('waves.csv', gappyCsv(300, (row) => row % 30 < 2));
    const report = await driver.trains(imputingProject({ forecast: true, training: { epochs: 2 } }));
    expect([report.kind, ...(report.others ?? []).map(({ kind }) => kind)]).toEqual(['impute', 'forecast']);
    const { filled, rows } = await driver.predicts({ file: 'waves.csv' });
    expect(filled[0]?.filled).toBe(20);
    expect(rows).toHaveLength(1);
  });

  test('fills gaps of a file though it learned from series without any', async () => {
    await driver.trains(imputingProject({ series: { source: 'generator', series: 40, steps: 24 }, window: { splitBy: 'series' }, training: { epochs: 1 } }));
    const lines = Array.from({ length: 30 }, (_, row) => (row === 7 ? '' : String(Math.sin(row))));
    await driver.write('new.csv', ['step,value', ...lines.map((value, row) => `${row + 1},${value}`), ''].join('\n'));
    const { filled } = await driver.predicts({ file: 'new.csv' });
    expect(filled[0]).toMatchObject({ filled: 1, leftOpen: 0 });
  });
});
