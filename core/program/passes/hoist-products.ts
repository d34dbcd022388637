import { batchSize, productOfSizes } from '../../shapes/size.ts';
import { BodyBuilder } from '../body-builder.ts';
import { add, matmul, reduceSum, reshape } from '../expressions.ts';
import type { Body, ScanAttributes } from '../instruction.ts';
import { partsOfScan } from '../operations/scan.ts';
import type { Value } from '../value.ts';
import { eliminateDeadCode } from './eliminate-dead-code.ts';
import { planHoisting } from './hoisting-plan.ts';
import type { HoistedTerm, HoistingPlan } from './hoisting-plan.ts';
import { emitCopy, rewriteBody } from './rewrite-body.ts';

/**
 * Takes work out of scans that need not be done step by step: products of a sequence with an invariant (one large
 * product before the loop), products that only leave the scan (after the loop), and running sums of xᵀ·d or of rows
 * (one product or one sum after the loop). The values stay the same up to the order of additions.
 */
export function hoistProducts(body: Body, wanted: (scan: ScanAttributes) => boolean = () => true): Body {
  const rewritten = rewriteBody(body, (builder, instruction, inputs) => {
    if (instruction.kind !== 'scan' || !wanted(instruction.attributes)) return emitCopy(builder, instruction, inputs);
    const attributes = { ...instruction.attributes, body: hoistProducts(instruction.attributes.body, wanted) };
    const plan = planHoisting(attributes);
    return plan === undefined ? builder.emit('scan', inputs, attributes) : emitHoisted(builder, attributes, plan, inputs);
  });
  return eliminateDeadCode(rewritten);
}

/** [steps, rows, columns] as one matrix [steps · rows, columns]. */
function asMatrix(builder: BodyBuilder, stack: Value): Value {
  const [steps, rows, columns] = stack.shape;
  if (steps === undefined || rows === undefined || columns === undefined) throw new TypeError('only stacks of matrices can be hoisted');
  return reshape(builder, stack, [productOfSizes([steps, rows]), columns]);
}

/** stack [steps, rows, inner] · matrix → [steps, rows, columns], as one product. */
function multiplyStack(builder: BodyBuilder, stack: Value, matrix: Value, transposeRight: boolean): Value {
  const product = matmul(builder, asMatrix(builder, stack), matrix, { transposeRight });
  const columns = product.shape[1] ?? batchSize;
  return reshape(builder, product, [...stack.shape.slice(0, 2), columns]);
}

function emitHoisted(builder: BodyBuilder, attributes: ScanAttributes, plan: HoistingPlan, inputs: readonly Value[]): readonly Value[] {
  const given = partsOfScan(attributes, inputs);
  const pick = (items: readonly Value[], index: number): Value => {
    const item = items[index];
    if (item === undefined) throw new RangeError(`the scan has no item ${index}`);
    return item;
  };
  const projected = plan.projections.map(({ sequence, invariant, transposeRight }) =>
    multiplyStack(builder, pick(given.sequences, sequence), pick(given.invariants, invariant), transposeRight));
  const { finalStates, stacked } = builder.scan({
    sequences: [...given.sequences, ...projected],
    initialStates: given.states,
    invariants: given.invariants,
    steps: attributes.steps,
    backwards: attributes.backwards,
    body: innerBody(attributes, plan),
  });
  const ownOutputs = attributes.body.outputs.length - attributes.stateCount;
  const extra = stacked.slice(ownOutputs);
  const states = finalStates.map((state, index) => {
    const sums = plan.sums.find((sum) => sum.state === index);
    const start = sums?.rest.length === 0 ? pick(given.states, index) : state;
    return (sums?.terms ?? []).reduce((total, term) => add(builder, total, sumOfTerm(builder, term, extra)), start);
  });
  const outputs = stacked.slice(0, ownOutputs).map((output, index) => {
    const product = plan.products.find((own) => own.output === index);
    return product === undefined ? output
      : multiplyStack(builder, pick(extra, product.stack), pick(given.invariants, product.invariant), product.transposeRight);
  });
  return [...states, ...outputs];
}

function sumOfTerm(builder: BodyBuilder, term: HoistedTerm, extra: readonly Value[]): Value {
  const first = extra[term.left];
  if (first === undefined) throw new RangeError('a hoisted term lost its stack');
  if (term.kind === 'rows') return reduceSum(builder, first, [0, 1]);
  const second = extra[term.right];
  if (second === undefined) throw new RangeError('a hoisted term lost its stack');
  return matmul(builder, asMatrix(builder, first), asMatrix(builder, second), { transposeLeft: true });
}

/** The body with projected sequences as further sequence inputs, thinner sums, and the stacks that the hoisted work needs. */
function innerBody(attributes: ScanAttributes, plan: HoistingPlan): Body {
  const { body, sequenceCount, stateCount } = attributes;
  const builder = new BodyBuilder();
  const copies = new Map<number, Value>();
  const copyOf = (id: number): Value => {
    const copy = copies.get(id);
    if (copy === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return copy;
  };
  const declare = (id: number): void => {
    const value = body.values[id];
    if (value !== undefined) copies.set(id, builder.input(value.type, value.shape, value.origin));
  };
  body.inputs.slice(0, sequenceCount).forEach(declare);
  plan.projections.forEach(({ result }) => declare(result));
  body.inputs.slice(sequenceCount).forEach(declare);
  const replaced = new Set(plan.projections.map(({ result }) => result));
  for (const instruction of body.instructions) {
    if (instruction.outputs.some((id) => replaced.has(id))) continue;
    const results = emitCopy(builder, instruction, instruction.inputs.map(copyOf));
    instruction.outputs.forEach((id, index) => {
      const result = results[index];
      if (result !== undefined) copies.set(id, result);
    });
  }
  const states = body.outputs.slice(0, stateCount).map((id, index) => {
    const sums = plan.sums.find((sum) => sum.state === index);
    return sums === undefined ? copyOf(id) : sums.rest.reduce((total, rest) => add(builder, total, copyOf(rest)), copyOf(sums.carried));
  });
  const outputs = body.outputs.slice(stateCount).map((id, index) => {
    const product = plan.products.find((own) => own.output === index);
    return product === undefined ? copyOf(id) : copyOf(plan.stacks[product.stack] ?? id);
  });
  return eliminateDeadCode(builder.finish([...states, ...outputs, ...plan.stacks.map(copyOf)]));
}
