import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ofBoolean, ofFunction, ofInteger, ofShape, ofTensor, ofText, ofType, ofTypes } from '../../../engine/tensorflow/graph-node.ts';
import type { AttributeValue, NodeDefinition } from '../../../engine/tensorflow/graph-node.ts';
import { encodeSavedModel } from '../../../engine/tensorflow/saved-model-definition.ts';

/** The reader that tfjs-node brings along, generated from TensorFlow's own .proto files. */
interface SavedModelReader {
  readonly SavedModel: { readonly deserializeBinary: (bytes: Uint8Array) => { readonly toObject: () => unknown } };
}
const { SavedModel } = createRequire(import.meta.url)('@tensorflow/tfjs-node/dist/proto/api_pb') as SavedModelReader;

function decode(node: NodeDefinition): unknown {
  const bytes = encodeSavedModel({ graph: { nodes: [node], functions: [] }, signatures: [] }, '2.21.0');
  const model = SavedModel.deserializeBinary(bytes).toObject() as { readonly metaGraphsList: readonly { readonly graphDef: { readonly nodeList: readonly unknown[] } }[] };
  return model.metaGraphsList[0]?.graphDef.nodeList[0];
}

function decodedAttribute(value: AttributeValue): unknown {
  const node = decode({ name: 'n', operation: 'Op', inputs: [], attributes: { a: value } }) as { readonly attrMap: readonly (readonly [string, unknown])[] };
  return node.attrMap[0]?.[1];
}

test('a node reads back with its name, operation, inputs and attributes', () => {
  const attributes = { T: ofType('float32'), keep_dims: ofBoolean(true) };
  expect(decode({ name: 'train/forget gate/Sum_1', operation: 'Sum', inputs: ['a', 'b:1', '^c'], attributes })).toMatchObject({
    name: 'train/forget gate/Sum_1',
    op: 'Sum',
    inputList: ['a', 'b:1', '^c'],
    attrMap: [['T', { type: 1 }], ['keep_dims', { b: true }]],
  });
});

test.each<readonly [AttributeValue, object]>([
  [ofInteger(-1), { i: -1 }],
  [ofInteger(2 ** 40), { i: 2 ** 40 }],
  [ofBoolean(false), { b: false }],
  [ofText('Gewicht µ'), { s: Buffer.from('Gewicht µ').toString('base64') }],
  [ofType('variant'), { type: 21 }],
  [ofTypes(['int32', 'resource']), { list: { typeList: [3, 20] } }],
  [ofShape([-1, 300]), { shape: { dimList: [{ size: -1 }, { size: 300 }] } }],
  [ofShape(undefined), { shape: { unknownRank: true } }],
  [ofFunction('loop_0_body'), { func: { name: 'loop_0_body' } }],
  [ofTensor({ type: 'float32', shape: [2, 2], values: [-0.5] }), { tensor: { dtype: 1, floatValList: [-0.5], tensorShape: { dimList: [{ size: 2 }, { size: 2 }] } } }],
  [ofTensor({ type: 'int32', shape: [], values: [-7] }), { tensor: { dtype: 3, intValList: [-7] } }],
  [ofTensor({ type: 'int32', shape: [2], values: [1, -2] }), { tensor: { tensorContent: Buffer.from(Int32Array.of(1, -2).buffer).toString('base64') } }],
  [ofTensor({ type: 'bool', shape: [2], values: [0, 1] }), { tensor: { tensorContent: 'AAE=' } }],
])('an attribute %j reads back', (value, expected) => {
  expect(decodedAttribute(value)).toMatchObject(expected);
});

test('messages longer than one byte can count, nested in each other', () => {
  const values = Float32Array.from({ length: 100_000 }, (_, index) => index);
  const attribute = decodedAttribute(ofTensor({ type: 'float32', shape: [values.length], values })) as { readonly tensor: { readonly tensorContent: string } };
  expect(Buffer.from(attribute.tensor.tensorContent, 'base64').equals(Buffer.from(values.buffer))).toBe(true);
});

test('20,000 nodes are written in a fraction of a second', () => {
  const attributes = { T: ofType('float32'), transpose_a: ofBoolean(false), transpose_b: ofBoolean(true) };
  const nodes = Array.from({ length: 20_000 }, (_, index) => ({ name: `train/lstm/MatMul_${index}`, operation: 'MatMul', inputs: ['x', 'w:1'], attributes }));
  const started = performance.now();
  encodeSavedModel({ graph: { nodes, functions: [] }, signatures: [] }, '2.21.0');
  expect(performance.now() - started).toBeLessThan(1500);
});
