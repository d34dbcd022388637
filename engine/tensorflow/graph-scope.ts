import { ofInteger, ofTensor, ofType } from './graph-node.ts';
import type { Attributes, DataType, FunctionDefinition, NodeDefinition, TensorLiteral } from './graph-node.ts';
import { outputNames } from './tensorflow-operation.ts';
import type { TensorFlowOperation } from './tensorflow-operation.ts';

/** One output of one node, or a parameter of a function; valid in the scope that made it. */
export interface GraphTensor {
  readonly node: string;
  readonly operation: TensorFlowOperation | 'parameter';
  readonly output: number;
  readonly type: DataType;
}

/** What all scopes of one graph, or of one function body, write into. */
interface Sheet {
  readonly kind: 'graph' | 'function';
  readonly nodes: NodeDefinition[];
  readonly constants: Map<string, GraphTensor>;
  readonly functions: FunctionLibrary;
  counter: number;
}

/** Functions of a graph, shared by everything in it. */
export class FunctionLibrary {
  readonly #functions: FunctionDefinition[] = [];
  #counter = 0;

  get definitions(): readonly FunctionDefinition[] {
    return this.#functions;
  }

  /** A number that makes names of functions unique. */
  next(): number {
    return this.#counter++;
  }

  add(definition: FunctionDefinition): void {
    this.#functions.push(definition);
  }
}

/** What was written once in a scope: purpose → key → result. */
type Remembered = Map<string, Map<unknown, unknown>>;

/** Constants up to this many elements are shared between their uses. */
const sharedConstantElements = 16;

/**
 * A place to write nodes: the graph under a prefix ("train/"), or a function body. Values that are made once and used
 * often (constants, the batch size, unpacked sequences) are remembered here.
 */
export class GraphScope {
  readonly #sheet: Sheet;
  readonly #batch: () => GraphTensor;
  readonly #prefix: string;
  readonly #label: string;
  readonly #remembered: Remembered;

  private constructor(sheet: Sheet, prefix: string, batch: () => GraphTensor, remembered: Remembered = new Map(), label = '') {
    this.#sheet = sheet;
    this.#prefix = prefix;
    this.#label = label;
    this.#batch = batch;
    this.#remembered = remembered;
  }

  /** The root of a new graph; only its `child` scopes know a batch size. */
  static graph(): GraphScope {
    const sheet: Sheet = { kind: 'graph', nodes: [], constants: new Map(), functions: new FunctionLibrary(), counter: 0 };
    return new GraphScope(sheet, '', noBatch);
  }

  /** The body of a function of the same graph; `batch` gives its int32 batch size when first asked for. */
  functionBody(batch: () => GraphTensor): GraphScope {
    const sheet: Sheet = { kind: 'function', nodes: [], constants: new Map(), functions: this.#sheet.functions, counter: 0 };
    return new GraphScope(sheet, '', batch);
  }

  /** A part of the graph with names and a batch size of its own. */
  child(prefix: string, batch: () => GraphTensor = noBatch): GraphScope {
    return new GraphScope(this.#sheet, this.#prefix + prefix, batch);
  }

  /** The same scope, its next nodes named after what the user knows them by. */
  named(label: string): GraphScope {
    return new GraphScope(this.#sheet, this.#prefix, this.#batch, this.#remembered, `${legalName(label)}/`);
  }

  /** The graph itself, not a function of it. */
  get isGraph(): boolean {
    return this.#sheet.kind === 'graph';
  }

  get nodes(): readonly NodeDefinition[] {
    return this.#sheet.nodes;
  }

  get functions(): FunctionLibrary {
    return this.#sheet.functions;
  }

  /** How a consumer in this scope names a tensor. */
  spell(tensor: GraphTensor): string {
    if (tensor.operation === 'parameter') return tensor.node;
    if (this.#sheet.kind === 'function') return `${tensor.node}:${outputNames[tensor.operation]}:${tensor.output}`;
    return tensor.output === 0 ? tensor.node : `${tensor.node}:${tensor.output}`;
  }

  /** Writes a node with one output. `controls` are nodes that must have run before. */
  add(
    operation: TensorFlowOperation,
    inputs: readonly GraphTensor[],
    type: DataType,
    attributes: Attributes,
    options: { readonly name?: string; readonly controls?: readonly string[] } = {},
  ): GraphTensor {
    const node = options.name === undefined ? `${this.#prefix}${this.#label}${operation}_${this.#sheet.counter++}` : this.#prefix + options.name;
    const spelled = inputs.map((input) => this.spell(input));
    for (const control of options.controls ?? []) spelled.push(`^${control}`);
    this.#sheet.nodes.push({ name: node, operation, inputs: spelled, attributes });
    return { node, operation, output: 0, type };
  }

  /** Writes a node whose output is a list of tensors. */
  addList(operation: TensorFlowOperation, inputs: readonly GraphTensor[], types: readonly DataType[], attributes: Attributes): readonly GraphTensor[] {
    const { node } = this.add(operation, inputs, 'float32', attributes);
    return types.map((type, output) => ({ node, operation, output, type }));
  }

  constant(literal: TensorLiteral): GraphTensor {
    const write = (): GraphTensor => this.add('Const', [], literal.type, { dtype: ofType(literal.type), value: ofTensor(literal) });
    if (literal.values.length > sharedConstantElements) return write();
    const spelledValues = Array.from(literal.values, (value) => (Object.is(value, -0) ? '-0' : String(value)));
    const key = `${literal.type} ${literal.shape.join()} ${spelledValues.join()}`;
    const known = this.#sheet.constants.get(key);
    if (known !== undefined) return known;
    const made = write();
    this.#sheet.constants.set(key, made);
    return made;
  }

  integer(value: number): GraphTensor {
    return this.constant({ type: 'int32', shape: [], values: [value] });
  }

  integers(values: readonly number[]): GraphTensor {
    return this.constant({ type: 'int32', shape: [values.length], values });
  }

  /** Writes something once in this scope; later calls with the same purpose and key give the first result. */
  once<Made>(purpose: string, key: unknown, make: () => Made): Made {
    const known = this.#remembered.get(purpose) ?? new Map<unknown, unknown>();
    this.#remembered.set(purpose, known);
    if (known.has(key)) return known.get(key) as Made;
    const made = make();
    known.set(key, made);
    return made;
  }

  /** The int32 batch size. */
  batch(): GraphTensor {
    return this.once('batch', undefined, this.#batch);
  }

  /** Stacks int32 scalars or equally shaped tensors along a new first axis. */
  pack(tensors: readonly GraphTensor[]): GraphTensor {
    const type = tensors[0]?.type ?? 'float32';
    return this.add('Pack', tensors, type, { N: ofInteger(tensors.length), T: ofType(type), axis: ofInteger(0) });
  }
}

/** TensorFlow allows letters, digits and _ . - / \ in the names of nodes. */
function legalName(name: string): string {
  const legal = name.replaceAll(/[^A-Za-z0-9_.\-/]/gu, '_');
  return /^[A-Za-z0-9.]/u.test(legal) ? legal : `n${legal}`;
}

function noBatch(): never {
  throw new Error('only the scope of an entry has a batch size');
}
