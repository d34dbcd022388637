import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';

/** A product that TensorFlow has one operation for: dy · y · (1 − y), dy · (1 − y²). */
export interface ActivationGradient {
  readonly operation: 'SigmoidGrad' | 'TanhGrad';
  /** The activation's result, y. */
  readonly result: ValueId;
  /** The gradient that arrives, dy. */
  readonly arriving: ValueId;
}

export interface ActivationGradients {
  /** By the product's own value. */
  readonly products: ReadonlyMap<ValueId, ActivationGradient>;
  /** Instructions that only such products use, and that need not be written. */
  readonly absorbed: ReadonlySet<Instruction>;
}

const known = new WeakMap<Body, ActivationGradients>();

/** The gradients of sigmoid and tanh in a body: a quarter of a gated cell's nodes when written as they are. */
export function activationGradients(body: Body): ActivationGradients {
  const found = known.get(body) ?? findActivationGradients(body);
  known.set(body, found);
  return found;
}

function findActivationGradients(body: Body): ActivationGradients {
  const makers = new Map(body.instructions.flatMap((instruction) => instruction.outputs.map((id) => [id, instruction] as const)));
  const products = new Map<ValueId, ActivationGradient>();
  for (const instruction of body.instructions) {
    const [product] = instruction.outputs;
    if (instruction.kind !== 'multiply' || product === undefined || products.has(product)) continue;
    const gradient = matchGradient(body, makers, instruction);
    if (gradient !== undefined) products.set(product, gradient);
  }
  return { products, absorbed: absorbedBy(body, products) };
}

type Makers = ReadonlyMap<ValueId, Instruction>;

/** dy and the slope in either order; the shapes must agree, since these operations do not broadcast. */
function matchGradient(body: Body, makers: Makers, product: Instruction): ActivationGradient | undefined {
  const [first, second] = product.inputs;
  if (first === undefined || second === undefined) return undefined;
  for (const [arriving, slope] of [[first, second], [second, first]] as const) {
    const match = matchSlope(makers, slope);
    if (match !== undefined && sameShape(body, match.result, arriving)) return { ...match, arriving };
  }
  return undefined;
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
  const one = makers.get(maker?.inputs[0] ?? -1);
  const isOne = one?.kind === 'constant' && one.attributes.shape.length === 0 && one.attributes.values[0] === 1;
  return maker?.kind === 'subtract' && isOne ? maker.inputs[1] : undefined;
}

function sameShape(body: Body, first: ValueId, second: ValueId): boolean {
  return JSON.stringify(body.values[first]?.shape) === JSON.stringify(body.values[second]?.shape);
}

function absorbedBy(body: Body, products: ReadonlyMap<ValueId, ActivationGradient>): ReadonlySet<Instruction> {
  const used = new Set(body.outputs);
  const absorbed = new Set<Instruction>();
  for (const instruction of body.instructions.toReversed()) {
    const gradient = products.get(instruction.outputs[0] ?? -1);
    if (gradient !== undefined) [gradient.result, gradient.arriving].forEach((id) => used.add(id));
    else if (instruction.outputs.some((id) => used.has(id))) instruction.inputs.forEach((id) => used.add(id));
    else absorbed.add(instruction);
  }
  return absorbed;
}
