import type { Model } from '../compile/model.ts';
import type { WeightDeclaration } from '../nodes/node-type.ts';
import type { Initializer } from './initializer-names.ts';
import type { ParameterSlice } from './program.ts';
import { normalStream, uniformStream } from './random.ts';

/** Fills one weight in row-major order. `uniform` draws from [0, 1). */
type Fill = (shape: readonly number[], uniform: () => number) => Float64Array;

function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Inputs and outputs of one unit, as Keras counts them: of a convolution each of its time steps counts; a vector has as many of both. */
function fans(shape: readonly number[]): { readonly inputs: number; readonly outputs: number } {
  if (shape.length < 2) return { inputs: lengthOf(shape), outputs: lengthOf(shape) };
  const receptiveField = lengthOf(shape.slice(0, -2));
  return { inputs: shape.at(-2)! * receptiveField, outputs: shape.at(-1)! * receptiveField };
}

type FanCount = (fan: ReturnType<typeof fans>) => number;

/** Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html */
const glorot: FanCount = ({ inputs, outputs }) => (inputs + outputs) / 2;
/** He et al., 2015, https://arxiv.org/abs/1502.01852 */
const he: FanCount = ({ inputs }) => inputs / 2;
/** LeCun et al., 1998, https://doi.org/10.1007/3-540-49430-8_2 */
const lecun: FanCount = ({ inputs }) => inputs;

/** Uniform of variance 1 / count: within ± √(3 / count). */
function scaledUniform(count: FanCount): Fill {
  return (shape, uniform) => uniformWithin(shape, uniform, Math.sqrt(3 / count(fans(shape))));
}

function uniformWithin(shape: readonly number[], uniform: () => number, limit: number): Float64Array {
  return Float64Array.from({ length: lengthOf(shape) }, () => limit * (2 * uniform() - 1));
}

/** The standard deviation of a standard normal number cut off at ± 2. */
const truncatedDeviation = 0.87962566103423978;

/** Truncated normal of variance 1 / count. */
function scaledNormal(count: FanCount): Fill {
  return (shape, uniform) => truncatedNormal(shape, uniform, Math.sqrt(1 / count(fans(shape))) / truncatedDeviation);
}

/** Normal numbers, those beyond two deviations drawn again. */
function truncatedNormal(shape: readonly number[], uniform: () => number, deviation: number): Float64Array {
  const normal = normalStream(uniform);
  return Float64Array.from({ length: lengthOf(shape) }, () => {
    let value = normal();
    while (Math.abs(value) > 2) value = normal();
    return deviation * value;
  });
}

/** Keras's deviation, and half its width, of the random initialisers that look at no shape. */
const smallDeviation = 0.05;

/** Rows (or columns, if there are fewer) orthonormal, uniform among all such (Saxe et al., 2013, https://arxiv.org/abs/1312.6120). */
const orthogonal: Fill = (shape, uniform) => {
  const columns = shape.at(-1) ?? 1;
  const rows = lengthOf(shape) / columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors = orthonormalVectors(count, length, normalStream(uniform));
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [vector, position] = rows <= columns ? [row, column] : [column, row];
      result[row * columns + column] = vectors[vector]?.[position] ?? 0;
    }
  }
  return result;
};

/** Normal vectors made orthonormal, each projected out twice so that rounding does not tilt it (Gram and Schmidt; Giraud et al., 2005). */
function orthonormalVectors(count: number, length: number, normal: () => number): readonly Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, normal);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const earlier of vectors) {
        const along = dot(vector, earlier);
        for (let index = 0; index < length; index += 1) vector[index] = (vector[index] ?? 0) - along * (earlier[index] ?? 0);
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < first.length; index += 1) sum += (first[index] ?? 0) * (second[index] ?? 0);
  return sum;
}

const fills: { readonly [Name in Initializer]: Fill } = {
  glorot_uniform: scaledUniform(glorot),
  glorot_normal: scaledNormal(glorot),
  he_uniform: scaledUniform(he),
  he_normal: scaledNormal(he),
  lecun_uniform: scaledUniform(lecun),
  lecun_normal: scaledNormal(lecun),
  orthogonal,
  random_uniform: (shape, uniform) => uniformWithin(shape, uniform, smallDeviation),
  random_normal: (shape, uniform) => Float64Array.from({ length: lengthOf(shape) }, normalStream(uniform)).map((value) => smallDeviation * value),
  truncated_normal: (shape, uniform) => truncatedNormal(shape, uniform, smallDeviation),
  zeros: (shape) => new Float64Array(lengthOf(shape)),
  ones: (shape) => new Float64Array(lengthOf(shape)).fill(1),
};

/** The numbers that a weight starts with. */
function startOf({ shape, initializer, ones }: WeightDeclaration, uniform: () => number): Float64Array {
  const values = fills[initializer](shape, uniform);
  return ones === undefined ? values : values.fill(1, ...ones);
}

/** The moving statistics of a model at the start of a run, by variable name ('<node id>/<statistic>'): means 0, variances 1. */
export function initialMovingStatistics(model: Model): ReadonlyMap<string, Float32Array> {
  return new Map(model.layers.flatMap(({ node, movingStatistics }) => movingStatistics.map((statistic) => {
    const variable = `${node}/${statistic.name}`;
    return [variable, Float32Array.from(startOf(statistic, uniformStream(0, variable)))] as const;
  })));
}

/** The flat vector of all trainable weights of a model at the start of a run; each weight depends on the seed and its own name alone. */
export function initialParameters(model: Model, layout: readonly ParameterSlice[], seed: number): Float32Array {
  const declared = new Map<string, WeightDeclaration>(model.layers.flatMap((layer) => layer.weights.map((weight) => [`${layer.node}/${weight.name}`, weight] as const)));
  const last = layout.at(-1);
  const parameters = new Float32Array(last === undefined ? 0 : last.offset + last.length);
  for (const { node, weight, offset } of layout) {
    const name = `${node}/${weight}`;
    const declaration = declared.get(name);
    if (declaration === undefined) throw new RangeError(`the model has no weight ${name}`);
    parameters.set(startOf(declaration, uniformStream(seed, name)), offset);
  }
  return parameters;
}
