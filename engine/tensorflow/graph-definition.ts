import { dataTypeNumbers } from './graph-node.ts';
import type { Attributes, AttributeValue, FunctionDefinition, GraphDefinition, NodeDefinition, StaticShape, TensorLiteral } from './graph-node.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** The GraphDef version that the shipped TensorFlow itself writes; an older reader says so instead of guessing. */
const producerVersion = 2129;

/** The numbers below are the field numbers of the .proto files in tensorflow/core/framework and tensorflow/core/protobuf. */
export class GraphDefinitionWriter {
  readonly #writer = new ProtobufWriter();

  graph(graph: GraphDefinition): void {
    for (const node of graph.nodes) this.#node(1, node);
    if (graph.functions.length > 0) {
      this.#writer.message(2, () => {
        for (const definition of graph.functions) this.#function(definition);
      });
    }
    this.#writer.message(4, () => this.#writer.integer(1, producerVersion));
  }

  get writer(): ProtobufWriter {
    return this.#writer;
  }

  shape(field: number, shape: StaticShape): void {
    this.#writer.message(field, () => {
      if (shape === undefined) return this.#writer.integer(3, 1);
      for (const size of shape) this.#writer.message(2, () => this.#writer.integer(1, size));
    });
  }

  #node(field: number, node: NodeDefinition): void {
    this.#writer.message(field, () => {
      this.#writer.text(1, node.name);
      this.#writer.text(2, node.operation);
      for (const input of node.inputs) this.#writer.text(3, input);
      this.#attributes(5, node.attributes);
    });
  }

  #function(definition: FunctionDefinition): void {
    this.#writer.message(1, () => {
      this.#writer.message(1, () => {
        this.#writer.text(1, definition.name);
        for (const parameter of definition.parameters) this.#argument(2, parameter.name, dataTypeNumbers[parameter.type]);
        for (const result of definition.results) this.#argument(3, result.name, dataTypeNumbers[result.type]);
      });
      for (const node of definition.nodes) this.#node(3, node);
      for (const result of definition.results) {
        this.#writer.message(4, () => {
          this.#writer.text(1, result.name);
          this.#writer.text(2, result.source);
        });
      }
    });
  }

  #argument(field: number, name: string, type: number): void {
    this.#writer.message(field, () => {
      this.#writer.text(1, name);
      this.#writer.integer(3, type);
    });
  }

  #attributes(field: number, attributes: Attributes): void {
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined) continue;
      this.#writer.message(field, () => {
        this.#writer.text(1, name);
        this.#writer.message(2, () => this.#attribute(value));
      });
    }
  }

  #attribute(value: AttributeValue): void {
    const writer = this.#writer;
    switch (value.kind) {
      case 'text':
        return writer.text(2, value.value);
      case 'integer':
        return writer.integer(3, value.value);
      case 'boolean':
        return writer.integer(5, value.value ? 1 : 0);
      case 'type':
        return writer.integer(6, dataTypeNumbers[value.type]);
      case 'shape':
        return this.shape(7, value.shape);
      case 'tensor':
        return writer.message(8, () => this.#tensor(value.tensor));
      case 'function':
        return writer.message(10, () => writer.text(1, value.name));
      case 'types':
        return writer.message(1, () => value.types.forEach((type) => writer.integer(6, dataTypeNumbers[type])));
      case 'shapes':
        return writer.message(1, () => value.shapes.forEach((shape) => this.shape(7, shape)));
    }
  }

  #tensor(tensor: TensorLiteral): void {
    this.#writer.integer(1, dataTypeNumbers[tensor.type]);
    this.shape(2, tensor.shape);
    const only = tensor.values.length === 1 ? tensor.values[0] : undefined;
    if (only === undefined) this.#writer.bytes(4, littleEndian(tensor));
    else if (tensor.type === 'float32') this.#writer.float(5, only);
    else this.#writer.integer(tensor.type === 'int32' ? 7 : 11, only);
  }
}

/** The elements as TensorFlow's tensor_content holds them on the little-endian machines it supports. */
function littleEndian({ type, values }: TensorLiteral): Uint8Array {
  if (type === 'bool') return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
  const array = type === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
  return new Uint8Array(array.buffer);
}
