import { readFileSync } from 'node:fs';
import { layerType } from '../../core/nodes/catalog.ts';
import type { Mode } from '../../core/nodes/node-type.ts';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import { allAxes, multiply, reduceSum } from '../../core/program/expressions.ts';
import { elementCount, type NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { contextFor, namedShape, writeLayer } from '../core/nodes/run-layer.ts';
import type { BodyCase } from '../support/body-case.ts';
import { withGradients } from '../support/numeric-gradient.ts';
import { decodeFloat32, wave } from './keras-goldens.ts';

/** One layer with its options, as layer-goldens.py writes it; tensors as base64 of float32. */
export interface LayerGolden {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mode: Mode;
  readonly inputs: readonly (readonly number[])[];
  readonly outputShape: readonly number[];
  readonly output: string;
  readonly inputGradients: readonly string[];
  readonly weightGradients: Readonly<Record<string, string>>;
  /** Moving statistics after the call. */
  readonly moving?: Readonly<Record<string, string>>;
  /** Keras's configuration of the layer; none where Keras has no such layer. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const file = new URL('./layer-goldens.json', import.meta.url);

export const layerGoldens = (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly LayerGolden[] }).cases;

/** What a case is called: its node type, its options and what it reads. */
export function caseName({ type, parameters, mode, inputs }: LayerGolden): string {
  return `${type} ${JSON.stringify(parameters)} on ${inputs.map((shape) => `[${shape.join(', ')}]`).join(' and ')}${mode === 'train' ? ' in training' : ''}`;
}

function formula(shape: readonly number[], frequency: number, phase: number, scale: number, offset = 0): NumericTensor {
  return { shape, values: wave(elementCount(shape), frequency, phase).map((value) => offset + scale * value) };
}

/** `layer_inputs` of the Python program. */
function inputOf(shape: readonly number[], index: number): NumericTensor {
  return formula(shape, 0.37, 0.5 + index, 1.5);
}

/** `layer_weights` of the Python program; `index` counts in Keras's order. */
function weightOf(name: string, shape: readonly number[], index: number): NumericTensor {
  return formula(shape, 0.7, index, 0.3, name === 'gamma' || name === 'moving_variance' ? 1 : 0);
}

/** `pattern_of` of the Python program: what each output counts in the loss. */
function patternOf(shape: readonly number[]): NumericTensor {
  return { shape, values: Float64Array.from({ length: elementCount(shape) }, (_, index) => Math.cos(0.23 * index)) };
}

function decode(shape: readonly number[], base64: string | undefined): NumericTensor {
  if (base64 === undefined) throw new RangeError('the golden numbers lack a tensor');
  return { shape, values: Float64Array.from(decodeFloat32(base64)) };
}

export interface GoldenBody extends BodyCase {
  readonly expected: readonly NumericTensor[];
}

/**
 * The layer's outputs, its moving statistics after the step, then the gradients of Σ output · pattern with respect to each
 * input and each weight: as a body, and as Keras has them.
 */
export function goldenBody(golden: LayerGolden): GoldenBody {
  const type = layerType(golden.type);
  const shapes = golden.inputs.map(namedShape);
  const builder = new BodyBuilder();
  const { outputs: { outputs }, weights, movingStatistics, movingValues, moved } = writeLayer(type, golden.parameters, shapes, golden.mode, builder);
  if (outputs === undefined) throw new Error(`${golden.type} has no output`);
  const weighted = multiply(builder, outputs, builder.input('float', outputs.shape));
  const names = weights.map((weight) => weight.name);
  if (String(names.toSorted()) !== String(Object.keys(golden.weightGradients).toSorted())) throw new Error(`Keras has other weights than ${names.join(', ')}`);
  const order = type.keras?.weightOrder(contextFor(type, golden.parameters, shapes).parameters) ?? names;
  const given = ({ name, shape }: (typeof weights)[number]): NumericTensor => weightOf(name, shape, order.indexOf(name));
  const tensors = [...golden.inputs.map(inputOf), ...weights.map(given)];
  const statistics = movingStatistics.map(({ name }) => moved.get(name) ?? movingValues.get(name)!);
  const loss = builder.finish([reduceSum(builder, weighted, allAxes(weighted)), outputs, ...statistics]);
  const body = withGradients(loss, tensors.map((_, index) => index));
  return {
    body: { ...body, outputs: body.outputs.slice(1) },
    inputs: [...tensors, ...movingStatistics.map(given), patternOf(golden.outputShape)],
    batch: golden.inputs[0]![0]!,
    expected: [
      decode(golden.outputShape, golden.output),
      ...movingStatistics.map(({ name, shape }) => decode(shape, golden.moving?.[name])),
      ...golden.inputs.map((shape, index) => decode(shape, golden.inputGradients[index])),
      ...weights.map(({ name, shape }) => decode(shape, golden.weightGradients[name])),
    ],
  };
}
