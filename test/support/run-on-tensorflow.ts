import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { bindingOf } from '../../engine/tensorflow/native-binding.ts';
import type { SpellingSettings } from '../../engine/tensorflow/operation-spelling.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import type { Entry, Program } from '../../core/program/program.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import type { ElementType } from '../../core/program/value.ts';
import type { Backend, TensorData } from '../../engine/session.ts';
import type { BodyCase } from './body-case.ts';

export function testBackend(settings?: SpellingSettings): Backend {
  return tensorFlowBackend(loadTensorFlow({ threads: 1 }), settings);
}

/** Tensors alive inside the native library. */
export function livingTensors(): number {
  return bindingOf(loadTensorFlow({ threads: 1 }).tf).getNumOfTensors();
}

export function toTensorData(type: ElementType, { shape, values }: NumericTensor): TensorData {
  const arrays = { float: Float32Array, integer: Int32Array, boolean: Uint8Array };
  return { type, shape, values: arrays[type].from(values) };
}

export function toNumericTensor({ shape, values }: TensorData): NumericTensor {
  return { shape, values: Float64Array.from(values) };
}

/** A program with the body as its one entry, without variables. */
export function programOf({ body }: Pick<BodyCase, 'body'>): Program {
  const inputs = body.inputs.map((id, index): Entry['inputs'][number] => {
    const value = body.values[id];
    if (value === undefined) throw new RangeError('the body has no such input');
    return { name: `input ${index}`, role: { kind: 'data', content: 'inputs' }, type: value.type, shape: value.shape };
  });
  const entry: Entry = { inputs, reads: [], body, outputs: body.outputs.map((_, index) => `output ${index}`), assigns: [] };
  return { variables: [], parameterLayout: [], entries: { evaluate: entry } };
}

/** The results of a body on TensorFlow. */
export function runOnTensorFlow(backend: Backend, bodyCase: BodyCase): readonly NumericTensor[] {
  const program = programOf(bodyCase);
  const session = backend.open(program);
  try {
    const feeds = Object.fromEntries((program.entries.evaluate?.inputs ?? []).map((input, index) => {
      const tensor = bodyCase.inputs[index];
      if (tensor === undefined) throw new RangeError('an input has no numbers');
      return [input.name, toTensorData(input.type, tensor)];
    }));
    const outputs = program.entries.evaluate?.outputs ?? [];
    const results = session.run('evaluate', feeds, outputs);
    return outputs.map((name) => {
      const result = results[name];
      if (result === undefined) throw new RangeError(`no result ${name}`);
      return toNumericTensor(result);
    });
  } finally {
    session.close();
  }
}
