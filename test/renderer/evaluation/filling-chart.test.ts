import { expect, it } from 'vitest';
import { fillingChartData, hiddenError } from '../../../renderer/evaluation/filling-chart.ts';

const gap = Number.NaN;
const filling = {
  target: 'Impute 1', series: 0, origin: '6', column: 'value',
  truth: [1, 2, 3, 4, gap, 6],
  hidden: [false, false, true, false, false, false],
  model: [gap, gap, 3.5, gap, 5.5, gap],
  interpolation: [gap, gap, 3, gap, 5, gap],
  lastValue: [gap, gap, 2, gap, 4, gap],
};

it('joins what was filled to the visible values on either side, and shows the truth only of what was hidden', () => {
  expect(fillingChartData(filling)).toEqual([
    [-5, -4, -3, -2, -1, 0],
    [1, 2, null, 4, null, 6],
    [null, 2, 3, 4, null, 6],
    [null, 2, 3.5, 4, 5.5, 6],
    [null, 2, 3, 4, 5, 6],
  ]);
});

it('errors are those of hidden values: nobody knows what is missing', () => {
  expect([filling.model, filling.interpolation, filling.lastValue].map((filled) => hiddenError(filling, filled))).toEqual([0.5, 0, 1]);
});
