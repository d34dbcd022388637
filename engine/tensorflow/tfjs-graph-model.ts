import { tfjsShards } from '../../core/export/tfjs-shards.ts';
import type { PredictionGraph } from './saved-model.ts';
import type { Attributes, AttributeValue, DataType, FunctionDefinition, NodeDefinition, StaticShape, TensorLiteral } from './graph-node.ts';
import type { TensorSignature } from './saved-model-definition.ts';

/** A graph model as TensorFlow.js loads it: the text of model.json, and the weights that it names. */
export interface GraphModelFiles {
  readonly model: string;
  readonly weights: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface GraphModelFacts {
  readonly generatedBy: string;
  readonly convertedBy: string;
  /** What a caller may want to know, as it is. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Nothing lower is asked of a reader. */
const versions = { producer: 2129, minConsumer: 12 } as const;

/** Format: tensorflow/tfjs, tfjs-converter: the protocol buffers of a GraphDef as JSON, constants as weights beside it. */
export function encodeGraphModel({ graph, inputs, outputs }: PredictionGraph, facts: GraphModelFacts): GraphModelFiles {
  const weights = new WeightShards();
  const nodes = graph.nodes.map((node) => nodeMessage(node, node.name, weights));
  const functions = graph.functions.map((definition) => functionMessage(definition, weights));
  const shards = weights.finish();
  const manifest = [{ paths: shards.map(({ name }) => name), weights: weights.specifications }];
  const model = {
    format: 'graph-model',
    generatedBy: facts.generatedBy,
    convertedBy: facts.convertedBy,
    signature: { inputs: signatureMessage(inputs), outputs: signatureMessage(outputs) },
    userDefinedMetadata: facts.metadata,
    modelTopology: { node: nodes, library: { function: functions }, versions },
    weightsManifest: manifest,
  };
  return { model: JSON.stringify(model), weights: shards };
}

/** Constants one after the other, cut into files. */
class WeightShards {
  readonly specifications: { name: string; shape: readonly number[]; dtype: string }[] = [];
  readonly #parts: Uint8Array[] = [];

  add(name: string, literal: TensorLiteral): void {
    this.specifications.push({ name, shape: literal.shape, dtype: literal.type });
    this.#parts.push(bytesOf(literal));
  }

  finish(): GraphModelFiles['weights'] {
    return tfjsShards(this.#parts);
  }
}

function bytesOf({ type, shape, values }: TensorLiteral): Uint8Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const array = new { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[type](length);
  if (values.length === 1) array.fill(values[0]!);
  else array.set(values);
  return new Uint8Array(array.buffer);
}

function nodeMessage({ operation, inputs, attributes }: NodeDefinition, name: string, weights: WeightShards): object {
  const literal = operation === 'Const' ? attributes['value'] : undefined;
  if (literal?.kind !== 'tensor') return { name, op: operation, input: inputs, attr: attributeMessages(attributes) };
  weights.add(name, literal.tensor);
  const { type, shape } = literal.tensor;
  return { name, op: operation, attr: { dtype: { type: typeName(type) }, value: { tensor: { dtype: typeName(type), tensorShape: shapeMessage(shape) } } } };
}

/** tfjs looks weights up by the names of nodes alone, whatever function they stand in: there they bear its name as well. */
function functionMessage({ name, parameters, nodes, results }: FunctionDefinition, weights: WeightShards): object {
  const constants = new Set(nodes.filter(({ operation }) => operation === 'Const').map((node) => node.name));
  const renamed = (input: string): string => {
    const [node = '', ...rest] = input.split(':');
    return constants.has(node) ? [`${name}/${node}`, ...rest].join(':') : input;
  };
  return {
    signature: {
      name,
      inputArg: parameters.map((parameter) => ({ name: parameter.name, type: typeName(parameter.type) })),
      outputArg: results.map((result) => ({ name: result.name, type: typeName(result.type) })),
    },
    nodeDef: nodes.map((node) => nodeMessage({ ...node, inputs: node.inputs.map(renamed) }, renamed(node.name), weights)),
    ret: Object.fromEntries(results.map((result) => [result.name, renamed(result.source)])),
  };
}

function attributeMessages(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeMessage(value)]));
}

function attributeMessage(value: AttributeValue): object {
  switch (value.kind) {
    case 'text':
      return { s: btoa(value.value) };
    case 'integer':
      return { i: String(value.value) };
    case 'boolean':
      return { b: value.value };
    case 'type':
      return { type: typeName(value.type) };
    case 'types':
      return { list: { type: value.types.map(typeName) } };
    case 'shape':
      return { shape: shapeMessage(value.shape) };
    case 'shapes':
      return { list: { shape: value.shapes.map(shapeMessage) } };
    case 'function':
      return { func: { name: value.name } };
    case 'tensor':
      throw new TypeError('only a constant has a tensor');
  }
}

function signatureMessage(tensors: readonly TensorSignature[]): object {
  return Object.fromEntries(tensors.map(({ key, tensor, type, shape }) => [key, { name: tensor, dtype: typeName(type), tensorShape: shapeMessage(shape) }]));
}

function shapeMessage(shape: StaticShape): object {
  return shape === undefined ? { unknownRank: true } : { dim: shape.map((size) => ({ size: String(size) })) };
}

function typeName(type: DataType): string {
  return { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL', resource: 'DT_RESOURCE', variant: 'DT_VARIANT' }[type];
}
