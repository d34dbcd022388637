import protobuf from 'protobufjs';

/** ONNX's numbers of element types (onnx.proto, TensorProto.DataType). */
export const elementTypes = { float: 1, integer: 6, size: 7, boolean: 9, double: 11 } as const;
export type OnnxElement = keyof typeof elementTypes;

/** Of AttributeProto, which says in a number which of its members holds the value. */
const attributeTypes = { f: 1, i: 2, s: 3, g: 5, floats: 6, ints: 7, strings: 8 } as const;

export interface OnnxTensor {
  readonly name: string;
  readonly element: OnnxElement;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export type OnnxAttribute =
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integers'; readonly values: readonly number[] }
  | { readonly kind: 'floats'; readonly values: readonly number[] }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  | { readonly kind: 'graph'; readonly graph: OnnxGraph };

export interface OnnxNode {
  readonly name: string;
  readonly operation: string;
  /** '' for an optional input or output that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of a graph: a size that is a word is a symbol, such as the batch. */
export interface OnnxValue {
  readonly name: string;
  readonly element: OnnxElement;
  readonly shape: readonly (number | string)[];
  readonly doc?: string;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly producer: { readonly name: string; readonly version: string };
  readonly doc: string;
  readonly operationSet: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The version of the file format itself; 8 came with operation set 15, and every reader of that set takes it. */
const formatVersion = 8;

const field = (id: number, type: string, rule?: 'repeated'): protobuf.IField => (rule === undefined ? { id, type } : { id, type, rule });

/** The messages of onnx.proto that we write, with its field numbers. */
const schema = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: field(1, 'int64'), producerName: field(2, 'string'), producerVersion: field(3, 'string'), docString: field(6, 'string'),
        graph: field(7, 'Graph'), opsetImport: field(8, 'OperatorSet', 'repeated'), metadataProps: field(14, 'Entry', 'repeated'),
      },
    },
    OperatorSet: { fields: { domain: field(1, 'string'), version: field(2, 'int64') } },
    Entry: { fields: { key: field(1, 'string'), value: field(2, 'string') } },
    Graph: {
      fields: {
        node: field(1, 'Node', 'repeated'), name: field(2, 'string'), initializer: field(5, 'Tensor', 'repeated'),
        input: field(11, 'ValueInfo', 'repeated'), output: field(12, 'ValueInfo', 'repeated'),
      },
    },
    Node: {
      fields: {
        input: field(1, 'string', 'repeated'), output: field(2, 'string', 'repeated'), name: field(3, 'string'),
        opType: field(4, 'string'), attribute: field(5, 'Attribute', 'repeated'),
      },
    },
    Attribute: {
      fields: {
        name: field(1, 'string'), f: field(2, 'float'), i: field(3, 'int64'), s: field(4, 'bytes'), g: field(6, 'Graph'),
        floats: field(7, 'float', 'repeated'), ints: field(8, 'int64', 'repeated'), strings: field(9, 'bytes', 'repeated'), type: field(20, 'int32'),
      },
    },
    Tensor: { fields: { dims: field(1, 'int64', 'repeated'), dataType: field(2, 'int32'), name: field(8, 'string'), rawData: field(9, 'bytes') } },
    ValueInfo: { fields: { name: field(1, 'string'), type: field(2, 'Type'), docString: field(3, 'string') } },
    Type: { fields: { tensorType: field(1, 'TensorType') } },
    TensorType: { fields: { elemType: field(1, 'int32'), shape: field(2, 'Shape') } },
    Shape: { fields: { dim: field(1, 'Dimension', 'repeated') } },
    Dimension: { fields: { dimValue: field(1, 'int64'), dimParam: field(2, 'string') } },
  },
});

/** A model as the bytes of an .onnx file. Format: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
export function encodeOnnx({ graph, producer, doc, operationSet, metadata }: OnnxModel): Uint8Array {
  const type = schema.lookupType('Model');
  const message = type.create({
    irVersion: formatVersion,
    producerName: producer.name,
    producerVersion: producer.version,
    docString: doc,
    graph: graphMessage(graph),
    opsetImport: [{ domain: '', version: operationSet }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  return Uint8Array.from(type.encode(message).finish());
}

function graphMessage({ name, nodes, initializers, inputs, outputs }: OnnxGraph): object {
  return {
    name,
    node: nodes.map((node) => ({
      name: node.name,
      opType: node.operation,
      input: node.inputs,
      output: node.outputs,
      attribute: Object.entries(node.attributes).map(([own, attribute]) => ({ name: own, ...attributeMessage(attribute) })),
    })),
    initializer: initializers.map(({ name: own, element, shape, values }) => ({ name: own, dims: shape, dataType: elementTypes[element], rawData: rawBytes(element, values) })),
    input: inputs.map(valueMessage),
    output: outputs.map(valueMessage),
  };
}

function valueMessage({ name, element, shape, doc }: OnnxValue): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypes[element], shape: { dim } } }, ...(doc === undefined ? {} : { docString: doc }) };
}

function attributeMessage(attribute: OnnxAttribute): object {
  const encoder = new TextEncoder();
  switch (attribute.kind) {
    case 'integer':
      return { type: attributeTypes.i, i: attribute.value };
    case 'float':
      return { type: attributeTypes.f, f: attribute.value };
    case 'text':
      return { type: attributeTypes.s, s: encoder.encode(attribute.value) };
    case 'integers':
      return { type: attributeTypes.ints, ints: attribute.values };
    case 'floats':
      return { type: attributeTypes.floats, floats: attribute.values };
    case 'texts':
      return { type: attributeTypes.strings, strings: attribute.values.map((text) => encoder.encode(text)) };
    case 'graph':
      return { type: attributeTypes.g, g: graphMessage(attribute.graph) };
  }
}

/** Little-endian, as ONNX wants it on every machine. */
function rawBytes(element: OnnxElement, values: ArrayLike<number>): Uint8Array {
  const width = { float: 4, integer: 4, size: 8, boolean: 1, double: 8 }[element];
  const view = new DataView(new ArrayBuffer(values.length * width));
  for (let index = 0; index < values.length; index += 1) writeElement(view, element, index * width, values[index]!);
  return new Uint8Array(view.buffer);
}

function writeElement(view: DataView, element: OnnxElement, at: number, value: number): void {
  switch (element) {
    case 'float':
      return view.setFloat32(at, value, true);
    case 'double':
      return view.setFloat64(at, value, true);
    case 'integer':
      return view.setInt32(at, value, true);
    case 'size':
      return view.setBigInt64(at, BigInt(value), true);
    case 'boolean':
      return view.setUint8(at, value);
  }
}
