import { describe, expect, it } from 'vitest';
import { catalog } from '../../../core/nodes/catalog.ts';
import type { LayerNodeType, Mode } from '../../../core/nodes/node-type.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, multiply, reduceSum } from '../../../core/program/expressions.ts';
import type { Body } from '../../../core/program/instruction.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { elementCount, numericTensor, type NumericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import type { Value } from '../../../core/program/value.ts';
import type { Shape } from '../../../core/shapes/shape.ts';
import { sequenceShape, vectorShape } from '../../../core/shapes/shape.ts';
import { constantSize, evaluateSize } from '../../../core/shapes/size.ts';
import { firstDifference } from '../../support/first-difference.ts';
import { sampleTensor, withGradients } from '../../support/numeric-gradient.ts';
import { randomUniforms } from '../../support/random-uniforms.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';
import { casesOf } from './layer-cases.ts';
import type { LayerCase } from './layer-cases.ts';
import { contextFor, writeLayer } from './run-layer.ts';

const layers = [...catalog.values()].filter((type): type is LayerNodeType => type.role === 'layer');
const backend = testBackend();
const batch = 3;
/** Short and narrow: some layers with some activations grow step by step, and float64 is slow. */
const shapes: readonly Shape[] = [vectorShape(constantSize(4)), sequenceShape(constantSize(5), constantSize(3))];

/** A layer's body with numbers for its inputs, weights, moving statistics and seeds, in this order. */
interface Written {
  readonly body: Body;
  /** The sum of every output times a fixed pattern, as a body of the same inputs. */
  readonly loss: Body;
  readonly inputs: readonly NumericTensor[];
  readonly ports: number;
  /** How many of the inputs are ports and weights, which have gradients. */
  readonly differentiable: number;
}

function written(type: LayerNodeType, { given, shape }: LayerCase, mode: Mode, size = batch): Written {
  const builder = new BodyBuilder();
  const layer = writeLayer(type, given, shape, mode, builder);
  const ports = layer.body.inputs.length - layer.weights.length - layer.movingStatistics.length - layer.seeds.length;
  const tensors = layer.body.inputs.map((id, index): NumericTensor => {
    const sizes = layer.body.values[id]!.shape.map((axis) => evaluateSize(axis, { batch: size }));
    const weight = [...layer.weights, ...layer.movingStatistics][index - ports];
    if (index >= ports + layer.weights.length + layer.movingStatistics.length) return numericTensor(sizes, [7, 11]);
    const isPositive = weight !== undefined && /(^|_)(gamma|moving_variance)$/u.test(weight.name);
    const { values } = sampleTensor(sizes, index + 1, weight === undefined ? 1 : 0.4);
    return { shape: sizes, values: values.map((value) => Math.fround(isPositive ? 1 + value : value)) };
  });
  const losses = Object.values(layer.outputs).map((value) => reduceSum(builder, multiply(builder, value, patternFor(builder, value)), allAxes(value)));
  const loss = builder.finish([losses.reduce((sum, own) => add(builder, sum, own))]);
  return { body: layer.body, loss, inputs: tensors, ports, differentiable: ports + layer.weights.length };
}

function results({ body, inputs }: Written, size = batch): readonly NumericTensor[] {
  return evaluateBody(body, inputs, { batch: size, uniform: randomUniforms });
}

function patternFor(builder: BodyBuilder, value: Value): Value {
  const own = value.shape.slice(1).map((size) => evaluateSize(size, {}));
  const values = Array.from({ length: elementCount(own) }, (_, index) => Math.cos(0.23 * index));
  return builder.emitOne('constant', [], { type: 'float', shape: own.map(constantSize), values });
}

/** The loss's slope where one input moves in a direction, by central differences: every element of its gradient counts. */
function slopeAlong({ loss, inputs }: Written, index: number, direction: Float64Array, width = 1e-5): number {
  const lossAt = (distance: number): number => {
    const { shape, values } = inputs[index]!;
    const moved = { shape, values: values.map((value, position) => value + distance * direction[position]!) };
    return evaluateBody(loss, inputs.with(index, moved), { batch })[0]!.values[0]!;
  };
  return (lossAt(width) - lossAt(-width)) / (2 * width);
}

const differs = (first: readonly NumericTensor[], second: readonly NumericTensor[]): boolean =>
  first.some((tensor, index) => tensor.values.some((value, position) => value !== second[index]!.values[position]));

/** Options that turn on something random, or the category that is random by itself. */
function dropsSomething(type: LayerNodeType, { given }: LayerCase): boolean {
  const isDropout = type.category === 'regularization' && 'rate' in type.parameters;
  return isDropout || Object.entries(given).some(([name, value]) => /dropout/iu.test(name) && typeof value === 'number' && value > 0);
}

describe.each(layers.map((type) => [type.type, type] as const))('the layer %s', (_, type) => {
  const cases = casesOf(type, shapes);
  const isNoise = type.category === 'regularization';

  it('gives in the engine what its shape rule says and what float64 computes', () => {
    for (const own of cases) {
      const layer = written(type, own, 'predict');
      const ruled = type.shape(contextFor(type, own.given, own.shape));
      if (!ruled.ok) throw new Error('a case has a sound shape');
      const found = runOnTensorFlow(backend, { ...layer, batch });
      const shapes = Object.values(ruled.value).map((facts) => (facts.kind === 'tensor' ? facts.shape.map((axis) => evaluateSize(axis.size, { batch })) : []));
      expect({ given: own.given, shapes: found.map((tensor) => tensor.shape) }).toEqual({ given: own.given, shapes });
      expect({ given: own.given, difference: firstDifference(found, results(layer), 1e-4) }).toEqual({ given: own.given, difference: null });
    }
  });

  it('has the gradients of every input and every weight that finite differences find', () => {
    for (const own of cases) {
      const layer = written(type, own, 'predict');
      const indices = Array.from({ length: layer.differentiable }, (_each, index) => index);
      const [, ...gradients] = evaluateBody(withGradients(layer.loss, indices), layer.inputs, { batch });
      for (const index of indices) {
        for (const seed of [101, 102]) {
          const direction = sampleTensor(layer.inputs[index]!.shape, seed + index).values;
          const along = gradients[index]!.values.reduce((sum, value, position) => sum + value * direction[position]!, 0);
          const isOff = (slope: number): boolean => Math.abs(along - slope) > 1e-5 * Math.max(1, Math.abs(slope));
          const wide = slopeAlong(layer, index, direction);
          // Where exponentials feed on themselves the loss bends within that width.
          const expected = isOff(wide) ? slopeAlong(layer, index, direction, 1e-6) : wide;
          expect({ given: own.given, index, off: isOff(expected) ? [along, expected] : 0 }).toEqual({ given: own.given, index, off: 0 });
        }
      }
    }
  });

  it('computes in evaluation what it computes in prediction, and in training something else exactly where it should', () => {
    for (const own of cases) {
      const statistics = type.movingStatistics?.(contextFor(type, own.given, own.shape)) ?? [];
      const [train, evaluate, predict, sample] = (['train', 'evaluate', 'predict', 'sample'] as const).map((mode) => {
        const outputs = results(written(type, own, mode));
        return mode === 'train' ? outputs.slice(0, outputs.length - statistics.length) : outputs;
      }) as [readonly NumericTensor[], readonly NumericTensor[], readonly NumericTensor[], readonly NumericTensor[]];
      expect(differs(evaluate, predict)).toBe(false);
      expect({ given: own.given, differs: differs(train, predict) }).toEqual({ given: own.given, differs: isNoise || statistics.length > 0 || dropsSomething(type, own) });
      expect({ given: own.given, differs: differs(sample, predict) }).toEqual({ given: own.given, differs: dropsSomething(type, own) });
    }
  });

  it('predicts each series of a batch as it predicts it alone', () => {
    for (const own of cases) {
      const layer = written(type, own, 'predict');
      const whole = results(layer);
      for (let series = 0; series < batch; series += 1) {
        const alone = layer.inputs.map((tensor, index) => (index < layer.ports ? seriesOf(tensor, series) : tensor));
        const expected = whole.map((tensor) => seriesOf(tensor, series));
        expect({ given: own.given, difference: firstDifference(evaluateBody(layer.body, alone, { batch: 1 }), expected, 1e-12) }).toEqual({ given: own.given, difference: null });
      }
    }
  });

  it('takes other lengths of time with the weights it was trained with, where its weights do not depend on time', () => {
    for (const own of cases.filter(({ shape }) => shape.length === 3)) {
      const longer: Shape = sequenceShape(constantSize(8), constantSize(3));
      const ruled = type.shape(contextFor(type, own.given, longer));
      if (!ruled.ok) continue;
      const shapesOf = (shape: Shape): readonly (readonly number[])[] => type.weights(contextFor(type, own.given, shape)).map((weight) => weight.shape);
      if (JSON.stringify(shapesOf(longer)) !== JSON.stringify(shapesOf(own.shape))) continue;
      const found = results(written(type, { given: own.given, shape: longer }, 'predict'));
      const shapes = Object.values(ruled.value).map((facts) => (facts.kind === 'tensor' ? facts.shape.map((axis) => evaluateSize(axis.size, { batch })) : []));
      expect(found.map((tensor) => tensor.shape)).toEqual(shapes);
      expect(found.every((tensor) => tensor.values.every(Number.isFinite))).toBe(true);
    }
  });
});

function seriesOf({ shape: [, ...rest], values }: NumericTensor, series: number): NumericTensor {
  const length = elementCount(rest);
  return { shape: [1, ...rest], values: values.slice(series * length, (series + 1) * length) };
}
