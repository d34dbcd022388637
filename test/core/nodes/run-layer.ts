import { anyNodeType, catalog } from '../../../core/nodes/catalog.ts';
import { newNode } from '../../../core/nodes/new-node.ts';
import type { LayerNodeType, Mode, ShapeContext, WeightDeclaration } from '../../../core/nodes/node-type.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import type { ParameterDeclarations } from '../../../core/params/parameter-declaration.ts';
import { parseParameters } from '../../../core/params/parse-parameters.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import type { Body } from '../../../core/program/instruction.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { elementCount, numericTensor, type NumericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { filled } from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { sequenceShape, vectorShape, type Shape } from '../../../core/shapes/shape.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';

export type Given = Readonly<Record<string, unknown>>;

/** What a layer reads: the same on every port that must be wired, or one shape a port in their order, and nothing on those that are left. */
export type InputShapes = Shape | readonly Shape[];

function isOneShape(shapes: InputShapes): shapes is Shape {
  return shapes.every((part) => 'name' in part);
}

/** The ports that something is wired to, with its shape. */
function wiredPorts(type: LayerNodeType, shapes: InputShapes): readonly { readonly name: string; readonly shape: Shape }[] {
  if (isOneShape(shapes)) return type.inputs.filter((port) => port.optional !== true).map(({ name }) => ({ name, shape: shapes }));
  return shapes.map((shape, index) => {
    const port = type.inputs[index];
    if (port === undefined) throw new RangeError(`${type.title} has no input ${index}`);
    return { name: port.name, shape };
  });
}

/** A layer between a window and nothing: what its shape rule is told. */
export function contextFor(type: LayerNodeType, given: Given, shapes: InputShapes): ShapeContext {
  const parsed = parseParameters(type.parameters, given, { node: nodeId('layer'), label: 'Layer' });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  const series = { kind: 'series', columns: undefined, seriesCount: undefined, steps: undefined, series: nodeId('series'), scale: null } as const;
  const facts = { kind: 'tensor', window: nodeId('window'), windowLength: 5, series } as const;
  return {
    node: nodeId('layer'),
    label: 'Layer',
    parameters: parsed.value,
    inputs: Object.fromEntries(wiredPorts(type, shapes).map(({ name, shape }) => [name, { ...facts, shape }])),
    feeders: {},
    data: undefined,
    newNode: (name) => newNode({ nodes: [] }, catalog.get(name)!),
  };
}

export interface WrittenLayer {
  readonly body: Body;
  readonly weights: readonly WeightDeclaration[];
  readonly weightValues: ReadonlyMap<string, Value>;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly movingStatistics: readonly WeightDeclaration[];
  readonly movingValues: ReadonlyMap<string, Value>;
  /** Moving statistics after the step, by name. */
  readonly moved: ReadonlyMap<string, Value>;
  readonly seeds: readonly Value[];
}

/**
 * Writes one layer's forward pass into a body whose inputs are its ports, then its weights, its moving statistics, and the
 * seeds it asks for; the outputs are its ports, then the moving statistics after the step.
 */
export function writeLayer(type: LayerNodeType, given: Given, shapes: InputShapes, mode: Mode = 'train', builder = new BodyBuilder()): WrittenLayer {
  const context = contextFor(type, given, shapes);
  const inputs = Object.fromEntries(wiredPorts(type, shapes).map(({ name, shape }) => [name, builder.input('float', shape.map((axis) => axis.size))]));
  const weights = type.weights(context);
  const weightValues = new Map(weights.map((weight) => [weight.name, builder.input('float', weight.shape.map(constantSize))]));
  const movingStatistics = type.movingStatistics?.(context) ?? [];
  const movingValues = new Map(movingStatistics.map(({ name, shape }) => [name, builder.input('float', shape.map(constantSize))]));
  const moved = new Map<string, Value>();
  const seeds: Value[] = [];
  const outputs = type.forward({
    node: context.node,
    label: context.label,
    builder,
    mode,
    parameters: context.parameters,
    inputs,
    weight: (name) => {
      const value = weightValues.get(name);
      if (value === undefined) throw new RangeError(`no weight "${name}"`);
      return value;
    },
    moving: (name) => {
      const value = movingValues.get(name);
      if (value === undefined) throw new RangeError(`no moving statistic "${name}"`);
      return value;
    },
    setMoving: (name, value) => void moved.set(name, value),
    // As at the start of a series: no window precedes.
    carried: (_, width) => filled(builder, [batchSize, constantSize(width)], 0),
    setCarried: () => undefined,
    seed: () => {
      const value = builder.input('integer', [constantSize(2)]);
      seeds.push(value);
      return value;
    },
  });
  const body = builder.finish([...Object.values(outputs), ...moved.values()]);
  return { body, weights, weightValues, movingStatistics, movingValues, moved, outputs, seeds };
}

/** [batch, feature] or [batch, time, feature] with its axes named. */
export function namedShape(sizes: readonly number[]): Shape {
  const [, first, second] = sizes.map(constantSize);
  if (first === undefined || sizes.length > 3) throw new RangeError(`no tensor on a wire has the shape [${sizes.join(', ')}]`);
  return second === undefined ? vectorShape(first) : sequenceShape(first, second);
}

/** Runs a layer on a batch in float64: what stands on its input ports, in their order, is (batch, feature) or (batch, time, feature). */
export function runLayer<Declarations extends ParameterDeclarations>(
  layer: LayerNodeType<Declarations>,
  given: Given,
  input: NumericTensor | readonly NumericTensor[],
  weights: Readonly<Record<string, readonly number[]>> = {},
  mode: Mode = 'predict',
  uniform: (element: number) => number = () => 0,
): NumericTensor {
  const type = anyNodeType(layer) as LayerNodeType;
  const inputs = 'shape' in input ? [input] : input;
  const written = writeLayer(type, given, inputs.map((tensor) => namedShape(tensor.shape)), mode);
  const tensors = [...written.weights, ...written.movingStatistics].map((weight) => numericTensor(weight.shape, weights[weight.name] ?? []));
  const seeds = written.seeds.map(() => numericTensor([2], [1, 2]));
  const [output] = evaluateBody(written.body, [...inputs, ...tensors, ...seeds], {
    batch: inputs[0]!.shape[0]!,
    uniform: (_, wanted) => numericTensor(wanted, Array.from({ length: elementCount(wanted) }, (_each, element) => uniform(element))),
  });
  return output!;
}

/** Numbers without a pattern, from −1 to 1. */
export function someNumbers(count: number, phase = 0): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.sin(12.9898 * (index + 1) + phase));
}
