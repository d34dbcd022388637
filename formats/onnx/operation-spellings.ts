import type { Body, Instruction, InstructionOf, OperationKind } from '../../core/program/instruction.ts';
import type { TensorShape } from '../../core/program/value.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { legalName } from '../../core/export/layer-names.ts';
import { elementTypes } from './onnx-schema.ts';
import type { OnnxSite } from './onnx-site.ts';
import { ofInteger, ofIntegers } from './onnx-scope.ts';
import type { Attributes, OnnxScope } from './onnx-scope.ts';
import { spellScan } from './scan-spelling.ts';

/** The ONNX row of an operation: writes nodes of operation set 17 and gives the names of its results, in order. */
type OnnxSpelling<Kind extends OperationKind> = (site: OnnxSite<Kind>) => readonly string[];

/** Every operation's ONNX spelling. */
const onnxSpellings: { readonly [Kind in OperationKind]: OnnxSpelling<Kind> } = {
  constant: spellConstant,
  negate: elementwise('Neg'),
  exp: elementwise('Exp'),
  log: elementwise('Log'),
  sqrt: elementwise('Sqrt'),
  rsqrt: (site) => write(site, 'Reciprocal', [site.scope.add('Sqrt', site.operands)]),
  square: (site) => write(site, 'Mul', [site.operands[0]!, site.operands[0]!]),
  abs: elementwise('Abs'),
  sign: elementwise('Sign'),
  sigmoid: elementwise('Sigmoid'),
  tanh: elementwise('Tanh'),
  cosine: elementwise('Cos'),
  relu: elementwise('Relu'),
  add: elementwise('Add'),
  subtract: elementwise('Sub'),
  multiply: elementwise('Mul'),
  divide: elementwise('Div'),
  maximum: elementwise('Max'),
  minimum: elementwise('Min'),
  power: elementwise('Pow'),
  greater: elementwise('Greater'),
  select: elementwise('Where'),
  cast: (site) => write(site, 'Cast', site.operands, { to: ofInteger(elementTypes[site.attributes.type]) }),
  matmul: (site) => {
    const { transposeLeft, transposeRight } = site.attributes;
    if (!transposeLeft && !transposeRight) return write(site, 'MatMul', site.operands);
    return write(site, 'Gemm', site.operands, { transA: ofInteger(Number(transposeLeft)), transB: ofInteger(Number(transposeRight)) });
  },
  reshape: (site) => write(site, 'Reshape', [site.operands[0]!, reshapeTarget(site.scope, site.attributes.shape)]),
  transpose: (site) => write(site, 'Transpose', site.operands, { perm: ofIntegers(site.attributes.permutation) }),
  broadcast: (site) => write(site, 'Expand', [site.operands[0]!, site.scope.shape(site.attributes.shape)]),
  slice: ({ attributes: { axis, start, length }, ...site }) =>
    write(site, 'Slice', [site.operands[0]!, site.scope.sizes([start]), site.scope.sizes([start + length]), site.scope.sizes([axis])]),
  pad: (site) => {
    const { axis, before, after } = site.attributes;
    const rank = site.operandTypes[0]!.shape.length;
    const along = (count: number): readonly number[] => Array.from({ length: rank }, (_, at) => (at === axis ? count : 0));
    return write(site, 'Pad', [site.operands[0]!, site.scope.sizes([...along(before), ...along(after)])]);
  },
  reverse: (site) => [reversed(site.scope, site.operands[0]!, site.attributes.axis, site.called)],
  split: (site) => {
    const { axis, lengths } = site.attributes;
    return site.scope.addList('Split', [site.operands[0]!, site.scope.sizes(lengths)], lengths.length, { axis: ofInteger(axis) });
  },
  concatenate: (site) => write(site, 'Concat', site.operands, { axis: ofInteger(site.attributes.axis) }),
  'reduce-sum': (site) => {
    const { axes, keepAxes } = site.attributes;
    return axes.length === 0 ? site.operands : write(site, 'ReduceSum', [site.operands[0]!, site.scope.sizes(axes)], { keepdims: ofInteger(Number(keepAxes)) });
  },
  'reduce-mean': reduction('ReduceMean'),
  'reduce-max': reduction('ReduceMax'),
  'random-uniform': () => {
    throw new RangeError('a prediction draws no random numbers');
  },
  'stop-gradient': (site) => site.operands,
  scan: (site) => spellScan(site, spellBody),
};

/**
 * Writes a body's instructions in order.
 *
 * @param inputs the names of what it reads, in its order
 * @returns the names of what it gives, in its order
 */
export function spellBody(scope: OnnxScope, body: Body, inputs: readonly string[]): readonly string[] {
  const names: string[] = [];
  body.inputs.forEach((id, index) => {
    names[id] = inputs[index]!;
  });
  for (const instruction of body.instructions) spellInstruction(scope, body, names, instruction);
  return body.outputs.map((id) => names[id]!);
}

function spellInstruction<Kind extends OperationKind>(scope: OnnxScope, body: Body, names: string[], instruction: InstructionOf<Kind> & Instruction): void {
  const resultTypes = instruction.outputs.map((id) => body.values[id]!);
  const origin = resultTypes[0]?.origin?.name;
  const spell: OnnxSpelling<Kind> = onnxSpellings[instruction.kind];
  const results = spell({
    scope,
    attributes: instruction.attributes,
    operands: instruction.inputs.map((id) => names[id]!),
    operandTypes: instruction.inputs.map((id) => body.values[id]!),
    resultTypes,
    called: origin === undefined ? '' : legalName(origin),
  });
  instruction.outputs.forEach((id, index) => {
    names[id] = results[index]!;
  });
}

function write(site: Pick<OnnxSite<OperationKind>, 'scope' | 'called'>, operation: string, inputs: readonly string[], attributes: Attributes = {}): readonly string[] {
  return [site.scope.add(operation, inputs, attributes, site.called || operation)];
}

function elementwise(operation: string): (site: OnnxSite<OperationKind>) => readonly string[] {
  return (site) => write(site, operation, site.operands);
}

function reduction(operation: 'ReduceMean' | 'ReduceMax'): OnnxSpelling<'reduce-mean' | 'reduce-max'> {
  return (site) => {
    const { axes, keepAxes } = site.attributes;
    return axes.length === 0 ? site.operands : write(site, operation, site.operands, { axes: ofIntegers(axes), keepdims: ofInteger(Number(keepAxes)) });
  };
}

function spellConstant(site: OnnxSite<'constant'>): readonly string[] {
  const { scope, attributes: { shape, values, type } } = site;
  const sizes = shape.map(knownSize);
  const [only] = values;
  if (values.length === 1 && sizes.some((size) => size !== 1)) {
    const scalar = scope.constant({ element: type, shape: [], values: [only!] });
    return write(site, 'Expand', [scalar, scope.shape(shape)]);
  }
  return [scope.constant({ element: type, shape: sizes.map((size) => size!), values })];
}

/** A shape for Reshape, which works out one unknown axis from the others by itself. */
function reshapeTarget(scope: OnnxScope, shape: TensorShape): string {
  const sizes = shape.map((size) => knownSize(size) ?? -1);
  const unknown = sizes.filter((size) => size === -1).length;
  return unknown <= 1 && !sizes.includes(0) ? scope.sizes(sizes) : scope.shape(shape);
}

/** The elements along an axis in the opposite order. */
export function reversed(scope: OnnxScope, value: string, axis: number, called = ''): string {
  const end = scope.sizes([-Number.MAX_SAFE_INTEGER]);
  return scope.add('Slice', [value, scope.sizes([-1]), end, scope.sizes([axis]), scope.sizes([-1])], {}, called || 'reversed');
}
