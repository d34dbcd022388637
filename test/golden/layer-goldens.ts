import { readFileSync } from 'node:fs';
import { layerType } from '../../core/nodes/catalog.ts';
import type { Mode } from '../../core/nodes/node-type.ts';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import { add, allAxes, multiply, reduceSum } from '../../core/program/expressions.ts';
import type { Body } from '../../core/program/instruction.ts';
import { elementCount, numericTensor, type NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
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
  /** What the layer adds to the loss for the size of its weights. */
  readonly penalty?: number;
  /** Of a recurrent layer whose initial states are given. */
  readonly finalStates?: readonly string[];
  /** Moving statistics after the call. */
  readonly moving?: Readonly<Record<string, string>>;
  /** Keras's configuration of the layer; none where Keras has no such layer. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Of the layer of Keras that takes it as its argument. */
  readonly wrapper?: Readonly<Record<string, unknown>>;
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
function inputOf({ type, parameters }: LayerGolden, shape: readonly number[], index: number): NumericTensor {
  if (type === 'embedding') {
    const count = Number(parameters['inputDimension'] ?? 10);
    return { shape, values: Float64Array.from({ length: elementCount(shape) }, (_, position) => (7 * position) % count) };
  }
  return formula(shape, 0.37, 0.5 + index, 1.5);
}

/** `layer_weights` of the Python program; `index` counts in Keras's order. */
function weightOf(name: string, shape: readonly number[], index: number): NumericTensor {
  return formula(shape, 0.7, index, 0.3, /(gamma|moving_variance)$/.test(name) ? 1 : 0);
}

/** `pattern_of` of the Python program: what each output counts in the loss. */
function patternOf(shape: readonly number[]): NumericTensor {
  return { shape, values: Float64Array.from({ length: elementCount(shape) }, (_, index) => Math.cos(0.23 * index)) };
}

function decode(shape: readonly number[], base64: string | undefined): NumericTensor {
  if (base64 === undefined) throw new RangeError('the golden numbers lack a tensor');
  return { shape, values: Float64Array.from(decodeFloat32(base64)) };
}

/** l1 · Σ|w| + l2 · Σw² over the weights of a case that have a penalty. */
export function penaltyOf(golden: LayerGolden): number {
  const type = layerType(golden.type);
  const context = contextFor(type, golden.parameters, golden.inputs.map(namedShape));
  const weights = type.weights(context);
  const order = type.keras?.weightOrder(context.parameters) ?? weights.map(({ name }) => name);
  return weights.reduce((sum, { name, shape, penalty = { l1: 0, l2: 0 } }) => {
    const { values } = weightOf(name, shape, order.indexOf(name));
    return sum + values.reduce((own, value) => own + penalty.l1 * Math.abs(value) + penalty.l2 * value ** 2, 0);
  }, 0);
}

export interface GoldenBody extends BodyCase {
  readonly expected: readonly NumericTensor[];
}

/** `next_uniforms` of the Python program: the numbers that dropout masks are made of. */
function uniformsOf(shape: readonly number[]): NumericTensor {
  const columns = shape[1]!;
  const at = (index: number): number => 0.5 + 0.5 * Math.sin(1.7 * (index % columns) + 2.9 * Math.floor(index / columns) + 0.3);
  return { shape, values: Float64Array.from({ length: elementCount(shape) }, (_, index) => at(index)) };
}

/** A body whose random numbers are inputs, after its own: so every engine drops the same. */
function withUniformsGiven(body: Body, batch: number): { readonly body: Body; readonly uniforms: readonly NumericTensor[] } {
  const draws = body.instructions.filter(({ kind }) => kind === 'random-uniform').flatMap(({ outputs }) => outputs);
  const uniforms = draws.map((id) => uniformsOf(body.values[id]!.shape.map((size) => evaluateSize(size, { batch }))));
  const instructions = body.instructions.filter(({ kind }) => kind !== 'random-uniform');
  return { body: { ...body, instructions, inputs: [...body.inputs, ...draws] }, uniforms };
}

/**
 * The layer's outputs, its final states where the initial ones are given, its moving statistics after the step, then the
 * gradients of Σ output · pattern with respect to each input and each weight: as a body, and as Keras has them.
 */
export function goldenBody(golden: LayerGolden): GoldenBody {
  const type = layerType(golden.type);
  const shapes = golden.inputs.map(namedShape);
  const batch = golden.inputs[0]![0]!;
  const builder = new BodyBuilder();
  const { outputs: { outputs, ...others }, weights, movingStatistics, movingValues, moved, seeds } = writeLayer(type, golden.parameters, shapes, golden.mode, builder);
  if (outputs === undefined) throw new Error(`${golden.type} has no output`);
  const shown = [outputs, ...(golden.finalStates === undefined ? [] : Object.values(others))];
  const shownShapes = shown.map(({ shape }) => shape.map((size) => evaluateSize(size, { batch })));
  const losses = shown.map((value) => {
    const weighted = multiply(builder, value, builder.input('float', value.shape));
    return reduceSum(builder, weighted, allAxes(weighted));
  });
  const names = weights.map((weight) => weight.name);
  if (String(names.toSorted()) !== String(Object.keys(golden.weightGradients).toSorted())) throw new Error(`Keras has other weights than ${names.join(', ')}`);
  const order = type.keras?.weightOrder(contextFor(type, golden.parameters, shapes).parameters) ?? names;
  const given = ({ name, shape }: (typeof weights)[number]): NumericTensor => weightOf(name, shape, order.indexOf(name));
  const tensors = [...golden.inputs.map((shape, index) => inputOf(golden, shape, index)), ...weights.map(given)];
  const statistics = movingStatistics.map(({ name }) => moved.get(name) ?? movingValues.get(name)!);
  const { body: layerBody, uniforms } = withUniformsGiven(builder.finish([losses.reduce((sum, loss) => add(builder, sum, loss)), ...shown, ...statistics]), batch);
  const body = withGradients(layerBody, tensors.map((_, index) => index));
  return {
    body: { ...body, outputs: body.outputs.slice(1) },
    inputs: [...tensors, ...movingStatistics.map(given), ...seeds.map(() => numericTensor([2], [1, 2])), ...shownShapes.map(patternOf), ...uniforms],
    batch,
    expected: [
      ...[golden.output, ...(golden.finalStates ?? [])].map((encoded, index) => decode(shownShapes[index]!, encoded)),
      ...movingStatistics.map(({ name, shape }) => decode(shape, golden.moving?.[name])),
      ...golden.inputs.map((shape, index) => decode(shape, golden.inputGradients[index])),
      ...weights.map(({ name, shape }) => decode(shape, golden.weightGradients[name])),
    ],
  };
}
