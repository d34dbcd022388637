import type { Model } from '../compile/model.ts';
import type { Initializer } from '../nodes/node-type.ts';
import type { ParameterSlice } from './program.ts';
import { normalStream, uniformStream } from './random.ts';

/** Fills one weight in row-major order. `uniform` draws from [0, 1). */
type Fill = (shape: readonly number[], uniform: () => number) => Float64Array;

function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Uniform within ± √(6 / (inputs + outputs)) (Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html). */
const glorotUniform: Fill = (shape, uniform) => {
  const receptiveField = lengthOf(shape.slice(0, -2));
  const inputs = (shape.at(-2) ?? 1) * receptiveField;
  const outputs = (shape.at(-1) ?? 1) * receptiveField;
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float64Array.from({ length: lengthOf(shape) }, () => limit * (2 * uniform() - 1));
};

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

/** Zeros, but ones for the forget gate, the second of four (Jozefowicz et al., 2015, https://proceedings.mlr.press/v37/jozefowicz15.html). */
const unitForgetBias: Fill = (shape) => {
  const units = lengthOf(shape) / 4;
  return new Float64Array(4 * units).fill(1, units, 2 * units);
};

const fills: { readonly [Name in Initializer]: Fill } = {
  glorot_uniform: glorotUniform,
  orthogonal,
  zeros: (shape) => new Float64Array(lengthOf(shape)),
  ones: (shape) => new Float64Array(lengthOf(shape)).fill(1),
  unit_forget_bias: unitForgetBias,
};

/** The moving statistics of a model at the start of a run, by variable name ('<node id>/<statistic>'): means 0, variances 1. */
export function initialMovingStatistics(model: Model): ReadonlyMap<string, Float32Array> {
  return new Map(model.layers.flatMap(({ node, movingStatistics }) => movingStatistics.map(({ name, shape, initializer }) => {
    const variable = `${node}/${name}`;
    return [variable, Float32Array.from(fills[initializer](shape, uniformStream(0, variable)))] as const;
  })));
}

/** The flat vector of all trainable weights of a model at the start of a run; each weight depends on the seed and its own name alone. */
export function initialParameters(model: Model, layout: readonly ParameterSlice[], seed: number): Float32Array {
  const initializerOf = new Map<string, Initializer>(model.layers.flatMap((layer) =>
    layer.weights.map((weight) => [`${layer.node}/${weight.name}`, weight.initializer] as const)));
  const last = layout.at(-1);
  const parameters = new Float32Array(last === undefined ? 0 : last.offset + last.length);
  for (const { node, weight, shape, offset } of layout) {
    const name = `${node}/${weight}`;
    const initializer = initializerOf.get(name);
    if (initializer === undefined) throw new RangeError(`the model has no weight ${name}`);
    parameters.set(fills[initializer](shape, uniformStream(seed, name)), offset);
  }
  return parameters;
}
