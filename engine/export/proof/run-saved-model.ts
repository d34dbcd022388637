import { loadTensorFlow } from '../../tensorflow/native-runtime.ts';
import type { CheckOutcome, CheckTask } from './checker.ts';

/** Runs a SavedModel with tfjs-node's own loader, in this process. */
export async function runSavedModelInNode({ artefact, windows }: CheckTask): Promise<CheckOutcome> {
  const { tf, version } = loadTensorFlow();
  const runtime = `TensorFlow ${version} through tfjs-node ${tf.version['tfjs-node'] ?? tf.version.tfjs}`;
  try {
    const model = await tf.node.loadSavedModel(artefact);
    const inputs = tf.tensor3d(windows.inputs, [...windows.shape]);
    try {
      const outputs = model.predict({ inputs }) as Readonly<Record<string, InstanceType<typeof tf.Tensor>>>;
      const predictions = outputs['predictions'];
      if (predictions === undefined) return { kind: 'failed', runtime, reason: 'its signature gives no "predictions"' };
      const values = Float32Array.from(predictions.dataSync());
      tf.dispose(outputs);
      return { kind: 'read', runtime, values };
    } finally {
      inputs.dispose();
      model.dispose();
    }
  } catch (error) {
    return { kind: 'failed', runtime, reason: error instanceof Error ? error.message : String(error) };
  }
}
