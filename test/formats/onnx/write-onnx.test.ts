import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { layers, smallProject } from '../../engine/host/small-project.ts';
import type { Wishes } from '../../engine/host/small-project.ts';
import { exportableGraph } from '../../support/exportable-graph.ts';
import { needPython, runPython } from '../../support/python.ts';

/** What onnx itself reads in a file. */
interface Seen {
  readonly operations: readonly string[];
  readonly inside: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly operationSet: number;
  readonly inputs: readonly (readonly (number | string)[])[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

const program = `
import json, onnx, sys
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
plain = lambda value: [plain(one) for one in value] if isinstance(value, list) else value.decode() if isinstance(value, bytes) else value
first = next((node for node in model.graph.node if node.op_type in ("LSTM", "GRU", "RNN")), None)
bodies = [attribute.g for node in model.graph.node for attribute in node.attribute if attribute.HasField("g")]
print(json.dumps({
    "operations": [node.op_type for node in model.graph.node],
    "inside": [node.op_type for body in bodies for node in body.node],
    "metadata": {entry.key: entry.value for entry in model.metadata_props},
    "operationSet": model.opset_import[0].version,
    "inputs": [[size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim] for value in model.graph.input],
    "attributes": {} if first is None else {one.name: plain(onnx.helper.get_attribute_value(one)) for one in first.attribute},
}))
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-onnx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function written(context: TestContext, chain: NonNullable<Wishes['layers']>): Promise<Seen> {
  const python = needPython(context);
  const { exportable } = exportableGraph(smallProject({ layers: chain }), {});
  const files = await writeOnnx(exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const place = path.join(folder, 'model.onnx');
  writeFileSync(place, files.value[0]!.bytes);
  return JSON.parse(await runPython(python, ['-c', program, place])) as Seen;
}

const recurrent = (type: string, parameters: Readonly<Record<string, boolean | number | string>>) => ({ ...layers.lstm(3, false), type, parameters: { units: 3, returnSequences: false, ...parameters } });

test('an LSTM is one operation, for any batch, in operation set 17', async (context) => {
  const seen = await written(context, [layers.lstm(3, false), layers.dense(2)]);
  expect(seen.operations).toEqual(expect.arrayContaining(['LSTM', 'MatMul', 'Add']));
  expect(seen.operations).not.toContain('Scan');
  expect(seen.operationSet).toBe(17);
  expect(seen.inputs).toEqual([['batch', 12, 1]]);
});

test('names, scaling and provenance go along', async (context) => {
  const { metadata } = await written(context, [layers.dense(2), layers.lstm(2, false)]);
  expect(metadata).toMatchObject({ producer: 'a test', model: 'Small', columns: '["column 0"]', horizon: '2', scaler: 'outside', scaling: '[{"column":"column 0","offset":0,"factor":2}]' });
});

test.for([
  ['a GRU with reset after the product', 'gru', {}, 'GRU', { linear_before_reset: 1, direction: 'forward' }],
  ['a GRU with reset before it', 'gru', { resetAfter: false }, 'GRU', { linear_before_reset: 0 }],
  ['a bidirectional LSTM', 'lstm', { bidirectional: true }, 'LSTM', { direction: 'bidirectional' }],
  ['a SimpleRNN that goes backwards', 'simple-rnn', { goBackwards: true }, 'RNN', { direction: 'reverse' }],
  ['an LSTM with another activation', 'lstm', { recurrentActivation: 'hard_sigmoid' }, 'LSTM', { activations: ['HardSigmoid', 'Tanh', 'Tanh'] }],
] as const)('%s is one operation', async ([, type, parameters, operation, attributes], context) => {
  const seen = await written(context, [recurrent(type, parameters), layers.dense(2)]);
  expect(seen.operations).toContain(operation);
  expect(seen.attributes).toMatchObject(attributes);
});

test.for([
  ['a cell with layer normalisation', 'layer-norm-lstm', {}, 'Sigmoid'],
  ['an LSTM with an activation that ONNX has not', 'lstm', { activation: 'mish' }, 'Exp'],
] as const)('%s is a Scan over its own time step', async ([, type, parameters, inside], context) => {
  const seen = await written(context, [recurrent(type, parameters), layers.dense(2)]);
  expect(seen.operations).toContain('Scan');
  expect(seen.operations).not.toContain('LSTM');
  expect(seen.inside).toContain(inside);
});

test.for([
  ['conv1d', { padding: 'causal', dilation: 2, filters: 3 }, 'Conv'],
  ['max-pooling', { padding: 'same' }, 'MaxPool'],
  ['average-pooling', {}, 'AveragePool'],
  ['layer-norm', {}, 'LayerNormalization'],
  ['batch-norm', {}, 'BatchNormalization'],
] as const)("%s is ONNX's own operation", async ([type, parameters, operation], context) => {
  const seen = await written(context, [{ ...layers.dense(1), type, parameters }, layers.lstm(3, false), layers.dense(2)]);
  expect(seen.operations).toContain(operation);
});

test('dropout is gone', async (context) => {
  const { operations } = await written(context, [layers.dropout(0.5), layers.lstm(3, false), layers.dense(2)]);
  expect(operations.filter((operation) => /^(?:Dropout|Random.*|Mul)$/.test(operation))).toEqual([]);
});
