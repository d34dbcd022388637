import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';

/** What TensorFlow has one operation for: dy · y · (1 − y), dy · (1 − y²), dy where y > 0. */
export interface ActivationGradient {
  readonly operation: 'SigmoidGrad' | 'TanhGrad' | 'ReluGrad';
  /** The activation's result, y. */
  readonly result: ValueId;
  /** The gradient that arrives, dy. */
  readonly arriving: ValueId;
}

export interface ActivationGradients {
  /** By the value that such an operation gives. */
  readonly gradients: ReadonlyMap<ValueId, ActivationGradient>;
  /** Instructions that only such operations use, and that need not be written. */
  readonly absorbed: ReadonlySet<Instruction>;
}

const known = new WeakMap<Body, ActivationGradients>();

/** The gradients of sigmoid, tanh and ReLU in a body: a quarter of a gated cell's nodes when written as they are. */
export function activationGradients(body: Body): ActivationGradients {
  const found = known.get(body) ?? findActivationGradients(body);
  known.set(body, found);
  return found;
}

function findActivationGradients(body: Body): ActivationGradients {
  const makers = new Map(body.instructions.flatMap((instruction) => instruction.outputs.map((id) => [id, instruction] as const)));
  const gradients = new Map<ValueId, ActivationGradient>();
  for (const instruction of body.instructions) {
    const [result] = instruction.outputs;
    const gradient = instruction.kind === 'multiply' ? matchProduct(body, makers, instruction) : instruction.kind === 'select' ? matchChoice(body, makers, instruction) : undefined;
    if (result !== undefined && gradient !== undefined) gradients.set(result, gradient);
  }
  return { gradients, absorbed: absorbedBy(body, gradients) };
}

type Makers = ReadonlyMap<ValueId, Instruction>;

/** dy and the slope in either order; the shapes must agree, since these operations do not broadcast. */
function matchProduct(body: Body, makers: Makers, product: Instruction): ActivationGradient | undefined {
  const [first, second] = product.inputs;
  if (first === undefined || second === undefined) return undefined;
  for (const [arriving, slope] of [[first, second], [second, first]] as const) {
    const match = matchSlope(makers, slope);
    if (match !== undefined && sameShape(body, match.result, arriving)) return { ...match, arriving };
  }
  return undefined;
}

/** y > 0 ? dy : 0. */
function matchChoice(body: Body, makers: Makers, choice: Instruction): ActivationGradient | undefined {
  const [condition = -1, arriving = -1, otherwise = -1] = choice.inputs;
  const comparison = makers.get(condition);
  const [result = -1, bound = -1] = comparison?.inputs ?? [];
  const fits = comparison?.kind === 'greater' && isNumber(makers.get(bound), 0) && isNumber(makers.get(otherwise), 0);
  return fits && body.values[result]?.type === 'float' && sameShape(body, result, arriving) ? { operation: 'ReluGrad', result, arriving } : undefined;
}

/** y · (1 − y), or 1 − y². */
function matchSlope(makers: Makers, slope: ValueId): Pick<ActivationGradient, 'operation' | 'result'> | undefined {
  const maker = makers.get(slope);
  if (maker?.kind === 'multiply') {
    const [first, second] = maker.inputs;
    if (first === undefined || second === undefined) return undefined;
    if (oneMinus(makers, second) === first) return { operation: 'SigmoidGrad', result: first };
    if (oneMinus(makers, first) === second) return { operation: 'SigmoidGrad', result: second };
    return undefined;
  }
  const squared = makers.get(oneMinus(makers, slope) ?? -1);
  const [result] = squared?.inputs ?? [];
  return squared?.kind === 'square' && result !== undefined ? { operation: 'TanhGrad', result } : undefined;
}

/** x where the value is 1 − x. */
function oneMinus(makers: Makers, id: ValueId): ValueId | undefined {
  const maker = makers.get(id);
  return maker?.kind === 'subtract' && isNumber(makers.get(maker.inputs[0] ?? -1), 1) ? maker.inputs[1] : undefined;
}

function isNumber(maker: Instruction | undefined, value: number): boolean {
  return maker?.kind === 'constant' && maker.attributes.shape.length === 0 && maker.attributes.values[0] === value;
}

function sameShape(body: Body, first: ValueId, second: ValueId): boolean {
  return JSON.stringify(body.values[first]?.shape) === JSON.stringify(body.values[second]?.shape);
}

function absorbedBy(body: Body, gradients: ReadonlyMap<ValueId, ActivationGradient>): ReadonlySet<Instruction> {
  const used = new Set(body.outputs);
  const absorbed = new Set<Instruction>();
  for (const instruction of body.instructions.toReversed()) {
    const gradient = gradients.get(instruction.outputs[0] ?? -1);
    if (gradient !== undefined) [gradient.result, gradient.arriving].forEach((id) => used.add(id));
    else if (instruction.outputs.some((id) => used.has(id))) instruction.inputs.forEach((id) => used.add(id));
    else absorbed.add(instruction);
  }
  return absorbed;
}
