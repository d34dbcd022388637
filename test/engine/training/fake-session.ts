import type { Program } from '../../../core/program/program.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import type { NamedTensors, Session, TensorData } from '../../../engine/session.ts';

/** A program of one weight, for a loop that must not care what it trains. */
export const oneWeightProgram: Program = {
  variables: [{ name: 'parameters', role: 'trainable', type: 'float', shape: [constantSize(1)] }],
  entries: {},
  parameterLayout: [{ node: 'dense-1', weight: 'bias', shape: [1], offset: 0, length: 1 }],
};

const scalar = (value: number): TensorData => ({ type: 'float', shape: [], values: Float32Array.of(value) });

export interface FakeSession extends Session {
  /** What each training step was fed as "step". */
  readonly steps: number[];
}

/** A session whose losses are given by the step it is fed, and whose weight becomes that step. */
export function fakeSession(lossAt: (step: number) => number): FakeSession {
  const steps: number[] = [];
  let weight = Float32Array.of(-1);
  return {
    steps,
    run: (_, feeds: NamedTensors) => {
      const step = feeds['step']!.values[0]!;
      steps.push(step);
      weight = Float32Array.of(step);
      return { loss: scalar(lossAt(step)), gradientNorm: scalar(1) };
    },
    readVariable: () => ({ type: 'float', shape: [1], values: weight.slice() }),
    writeVariable: (_, data) => void (weight = Float32Array.from(data.values)),
    close: () => undefined,
  };
}

export { scalar as scalarTensor };
