import type { Body, Instruction, InstructionOf } from '../../core/program/instruction.ts';
import { countUses } from '../../core/program/passes/hoisting-plan.ts';
import type { ValueId } from '../../core/program/value.ts';
import { makersOf } from '../scan-kernel/elementwise-groups.ts';
import { ofInteger } from './graph-node.ts';
import type { GraphScope } from './graph-scope.ts';
import { valueAt } from './operation-spelling.ts';
import { asTensor, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/** One operation of the scan kernel: a dense layer forwards, what its inputs contribute to the loss, or its weights' gradients. */
export interface SmallProduct {
  readonly product: InstructionOf<'matmul'>;
  /** left · right + bias, or the rectified part of it: [rows, columns]. */
  readonly result: ValueId;
  readonly bias?: ValueId;
  readonly rectified?: boolean;
  /** Σ over the rows of the right factor: [columns]. */
  readonly columnSums?: ValueId;
}

export interface SmallProducts {
  /** By every value that such an operation gives. */
  readonly products: ReadonlyMap<ValueId, SmallProduct>;
  /** What is nothing but a part of such an operation. */
  readonly absorbed: ReadonlySet<Instruction>;
}

/**
 * Weights in the nearest caches. Up to here the kernel's products make a dense network's step 0.8 times as long, with TensorFlow
 * on one thread or two; from 256 × 256 on two threads are faster, and larger products are left to them.
 */
const mostWeights = 16_384;

/** The products of a body that the kernel does, each with what comes before and after it where nobody sees the parts. */
export function smallProducts(body: Body): SmallProducts {
  const search = new ProductSearch(body);
  for (const instruction of body.instructions) search.takeForwards(instruction);
  for (const instruction of body.instructions) search.takeColumnSums(instruction);
  return search;
}

class ProductSearch implements SmallProducts {
  readonly products = new Map<ValueId, SmallProduct>();
  readonly absorbed = new Set<Instruction>();
  readonly #body: Body;
  readonly #makers: ReadonlyMap<ValueId, Instruction>;
  readonly #positions: ReadonlyMap<Instruction, number>;
  readonly #uses: ReadonlyMap<ValueId, number>;

  constructor(body: Body) {
    this.#body = body;
    this.#makers = makersOf(body);
    this.#positions = new Map(body.instructions.map((instruction, position) => [instruction, position]));
    this.#uses = countUses(body);
  }

  /** A product, the bias that is added to it, the ReLU of both. */
  takeForwards(instruction: Instruction): void {
    const [first = -1, second = -1] = instruction.inputs;
    const [result = -1] = instruction.outputs;
    if (instruction.kind === 'matmul' && this.#isSmall(instruction)) this.products.set(result, { product: instruction, result });
    if (instruction.kind === 'add' && !this.#addBias(first, second, result)) this.#addBias(second, first, result);
    if (instruction.kind === 'relu') this.#extend(first, { result, rectified: true });
  }

  /** The gradient of a bias goes with that of its kernel: both read what arrives. */
  takeColumnSums(sum: Instruction): void {
    const [summed = -1] = sum.inputs;
    const [columnSums = -1] = sum.outputs;
    if (sum.kind !== 'reduce-sum' || sum.attributes.axes.join() !== '0' || this.#body.values[summed]?.shape.length !== 2) return;
    for (const known of this.products.values()) {
      const { product: { inputs: [left = -1, right], attributes: { transposeLeft, transposeRight } } } = known;
      const isGradient = right === summed && transposeLeft && !transposeRight && known.bias === undefined && known.columnSums === undefined;
      // Whichever is written first makes both, and must find what both read.
      if (!isGradient || this.#positionOf(left) >= this.#positions.get(sum)!) continue;
      const both = { ...known, columnSums };
      this.products.set(known.result, both).set(columnSums, both);
      return;
    }
  }

  #addBias(product: ValueId, bias: ValueId, result: ValueId): boolean {
    const known = this.products.get(product);
    return known?.bias === undefined && known?.rectified !== true && this.#isBias(bias, product) && this.#extend(product, { result, bias });
  }

  /** Lets a product give what one instruction makes of it, if that is all that becomes of it. */
  #extend(id: ValueId, added: Pick<SmallProduct, 'result'> & Partial<SmallProduct>): boolean {
    const known = this.products.get(id);
    if (known === undefined || this.#uses.get(id) !== 1) return false;
    this.products.delete(id);
    this.products.set(added.result, { ...known, ...added });
    this.absorbed.add(this.#makers.get(id)!);
    return true;
  }

  /** Two of the three sizes are a layer's, and the batch is the third. */
  #isSmall({ inputs, outputs, attributes: { transposeLeft } }: InstructionOf<'matmul'>): boolean {
    const [left, result] = [this.#body.values[inputs[0] ?? -1], this.#body.values[outputs[0] ?? -1]];
    if (left?.type !== 'float' || left.shape.length !== 2 || result?.shape.length !== 2) return false;
    const sizes = [...result.shape, left.shape[transposeLeft ? 0 : 1]];
    const [least, next] = sizes.flatMap((size) => (size?.kind === 'constant' ? [size.value] : [])).sort((first, second) => first - second);
    return least !== undefined && next !== undefined && least * next <= mostWeights;
  }

  #isBias(bias: ValueId, product: ValueId): boolean {
    const [size, ...others] = this.#body.values[bias]?.shape ?? [];
    const columns = this.#body.values[product]?.shape[1];
    return size?.kind === 'constant' && others.length === 0 && columns?.kind === 'constant' && size.value === columns.value;
  }

  #positionOf(id: ValueId): number {
    const maker = this.#makers.get(id);
    return maker === undefined ? -1 : this.#positions.get(maker)!;
  }
}

/** Writes a product and stores what it gives in `values`. */
export function spellSmallProduct(scope: GraphScope, values: (SpelledValue | undefined)[], own: SmallProduct): void {
  const inputs = [...own.product.inputs, ...(own.bias === undefined ? [] : [own.bias])].map((id) => asTensor(scope, valueAt(values, id)));
  const given = [own.result, ...(own.columnSums === undefined ? [] : [own.columnSums])];
  const { transposeLeft, transposeRight } = own.product.attributes;
  const flag = (isSet: boolean) => ofInteger(Number(isSet));
  const outputs = scope.addList('UnrollMatMul', inputs, given.map(() => 'float32' as const), {
    transpose_left: flag(transposeLeft),
    transpose_right: flag(transposeRight),
    bias_count: flag(own.bias !== undefined),
    rectified: flag(own.rectified === true),
    sum_count: flag(own.columnSums !== undefined),
  });
  given.forEach((id, index) => {
    values[id] = ofGraphTensor(outputs[index]!);
  });
}
