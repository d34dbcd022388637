import { expect, it } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import type { ParameterValue } from '../../../core/graph/graph-document.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { ReferenceSession } from '../../support/evaluate-entry.ts';
import { sampleTensor } from '../../support/numeric-gradient.ts';
import { chain, forecast, node, series, window } from '../check/sample-graphs.ts';

const weights = Float64Array.of(0.5, -2, 1, 0.25);

/** The loss and the gradient of one step of a Dense layer of two units over a window of one step, whose weights are given. */
function step(parameters: Readonly<Record<string, ParameterValue>>) {
  const document = chain(series(), window({ window: 1 }), node('dense', 'Dense 1', { units: 2, ...parameters }), node('take-step', 'Take Step 1', {}), forecast({ horizon: 2 }));
  const model = buildModel(document);
  if (!model.ok) throw new Error(model.diagnostics[0]!.message);
  const program = compileProgram(model.value, document.training);
  const session = new ReferenceSession(program, { batch: 2 });
  session.setVariable('parameters', weights);
  const feeds = { inputs: sampleTensor([2, 1, 1], 3), targets: sampleTensor([2, 2], 4), weights: numericTensor([2, 2], [1, 1, 1, 1]), 'learning rate': numericTensor([], [0.1]) };
  const { loss, gradient } = session.run('train', feeds);
  return { loss: loss!.values[0]!, gradient: [...gradient!.values] };
}

it('training follows the penalties of weights, and reports the loss of the forecasts alone', () => {
  const plain = step({});
  const penalised = step({ kernelL1: 0.1, kernelL2: 0.5, biasL2: 2 });
  expect(penalised.loss).toBe(plain.loss);
  // l1 · sign(w) + 2 · l2 · w
  const added = [0.1 + 0.5, -0.1 - 2, 4 * 1, 4 * 0.25];
  plain.gradient.forEach((value, index) => expect(penalised.gradient[index]).toBeCloseTo(value + added[index]!, 12));
});
