import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import { firstTarget, takesSequence, targetWidth } from '../../../core/compile/model.ts';
import type { ExportableModel, WeightValues } from '../../../core/export/exportable-model.ts';
import { writeOnnx } from '../../../formats/onnx/write-onnx.ts';
import { caseModel } from '../case-model.ts';
import { caseFiles } from '../protocol.ts';
import type { TrainingCase } from '../training-cases.ts';
import { repeated } from './repeated.ts';
import { serve } from './serve.ts';

/** ONNX Runtime, as it comes, on the file that Unroll's own writer makes of the case; it only predicts. */
const folder = process.argv[2] ?? '.';
const own = JSON.parse(readFileSync(path.join(folder, caseFiles.description), 'utf8')) as TrainingCase;
const { model, program, training } = caseModel(own);

function floats(name: string): Float32Array {
  const bytes = readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

const [parameters, inputs, targets] = [floats(caseFiles.parameters), floats(caseFiles.inputs), floats(caseFiles.targets)];
const weights = new Map(program.parameterLayout.map(({ node, weight, shape, offset, length }) =>
  [`${node}/${weight}`, { shape, values: parameters.slice(offset, offset + length) } satisfies WeightValues] as const));
const target = firstTarget(model);
const width = targetWidth(target);
const columns = Array.from({ length: own.features }, (_, column) => `wave ${column + 1}`);
const exportable: ExportableModel = {
  name: own.name,
  model,
  program,
  training,
  weights,
  facts: {
    inputs: ['batch', own.steps, own.features],
    outputs: takesSequence(target) ? ['batch', own.steps, width] : ['batch', width],
    columns,
    targetColumns: columns.slice(0, 1),
    horizon: own.outputs,
    meaning: `the next ${own.outputs} time steps`,
    scaling: columns.map((column) => ({ column, offset: 0, factor: 1 })),
    labelScaling: [],
    classes: [],
    scaler: 'outside',
  },
  table: null,
  provenance: { producer: 'Unroll' },
};
const files = await writeOnnx(exportable);
if (!files.ok) throw new Error(files.diagnostics.map(({ message }) => message).join('\n'));
const session = await InferenceSession.create(files.value[0]!.bytes, { executionProviders: ['cpu'], logSeverityLevel: 3 });
const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];

function windows(series: number): Tensor {
  return new Tensor('float32', repeated(inputs, series * own.steps * own.features), [series, own.steps, own.features]);
}

async function predicted(series: number): Promise<Float32Array> {
  const results = await session.run({ [input]: windows(series) });
  return results[output]!.data as Float32Array;
}

const first = await predicted(own.batch);
const loss = first.reduce((sum, value, index) => sum + (value - targets[index]!) ** 2, 0) / first.length;
await serve({ version: env.versions.node ?? '', threads: os.availableParallelism(), lossBefore: loss, lossAfter: loss }, {
  train: () => { throw new Error('ONNX Runtime does not train here'); },
  predict: (series) => {
    const given = { [input]: windows(series) };
    return async () => {
      const results = await session.run(given);
      if (!(results[output]!.data instanceof Float32Array)) throw new Error('there are no predictions');
    };
  },
});
