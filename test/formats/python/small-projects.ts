import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { defaultOptimizers, defaultSchedules } from '../../../core/graph/training-defaults.ts';
import { chainDocument } from './chain-document.ts';

/** Two columns with gaps at the start, inside and at the end, decimals with a comma. */
function gapsFile(): string {
  const cell = (value: number, isMissing: boolean): string => (isMissing ? 'NA' : value.toFixed(4).replace('.', ','));
  const rows = Array.from({ length: 120 }, (_, row) =>
    [`2020-${String(Math.floor(row / 28) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`, cell(Math.sin(row / 5) * 30 + 200, row < 2 || (row > 40 && row < 44) || row === 100), cell(row * 1.5, row % 37 === 11 || row > 117)].join(';'));
  return ['day;level;load', ...rows, ''].join('\n');
}

/** Twelve series of 16 rows below each other, with a class and two numbers each; one class and one number are missing. */
function groupsFile(): string {
  const rows = Array.from({ length: 192 }, (_, row) => {
    const series = row % 12;
    const step = Math.floor(row / 12);
    return [`s${series}`, Math.sin(step + series).toFixed(5), series === 3 ? '' : ['calm', 'wild', 'odd'][series % 3], series === 4 ? 'null' : (series * 0.37 + 1).toFixed(2), String(series * series)].join(',');
  });
  return ['who,level,mood,weight,height', ...rows].join('\n');
}

/** Rows dated month first, in an hour that is another day in UTC, with a word each. */
function wordsFile(): string {
  const rows = Array.from({ length: 150 }, (_, row) => {
    const date = new Date(Date.UTC(2021, 0, 20 + row));
    return [`${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} 23:30 -01:00`, (Math.sin(row / 4) * 8 + 12).toFixed(3), ['sun', ' rain', 'fog'][(row * 7 + Math.floor(row / 5)) % 3]].join(',');
  });
  return ['when,warmth,kind', ...rows].join('\n');
}

/** Projects that use every part of data.py and train.py, and the files that they read. */
export function smallProjects(folder: string): Readonly<Record<string, GraphDocument>> {
  writeFileSync(path.join(folder, 'gaps.csv'), gapsFile());
  writeFileSync(path.join(folder, 'groups.csv'), groupsFile());
  writeFileSync(path.join(folder, 'words.csv'), wordsFile());
  writeFileSync(path.join(folder, 'bare.csv'), Array.from({ length: 60 }, (_, row) => String(Math.cos(row / 3))).join('\n'));
  const waves = ['series', { source: 'generator', series: 40, steps: 14, seed: 5 }] as const;
  const gaps = (filling: string) => ['series', { source: 'csv', file: 'gaps.csv', gaps: filling, season: 4 }] as const;
  const groups = ['series', { source: 'csv', file: 'groups.csv', seriesColumn: 'who', columns: ['level'] }] as const;
  const bySeries = (window: number, more: Readonly<Record<string, boolean | readonly string[]>> = {}) => ['window', { window, splitBy: 'series', trainingShare: 0.7, validationShare: 0.2, ...more }] as const;
  const byTime = (window: number, more: Readonly<Record<string, number | boolean | readonly string[]>> = {}) => ['window', { window, splitBy: 'time', trainingShare: 0.6, validationShare: 0.2, ...more }] as const;
  const last = ['simple-rnn', { units: 3, returnSequences: false }] as const;
  const every = ['simple-rnn', { units: 3, returnSequences: true }] as const;
  const words = ['series', { source: 'csv', file: 'words.csv', columns: ['warmth'], categoryColumns: ['kind'], calendar: true }] as const;
  return {
    'categories-and-calendar': chainDocument([words, ['scale', { method: 'standard' }], byTime(6, { categories: ['day of week', 'kind', 'month'] }), ['embedding', { inputDimension: 12, outputDimension: 3 }], last, ['dense', { units: 2 }], ['forecast', { horizon: 2 }]]),
    'words-alone': chainDocument([words, byTime(6, { categories: ['kind'] }), ['embedding', { inputDimension: 3, outputDimension: 2 }], last, ['dense', { units: 1 }], ['forecast', { horizon: 1 }]]),
    'labels-beside-columns': chainDocument([waves, bySeries(12, { labels: ['offset 2', 'frequency 1'], categories: ['faster wave'] }), last, ['dense', { units: 2 }], ['forecast', { horizon: 2 }]]),
    'labels-of-groups': chainDocument([groups, ['scale', {}], bySeries(14, { labels: ['weight'], categories: ['height'] }), last, ['dense', { units: 3 }], ['classify', { label: 'mood' }]]),
    'drawn-gaps': chainDocument([gaps('linear'), ['scale', {}], byTime(8), every, ['dense', { units: 1 }], ['reconstruct', { columns: ['load'] }]]),
    'filled-gaps': chainDocument([gaps('keep'), ['scale', {}], byTime(8, { mask: true }), every, ['dense', { units: 2 }], ['impute', { centerWindows: true, visibleWeight: 0.25, hiddenRun: 2 }]]),
    'filled-column': chainDocument([gaps('keep'), byTime(8, { mask: true }), every, ['dense', { units: 1 }], ['impute', { columns: ['load'], hiddenShare: 0.3, hiddenRun: 1, loss: 'huber' }]], { seed: 7 }),
    'masked-forecast': chainDocument([gaps('keep'), ['scale', {}], byTime(6, { mask: true }), last, ['dense', { units: 2 }], ['forecast', { horizon: 2, columns: ['load'] }]]),
    'masked-filled': chainDocument([gaps('linear'), ['scale', {}], byTime(6, { mask: true }), last, ['dense', { units: 4 }], ['forecast', { horizon: 2 }]]),
    'masked-classes': chainDocument([groups, bySeries(16, { mask: true, labels: ['weight'] }), last, ['dense', { units: 3 }], ['classify', { label: 'mood' }]]),
    'gaps-kept': chainDocument([gaps('keep'), byTime(5), last, ['dense', { units: 2 }], ['forecast', { horizon: 1 }]]),
    'drawn-windows': chainDocument([waves, ['scale', { method: 'standard' }], bySeries(12), last, ['repeat-vector', { steps: 12 }], every, ['dense', { units: 1 }], ['reconstruct', { loss: 'mae' }]]),
    'drawn-by-time': chainDocument([['series', { source: 'csv', file: 'bare.csv' }], ['scale', {}], byTime(6), every, ['dense', { units: 1 }], ['reconstruct', {}]]),
    'quantiles-vector': chainDocument([waves, ['scale', { method: 'standard' }], bySeries(12), last, ['dense', { units: 6 }], ['forecast', { horizon: 2, loss: 'quantile', quantiles: [0.1, 0.5, 0.9] }]]),
    'quantiles-sequence': chainDocument([gaps('last-value'), ['scale', {}], byTime(8), every, ['dense', { units: 8 }], ['forecast', { horizon: 2, everyStep: true, loss: 'quantile', quantiles: [0.25, 0.75] }]]),
    'vector-adam': chainDocument([waves, bySeries(12), last, ['dense', { units: 2 }], ['forecast', { horizon: 2 }]]),
    'sequence-sgd': chainDocument([waves, bySeries(10), every, ['dense', { units: 3 }], ['forecast', { horizon: 3, everyStep: true, loss: 'mae' }]], {
      optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: true }, clipping: { kind: 'norm', limit: 0.5 }, earlyStoppingPatience: 3,
      schedule: { ...defaultSchedules.exponential, staircase: true },
    }),
    'gaps-linear': chainDocument([gaps('linear'), ['scale', { method: 'standard' }], byTime(8), last, ['dense', { units: 3 }], ['forecast', { horizon: 3, columns: ['load'], loss: 'quantile', quantile: 0.8 }]], {
      optimizer: defaultOptimizers.adamw, clipping: { kind: 'value', limit: 0.1 }, weightAveraging: { momentum: 0.9 }, schedule: { ...defaultSchedules.cosine, finalShare: 0.1 },
    }),
    'gaps-sequence': chainDocument([gaps('linear'), ['scale', { method: 'min-max' }], byTime(8, { stride: 2 }), every, ['dense', { units: 4 }], ['forecast', { horizon: 2, everyStep: true, horizonWeights: [1, 0.25], loss: 'huber', huberDelta: 0.3 }]], {
      schedule: { ...defaultSchedules['cosine-restarts'], warmupEpochs: 1, peakShare: 0.5 }, clipping: { kind: 'global-norm', limit: 1 },
    }),
    'gaps-last-value': chainDocument([gaps('last-value'), byTime(6, { validationShare: 0 }), last, ['dense', { units: 4 }], ['forecast', { horizon: 2, iterateTo: 5 }]], {
      schedule: { ...defaultSchedules['cosine-restarts'], firstCycleEpochs: 1.5 }, weightAveraging: { momentum: 0.99 },
    }),
    'bare-column': chainDocument([['series', { source: 'csv', file: 'bare.csv' }], ['scale', { method: 'standard' }], byTime(5, { trainingShare: 0.57 }), every, ['dense', { units: 2 }], ['forecast', { horizon: 2, everyStep: true }]], {
      optimizer: { ...defaultOptimizers.adam, amsgrad: true, beta1: 0.8 }, schedule: { ...defaultSchedules.cosine, warmupEpochs: 0, decayEpochs: 1.5 },
    }),
    'classes-balanced': chainDocument([groups, bySeries(16), last, ['dense', { units: 3 }], ['classify', { label: 'mood', balanced: true }]], {
      optimizer: { kind: 'rmsprop', learningRate: 0.002, rho: 0.8, momentum: 0.1, epsilon: 1e-6, centered: true }, schedule: defaultSchedules.plateau,
    }),
    'classes-two': chainDocument([waves, bySeries(14), ['lstm', { units: 2, kernelL2: 0.01, returnSequences: false }], ['dense', { units: 1 }], ['classify', { label: 'faster wave', loss: 'binary-crossentropy' }]]),
    'numbers-file': chainDocument([groups, bySeries(16), last, ['dense', { units: 2 }], ['regress', { labels: ['height', 'weight'], loss: 'huber' }]]),
    'numbers-waves': chainDocument([waves, bySeries(14), ['layer-norm-rnn', { units: 2, returnSequences: false }], ['dense', { units: 4 }], ['regress', {}]]),
  };
}
