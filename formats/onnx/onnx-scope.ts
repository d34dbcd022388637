import { freshName } from '../../core/export/layer-names.ts';
import type { Size } from '../../core/shapes/size.ts';
import { printSize } from '../../core/shapes/size.ts';
import type { TensorShape } from '../../core/program/value.ts';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnx-schema.ts';

export type Attributes = Readonly<Record<string, OnnxAttribute>>;

export const ofInteger = (value: number): OnnxAttribute => ({ kind: 'integer', value });
export const ofFloat = (value: number): OnnxAttribute => ({ kind: 'float', value });
export const ofText = (value: string): OnnxAttribute => ({ kind: 'text', value });
export const ofIntegers = (values: readonly number[]): OnnxAttribute => ({ kind: 'integers', values });
export const ofFloats = (values: readonly number[]): OnnxAttribute => ({ kind: 'floats', values });
export const ofTexts = (values: readonly string[]): OnnxAttribute => ({ kind: 'texts', values });

/** What a model's graph and the graphs inside it share: names, and constants, which every inner graph sees. */
interface Sheet {
  readonly taken: Set<string>;
  readonly initializers: OnnxTensor[];
  readonly constants: Map<string, string>;
  readonly sizes: Map<string, string>;
  readonly root: OnnxScope;
}

/** A graph being written. Values are spoken of by their names. */
export class OnnxScope {
  readonly #nodes: OnnxNode[];
  readonly #sheet: Sheet;
  readonly #prefix: string;

  private constructor(prefix: string, nodes: OnnxNode[], sheet: Sheet | null) {
    this.#prefix = prefix;
    this.#nodes = nodes;
    this.#sheet = sheet ?? { taken: new Set(), initializers: [], constants: new Map(), sizes: new Map(), root: this };
  }

  static model(): OnnxScope {
    return new OnnxScope('', [], null);
  }

  /** The same graph, its names under this prefix. */
  named(prefix: string): OnnxScope {
    return new OnnxScope(prefix, this.#nodes, this.#sheet);
  }

  /** A graph inside this one, which sees all that this one has. */
  inner(): OnnxScope {
    return new OnnxScope(this.#prefix, [], this.#sheet);
  }

  /** A name that nothing else has. */
  freshName(wanted: string): string {
    return freshName(this.#prefix === '' ? wanted : `${this.#prefix}/${wanted}`, this.#sheet.taken);
  }

  /** Writes a node with `count` outputs and gives their names. `called` names what it computes. */
  addList(operation: string, inputs: readonly string[], count: number, attributes: Attributes = {}, called = operation): readonly string[] {
    const outputs = Array.from({ length: count }, () => this.freshName(called));
    this.write({ name: outputs[0]!, operation, inputs, outputs, attributes });
    return outputs;
  }

  /** Writes a node with one output. */
  add(operation: string, inputs: readonly string[], attributes: Attributes = {}, called = operation): string {
    return this.addList(operation, inputs, 1, attributes, called)[0]!;
  }

  write(node: OnnxNode): void {
    this.#nodes.push(node);
  }

  /** A constant tensor, written once in a model where it is small. */
  constant({ element, shape, values }: Omit<OnnxTensor, 'name'>, called = 'constant'): string {
    const key = values.length <= 16 ? `${element} ${shape.join()} ${Array.from(values, (value) => (Object.is(value, -0) ? '-0' : value)).join()}` : null;
    const known = key === null ? undefined : this.#sheet.constants.get(key);
    if (known !== undefined) return known;
    const name = this.freshName(called);
    this.#sheet.initializers.push({ name, element, shape, values });
    if (key !== null) this.#sheet.constants.set(key, name);
    return name;
  }

  /** A number of the network's own type. */
  number(value: number): string {
    return this.constant({ element: 'float', shape: [], values: [value] });
  }

  /** A list of sizes, axes or positions. */
  sizes(values: readonly number[]): string {
    return this.constant({ element: 'size', shape: [values.length], values });
  }

  /** Says which value tells the number of series, by its first axis. */
  setBatch(source: string): void {
    const { root, sizes } = this.#sheet;
    sizes.set('batch', root.add('Shape', [source], { start: ofInteger(0), end: ofInteger(1) }, 'batch'));
  }

  /** A shape as a list of sizes, worked out once in a model. */
  shape(shape: TensorShape): string {
    if (shape.every((size) => size.kind === 'constant')) return this.sizes(shape.map((size) => (size.kind === 'constant' ? size.value : 0)));
    const key = shape.map(printSize).join(', ');
    const { root, sizes } = this.#sheet;
    const known = sizes.get(`[${key}]`);
    if (known !== undefined) return known;
    const made = root.add('Concat', shape.map((size) => root.#size(size)), { axis: ofInteger(0) }, 'shape');
    sizes.set(`[${key}]`, made);
    return made;
  }

  /** floor((factor · batch + addend) / divisor), as a list of one. */
  #size(size: Size): string {
    if (size.kind === 'constant') return this.sizes([size.value]);
    const { sizes } = this.#sheet;
    const known = sizes.get(printSize(size));
    if (known !== undefined) return known;
    let made = sizes.get('batch');
    if (made === undefined) throw new RangeError('the graph knows no batch yet');
    if (size.factor !== 1) made = this.add('Mul', [made, this.sizes([size.factor])], {}, 'size');
    if (size.addend !== 0) made = this.add('Add', [made, this.sizes([size.addend])], {}, 'size');
    if (size.divisor !== 1) made = this.add('Div', [made, this.sizes([size.divisor])], {}, 'size');
    sizes.set(printSize(size), made);
    return made;
  }

  /** The graph; constants belong to the model's own. */
  finish(name: string, inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    const isRoot = this.#sheet.root.#nodes === this.#nodes;
    return { name, nodes: this.#nodes, initializers: isRoot ? this.#sheet.initializers : [], inputs, outputs };
  }
}
