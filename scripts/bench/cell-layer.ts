import { add, matmul, multiply, reduceMean, rsqrt, scalar, sigmoid, split, square, subtract, tanh } from '../../core/program/expressions.ts';
import type { BodyBuilder } from '../../core/program/body-builder.ts';
import type { Value } from '../../core/program/value.ts';
import { anyNodeType, catalog } from '../../core/nodes/catalog.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs, outputsOf } from '../../core/nodes/layer-ports.ts';
import type { LayerNodeType, NodeType } from '../../core/nodes/node-type.ts';
import { recur } from '../../core/nodes/recurrence.ts';
import { sequenceInput } from '../../core/nodes/sequence-input.ts';
import { sequenceShape } from '../../core/shapes/shape.ts';
import { constantSize } from '../../core/shapes/size.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { ParameterDeclarations } from '../../core/params/parameter-declaration.ts';
import { cells } from './cells.ts';
import type { CellDescription, CellName, CellOperation } from './cells.ts';

const parameters = {
  units: { kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 1024, default: 20, doc: 'Features of every state.' },
  cell: { kind: 'choice', label: 'Cell', options: Object.keys(cells), default: 'random cell', doc: 'One of the cells of the benchmark.' },
} as const satisfies ParameterDeclarations;

/** A layer around any described cell: the benchmark's stand-in for one that a person draws. */
const cellLayer: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'described-cell',
  title: 'Described cell',
  category: 'recurrent',
  summary: 'A recurrence over a cell of the benchmark.',
  equation: 'hₜ = cell(xₜ, hₜ₋₁)',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature), gives (batch, time, units).',
  errors: 'None of its own.',
  source: { author: 'Unroll', year: 2026, title: 'scripts/bench/cells.ts', link: 'https://arxiv.org/abs/1607.06450' },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time } = sequence.value;
    return succeed(outputsOf(facts, sequenceShape(time, constantSize(context.parameters.units))));
  },
  weights: (context) => describedCell(context.parameters.cell).weights.map(({ name, rows, columns, initializer }) => {
    const { units } = context.parameters;
    return { name, initializer, shape: rows === null ? [columns * units] : [rows === 'features' ? knownFeatures(context) : units, columns * units] };
  }),
  multiplyAdds: (context) => knownSteps(context) * context.parameters.units ** 2,
  forward: ({ builder, node, parameters: { units, cell }, inputs, weight }) => {
    const described = describedCell(cell);
    return {
      outputs: recur({
        builder, node, inputs: inputs['inputs']!, units, initialStates: [], returnSequences: true, goBackwards: false, inOrderOfReading: true, truncateAfter: null,
        stateNames: Array.from({ length: described.states }, (_, index) => `state ${index}`),
        weights: Object.fromEntries(described.weights.map(({ name }) => [name, weight(name)])),
        cell: (step) => {
          const values = new Map<string, Value>([['x', step.input], ...step.states.map((state, index) => [`state${index}`, state] as const)]);
          described.weights.forEach(({ name }) => values.set(name, step.weight(name)));
          for (const own of described.operations) {
            emitOperation(step.builder, own, own.from.map((name) => values.get(name)!), units).forEach((value, index) => values.set(own.to[index]!, value));
          }
          return described.next.map((name) => values.get(name)!);
        },
      }).output,
    };
  },
  keras: null,
};

function describedCell(name: string): CellDescription {
  return cells[name as CellName];
}

function emitOperation(builder: BodyBuilder, { operation, to }: CellOperation, [first, second, third]: readonly Value[], units: number): readonly Value[] {
  const [a, b, c] = [first!, second!, third!];
  switch (operation) {
    case 'matmul': return [matmul(builder, a, b)];
    case 'add': return [add(builder, a, b)];
    case 'subtract': return [subtract(builder, a, b)];
    case 'multiply': return [multiply(builder, a, b)];
    case 'sigmoid': return [sigmoid(builder, a)];
    case 'tanh': return [tanh(builder, a)];
    case 'oneMinus': return [subtract(builder, scalar(builder, 1), a)];
    case 'split': return split(builder, a, 1, to.map(() => units));
    case 'layerNorm': {
      const centred = subtract(builder, a, reduceMean(builder, a, [1], true));
      const deviation = rsqrt(builder, add(builder, reduceMean(builder, square(builder, centred), [1], true), scalar(builder, 1e-3)));
      return [add(builder, multiply(builder, multiply(builder, centred, deviation), b), c)];
    }
  }
}

/** Makes the layer known to this process's catalogue. */
export function registerCellLayer(): void {
  (catalog as Map<string, NodeType>).set(cellLayer.type, anyNodeType(cellLayer));
}
