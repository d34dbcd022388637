import type { OperationKind } from '../../core/program/instruction.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { dataTypeOf, ofBoolean, ofInteger, ofType } from './graph-node.ts';
import type { DataType } from './graph-node.ts';
import { operandAt, operandTypeAt, resultTypeAt, tensorAt } from './operation-spelling.ts';
import type { OperationSpelling, SpellingSite } from './operation-spelling.ts';
import { everyStep, featuresFrom, reversedSteps, spreadSteps, stepsFrom, toLanes } from './lane-tensors.ts';
import { spellScan } from './scan-spelling.ts';
import { ofGraphTensor } from './spelled-value.ts';
import type { LanesValue, SpelledValue } from './spelled-value.ts';
import { isStatic, reshapeTarget, shapeTensor, staticShape } from './symbolic-shape.ts';
import type { TensorFlowOperation } from './tensorflow-operation.ts';

/** Every operation's TensorFlow spelling. */
export const operationSpellings: { readonly [Kind in OperationKind]: OperationSpelling<Kind> } = {
  constant: spellConstant,
  negate: elementwise('Neg'),
  exp: elementwise('Exp'),
  log: elementwise('Log'),
  sqrt: elementwise('Sqrt'),
  rsqrt: elementwise('Rsqrt'),
  square: elementwise('Square'),
  abs: elementwise('Abs'),
  sign: elementwise('Sign'),
  sigmoid: elementwise('Sigmoid'),
  tanh: elementwise('Tanh'),
  cosine: elementwise('Cos'),
  relu: elementwise('Relu'),
  add: elementwise('AddV2'),
  subtract: elementwise('Sub'),
  multiply: elementwise('Mul'),
  divide: elementwise('RealDiv'),
  maximum: elementwise('Maximum'),
  minimum: elementwise('Minimum'),
  power: elementwise('Pow'),
  greater: elementwise('Greater', 'bool'),
  select: (site) => {
    const first = tensorAt(site, 1);
    return write(site, 'SelectV2', [tensorAt(site, 0), first, tensorAt(site, 2)], first.type, { T: ofType(first.type) });
  },
  cast: (site) => {
    const input = tensorAt(site, 0);
    const type = dataTypeOf[site.attributes.type];
    if (input.type === type) return [ofGraphTensor(input)];
    return write(site, 'Cast', [input], type, { SrcT: ofType(input.type), DstT: ofType(type), Truncate: ofBoolean(false) });
  },
  matmul: (site) => {
    const left = tensorAt(site, 0);
    const { transposeLeft, transposeRight } = site.attributes;
    const attributes = { T: ofType(left.type), transpose_a: ofBoolean(transposeLeft), transpose_b: ofBoolean(transposeRight) };
    return write(site, 'MatMul', [left, tensorAt(site, 1)], left.type, attributes);
  },
  reshape: spellReshape,
  transpose: (site) => {
    const { permutation } = site.attributes;
    const operand = operandAt(site, 0);
    if (permutation.every((axis, position) => axis === position)) return [operand];
    if (operand.kind === 'uniform') return [{ ...operand, type: resultTypeAt(site, 0) }];
    if (permutation.join() === '1,0,2') {
      if (operand.kind === 'lanes') return [{ ...operand, batchFirst: !operand.batchFirst }];
      return [operand.kind === 'swapped' ? ofGraphTensor(operand.tensor) : { kind: 'swapped', tensor: tensorAt(site, 0) }];
    }
    const input = tensorAt(site, 0);
    const attributes = { T: ofType(input.type), Tperm: ofType('int32') };
    return write(site, 'Transpose', [input, site.scope.integers(permutation)], input.type, attributes);
  },
  broadcast: (site) => {
    const operand = operandAt(site, 0);
    if (operand.kind === 'uniform') return [{ ...operand, type: resultTypeAt(site, 0) }];
    const input = tensorAt(site, 0);
    if (operandTypeAt(site, 0).shape.length === 0) {
      const inputs = [shapeTensor(site.scope, site.attributes.shape), input];
      return write(site, 'Fill', inputs, input.type, { T: ofType(input.type), index_type: ofType('int32') });
    }
    const attributes = { T: ofType(input.type), Tidx: ofType('int32') };
    return write(site, 'BroadcastTo', [input, shapeTensor(site.scope, site.attributes.shape)], input.type, attributes);
  },
  slice: spellSlice,
  pad: (site) => {
    const { axis, before, after } = site.attributes;
    const lanes = timeInLanes(site, axis);
    if (lanes !== undefined) return [{ ...lanes, lanes: stepsFrom(lanes.lanes, -before, before + lanes.lanes.steps + after) }];
    const spread = spreadOut(operandAt(site, 0), axis, before, after);
    if (spread !== undefined) return [spread];
    const input = tensorAt(site, 0);
    const rank = operandTypeAt(site, 0).shape.length;
    const values = Array.from({ length: rank }, (_, at) => (at === axis ? [before, after] : [0, 0])).flat();
    const paddings = site.scope.constant({ type: 'int32', shape: [rank, 2], values });
    return write(site, 'Pad', [input, paddings], input.type, { T: ofType(input.type), Tpaddings: ofType('int32') });
  },
  reverse: (site) => {
    const operand = operandAt(site, 0);
    const { axis } = site.attributes;
    if (operand.kind === 'uniform') return [operand];
    if (operand.kind === 'steps' && axis === 0) return [{ kind: 'steps', steps: operand.steps.toReversed() }];
    const lanes = timeInLanes(site, axis);
    if (lanes !== undefined) return [{ ...lanes, lanes: reversedSteps(lanes.lanes) }];
    const input = tensorAt(site, 0);
    return write(site, 'ReverseV2', [input, site.scope.integers([axis])], input.type, { T: ofType(input.type), Tidx: ofType('int32') });
  },
  split: spellSplit,
  concatenate: (site) => {
    const inputs = site.operands.map((_, index) => tensorAt(site, index));
    const [first] = inputs;
    if (first === undefined || inputs.length === 1) return site.operands;
    const attributes = { N: ofInteger(inputs.length), T: ofType(first.type), Tidx: ofType('int32') };
    return write(site, 'ConcatV2', [...inputs, site.scope.integer(site.attributes.axis)], first.type, attributes);
  },
  'reduce-sum': reduction('Sum'),
  'reduce-mean': reduction('Mean'),
  'reduce-max': reduction('Max'),
  'random-uniform': (site) => {
    const shape = shapeTensor(site.scope, site.attributes.shape);
    const attributes = { T: ofType('int32'), dtype: ofType('float32'), Tseed: ofType('int32') };
    return write(site, 'StatelessRandomUniform', [shape, tensorAt(site, 0)], 'float32', attributes);
  },
  'stop-gradient': (site) => site.operands,
  scan: spellScan,
};

function write(
  site: SpellingSite<OperationKind>,
  operation: TensorFlowOperation,
  inputs: Parameters<typeof site.scope.add>[1],
  type: DataType,
  attributes: Parameters<typeof site.scope.add>[3],
): readonly SpelledValue[] {
  return [ofGraphTensor(site.scope.add(operation, inputs, type, attributes))];
}

/** An operation on elements of one type, with TensorFlow's broadcasting, which is NumPy's. */
function elementwise(operation: TensorFlowOperation, result?: DataType): (site: SpellingSite<OperationKind>) => readonly SpelledValue[] {
  return (site) => {
    const inputs = site.operands.map((_, index) => tensorAt(site, index));
    const type = inputs[0]?.type ?? 'float32';
    return write(site, operation, inputs, result ?? type, { T: ofType(type) });
  };
}

function reduction(operation: 'Sum' | 'Mean' | 'Max'): OperationSpelling<'reduce-sum' | 'reduce-mean' | 'reduce-max'> {
  return (site) => {
    const { axes, keepAxes } = site.attributes;
    if (axes.length === 0) return site.operands;
    const input = tensorAt(site, 0);
    const { shape } = operandTypeAt(site, 0);
    if (axes.every((axis) => shape[axis] !== undefined && knownSize(shape[axis]) === 1)) {
      // One number is its own maximum, sum and mean. Left to TensorFlow's optimizer, the operation and a reshape after it
      // vanish together, and with them an axis.
      return write(site, 'Reshape', [input, reshapeTarget(site.scope, site.resultTypes[0]?.shape ?? [])], input.type, { T: ofType(input.type), Tshape: ofType('int32') });
    }
    const attributes = { T: ofType(input.type), Tidx: ofType('int32'), keep_dims: ofBoolean(keepAxes) };
    return write(site, operation, [input, site.scope.integers(axes)], input.type, attributes);
  };
}

function spellConstant(site: SpellingSite<'constant'>): readonly SpelledValue[] {
  const { shape, values } = site.attributes;
  const type = dataTypeOf[site.attributes.type];
  const [only] = values;
  if (only !== undefined && values.length === 1) return [{ kind: 'uniform', value: only, type: resultTypeAt(site, 0) }];
  if (isStatic(shape)) return [ofGraphTensor(site.scope.constant({ type, shape: staticShape(shape), values }))];
  throw new RangeError('a constant with a symbolic axis repeats one value');
}

/** A sequence in lanes between time first and folded: groups of neighbouring steps, [groups, neighbours, batch, features]. */
function foldedOrBack(site: SpellingSite<'reshape'>): SpelledValue | undefined {
  const operand = operandAt(site, 0);
  const sizes = site.attributes.shape.map(knownSize);
  if (operand.kind === 'folded') {
    const { steps, view } = operand.of.lanes;
    return sizes.length === 3 && sizes[0] === steps && sizes[2] === view.rows ? operand.of : undefined;
  }
  const [groups, neighbours, , features] = sizes;
  const [steps, , rows, ...more] = operandTypeAt(site, 0).shape.map(knownSize);
  if (sizes.length !== 4 || more.length > 0 || groups === undefined || neighbours === undefined || groups * neighbours !== steps || features !== rows) return undefined;
  const of = timeInLanes(site, 0);
  return of && { kind: 'folded', of, neighbours };
}

/** One step of each group of neighbours. */
function oneOfNeighbours(operand: SpelledValue, axis: number, start: number, length: number): SpelledValue | undefined {
  if (operand.kind !== 'folded' || axis !== 1 || length !== 1) return undefined;
  return { ...operand, of: { ...operand.of, lanes: everyStep(operand.of.lanes, operand.neighbours, start) }, neighbours: 1 };
}

/** … and back: each step in a group of its own, with zeros for neighbours. */
function spreadOut(operand: SpelledValue, axis: number, before: number, after: number): SpelledValue | undefined {
  if (operand.kind !== 'folded' || operand.neighbours !== 1 || axis !== 1) return undefined;
  const neighbours = before + 1 + after;
  const lanes = spreadSteps(operand.of.lanes, neighbours, before);
  return lanes && { ...operand, of: { ...operand.of, lanes }, neighbours };
}

function spellReshape(site: SpellingSite<'reshape'>): readonly SpelledValue[] {
  const operand = operandAt(site, 0);
  const { shape } = site.attributes;
  if (operand.kind === 'uniform') return [{ ...operand, type: resultTypeAt(site, 0) }];
  // The last step of a stack, [1, …] reshaped to […], is that step.
  if (operand.kind === 'steps' && operand.steps.length === 1 && shape.length === operandTypeAt(site, 0).shape.length - 1) {
    const [, ...element] = operandTypeAt(site, 0).shape;
    if (JSON.stringify(element) === JSON.stringify(shape)) return operand.steps;
  }
  const folded = foldedOrBack(site);
  if (folded !== undefined) return [folded];
  const input = tensorAt(site, 0);
  const attributes = { T: ofType(input.type), Tshape: ofType('int32') };
  return write(site, 'Reshape', [input, reshapeTarget(site.scope, shape)], input.type, attributes);
}

/**
 * The operand of a cut, a padding or a turn along time, where it is in lanes: then it stays where it is, and is read some
 * steps earlier or later, or elsewhere altogether. A plain sequence turned time first is meant for a scan: the kernel wants it in lanes anyway.
 */
function timeInLanes(site: SpellingSite<'pad' | 'slice' | 'reverse' | 'reshape'>, axis: number): LanesValue | undefined {
  const operand = operandAt(site, 0);
  const { type, shape } = operandTypeAt(site, 0);
  if (operand.kind === 'lanes') return axis === (operand.batchFirst ? 1 : 0) ? operand : undefined;
  const [steps, , rows] = shape.map(knownSize);
  if (operand.kind !== 'swapped' || axis !== 0 || type !== 'float' || !site.settings.scanKernel || !site.scope.isGraph) return undefined;
  if (steps === undefined || rows === undefined || rows === 0) return undefined;
  return { kind: 'lanes', lanes: toLanes(site.scope, operand.tensor, true, steps, rows), batchFirst: false, element: 'float32', rank: 3 };
}

function spellSlice(site: SpellingSite<'slice'>): readonly SpelledValue[] {
  const operand = operandAt(site, 0);
  const { axis, start, length } = site.attributes;
  if (operand.kind === 'steps' && axis === 0) return [{ kind: 'steps', steps: operand.steps.slice(start, start + length) }];
  const lanes = timeInLanes(site, axis);
  if (lanes !== undefined) return [{ ...lanes, lanes: stepsFrom(lanes.lanes, start, length) }];
  const one = oneOfNeighbours(operand, axis, start, length);
  if (one !== undefined) return [one];
  if (operand.kind === 'lanes' && operand.rank === 3 && axis === 2) return [{ ...operand, lanes: featuresFrom(operand.lanes, start, length) }];
  const input = tensorAt(site, 0);
  const rank = operandTypeAt(site, 0).shape.length;
  const along = (value: number, elsewhere: number): readonly number[] =>
    Array.from({ length: rank }, (_, at) => (at === axis ? value : elsewhere));
  const bounds = [site.scope.integers(along(start, 0)), site.scope.integers(along(length, -1))];
  return write(site, 'Slice', [input, ...bounds], input.type, { T: ofType(input.type), Index: ofType('int32') });
}

function spellSplit(site: SpellingSite<'split'>): readonly SpelledValue[] {
  const { axis, lengths } = site.attributes;
  if (lengths.length === 1) return site.operands;
  const input = tensorAt(site, 0);
  const types = lengths.map(() => input.type);
  const along = site.scope.integer(axis);
  const attributes = { T: ofType(input.type), num_split: ofInteger(lengths.length) };
  const even = lengths.every((length) => length === lengths[0]);
  const parts = even
    ? site.scope.addList('Split', [along, input], types, attributes)
    : site.scope.addList('SplitV', [input, site.scope.integers(lengths), along], types, { ...attributes, Tlen: ofType('int32') });
  return parts.map(ofGraphTensor);
}
