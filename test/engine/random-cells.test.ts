import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import { allAxes, constantShape, filled, multiply, reduceMean, reshape, scalar, split, square, subtract } from '../../core/program/expressions.ts';
import { differentiate } from '../../core/program/gradients/differentiate.ts';
import { optimizeProgram } from '../../core/program/passes/optimize-program.ts';
import type { EntryInput, Program } from '../../core/program/program.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { operationTable } from '../../core/program/operation-table.ts';
import { batchSize, constantSize } from '../../core/shapes/size.ts';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import { ReferenceSession } from '../support/evaluate-entry.ts';
import { sampleTensor } from '../support/numeric-gradient.ts';
import { randomCell } from '../support/random-cell.ts';
import type { RandomCell } from '../support/random-cell.ts';

const [steps, batch, features, units, rate] = [6, 5, 3, 4, 0.05];

/** Gradient descent on the mean squared difference between a cell's outputs over time and given targets. */
function trainingProgram(cell: RandomCell): Program {
  const lengths = cell.weightShapes.map((shape) => shape.reduce((product, size) => product * size, 1));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const forward = new BodyBuilder();
  const inputs = forward.input('float', [constantSize(steps), batchSize, constantSize(features)]);
  const targets = forward.input('float', [constantSize(steps), batchSize, constantSize(units)]);
  const parameters = forward.input('float', constantShape([total]));
  const weights = split(forward, parameters, 0, lengths).map((piece, index) => reshape(forward, piece, constantShape(cell.weightShapes[index]!)));
  const start = filled(forward, [batchSize, constantSize(units)], 0);
  const { stacked } = forward.scan({
    sequences: [inputs], initialStates: new Array<typeof start>(cell.stateCount).fill(start), invariants: weights,
    steps: constantSize(steps), backwards: false, body: cell.body,
  });
  const errors = square(forward, subtract(forward, stacked[0]!, targets));
  const body = forward.finish([reduceMean(forward, errors, allAxes(errors))]);

  const builder = new BodyBuilder();
  const again = [inputs, targets, parameters].map((value) => builder.input(value.type, value.shape));
  const { outputs: [loss], gradients: [gradient] } = differentiate(builder, body, again, 0, [2]);
  const next = subtract(builder, again[2]!, multiply(builder, gradient!, scalar(builder, rate)));
  const data = (name: 'inputs' | 'targets', shape: EntryInput['shape']): EntryInput => ({
    name, role: name === 'inputs' ? { kind: 'data', content: name } : { kind: 'data', content: name, target: 0 }, type: 'float', shape,
  });
  return optimizeProgram({
    variables: [{ name: 'parameters', role: 'trainable', type: 'float', shape: constantShape([total]) }],
    entries: {
      train: {
        inputs: [data('inputs', inputs.shape), data('targets', targets.shape)],
        reads: ['parameters'],
        body: builder.finish([loss!, gradient!, next]),
        outputs: ['loss', 'gradient'],
        assigns: ['parameters'],
      },
    },
    parameterLayout: [],
  });
}

const float32 = ({ shape, values }: { readonly shape: readonly number[]; readonly values: Float64Array }) =>
  ({ type: 'float', shape, values: Float32Array.from(values) }) as const;

describe('cells that no source file contains', () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))('number %i is trained by the engine as the evaluator does it', (number) => {
    const cell = randomCell(number, units, features);
    expect(cell.operations).toBeGreaterThanOrEqual(5);
    expect(cell.operations).toBeLessThanOrEqual(15);
    const program = trainingProgram(cell);
    const start = sampleTensor([cell.weightShapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0)], number, 0.5);
    const feeds = { inputs: sampleTensor([steps, batch, features], 101), targets: sampleTensor([steps, batch, units], 102, 0.5) };

    const reference = new ReferenceSession(program, { batch });
    reference.setVariable('parameters', start.values);
    const expected = Array.from({ length: 5 }, () => reference.run('train', feeds));
    const session = tensorFlowBackend(loadTensorFlow({ threads: 1 })).open(program);
    session.writeVariable('parameters', float32(start));
    const native = { inputs: float32(feeds.inputs), targets: float32(feeds.targets) };
    const found = Array.from({ length: 5 }, () => session.run('train', native, ['loss', 'gradient']));
    session.close();

    expected.forEach((step, index) => {
      expect(found[index]!['loss']!.values[0]).toBeCloseTo(step['loss']!.values[0]!, 5);
      const differences = [...step['gradient']!.values].map((value, position) => Math.abs(value - found[index]!['gradient']!.values[position]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    });
    expect(expected.at(-1)!['loss']!.values[0]!).toBeLessThan(expected[0]!['loss']!.values[0]!);
  });
});

describe('the engine knows operations and scan, never layers', () => {
  it('no file of it names a node type', () => {
    const room = fileURLToPath(new URL('../../engine', import.meta.url));
    // A layer may be called what an operation is called: that the engine must name.
    const types = [...catalog.values()].filter((type) => type.role === 'layer' && !(type.type in operationTable)).map(({ type }) => type);
    // Type names as strings anywhere; the names that are no ordinary words also in comments and identifiers.
    const pattern = new RegExp(`['"\`](${types.join('|')})['"\`]|simple-?rnn|lstm|\\bgru\\b|layer-?norm(?!al)`, 'iu');
    const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|cc|h)$/u.test(file));
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => pattern.test(readFileSync(`${room}/${file}`, 'utf8')))).toEqual([]);
  });
});
