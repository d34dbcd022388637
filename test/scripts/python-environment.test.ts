import { expect, test } from 'vitest';
import { needPython, runPython } from '../support/python.ts';

test('the Python environment has the versions that documents and benchmarks speak of', async (context) => {
  const program = 'import keras, tensorflow, onnx, numpy, safetensors; print(keras.__version__, tensorflow.__version__, keras.backend.backend(), onnx.defs.onnx_opset_version() >= 17)';
  expect(await runPython(needPython(context), ['-c', program])).toBe('3.15.0 2.21.0 tensorflow True\n');
});

test('what a program says when it fails reaches the test', async (context) => {
  const failing = runPython(needPython(context), ['-c', 'raise SystemExit("no such layer")']);
  await expect(failing).rejects.toThrow('python ended with exit code 1:\nno such layer');
});
