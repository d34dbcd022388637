import type { CheckOutcome, CheckTask } from './checker.ts';

/** Runs an .onnx file with ONNX Runtime's native library, in this process, on the processor. */
export async function runOnnx({ artefact, windows }: Pick<CheckTask, 'artefact' | 'windows'>): Promise<CheckOutcome> {
  const runtime = await loadRuntime();
  if (typeof runtime === 'string') return { kind: 'unavailable', runtime: 'ONNX Runtime', reason: runtime };
  const { InferenceSession, Tensor, env } = runtime;
  const name = `ONNX Runtime ${env.versions.node ?? ''}`.trim();
  try {
    const session = await InferenceSession.create(artefact, { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
    try {
      const [input, output] = [session.inputNames[0], session.outputNames[0]];
      if (input === undefined || output === undefined) return { kind: 'failed', runtime: name, reason: 'it has no input or no output' };
      const { [output]: predictions } = await session.run({ [input]: new Tensor('float32', windows.inputs, [...windows.shape]) });
      if (!(predictions?.data instanceof Float32Array)) return { kind: 'failed', runtime: name, reason: `its output "${output}" is no float tensor` };
      return { kind: 'read', runtime: name, values: Float32Array.from(predictions.data) };
    } finally {
      await session.release();
    }
  } catch (error) {
    return { kind: 'failed', runtime: name, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The library, or why it is not there: it has binaries for some platforms only. */
async function loadRuntime(): Promise<typeof import('onnxruntime-node') | string> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    return `its native library does not load (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`;
  }
}
