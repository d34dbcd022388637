import { describe, expect, test } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { threadsFor } from '../../../engine/training/thread-choice.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { layers, smallProject } from '../host/small-project.ts';

const choiceFor = (units: number) =>
  threadsFor(valueOf(buildModel(smallProject({ layers: [layers.lstm(units, false), layers.dense(2)] }))));

describe('threads', () => {
  test('a small net gets one thread and no oneDNN, a large one all threads and oneDNN', () => {
    expect(choiceFor(20)).toEqual({ threads: 1, oneDnn: false });
    expect(choiceFor(48)).toEqual({ threads: 1, oneDnn: false });
    expect(choiceFor(128)).toEqual({ threads: null, oneDnn: true });
  });
});
