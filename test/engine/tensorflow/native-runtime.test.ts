import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NativeRuntimeError, loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('the pinned TensorFlow is loaded once and computes', () => {
  const runtime = loadTensorFlow({ threads: 1 });
  expect({ version: runtime.version, threads: runtime.threads, oneDnn: runtime.oneDnn }).toEqual({ version: '2.21.0', threads: 1, oneDnn: false });
  const { tf } = runtime;
  expect(tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).arraySync()).toEqual([[11]]);
  expect(loadTensorFlow()).toBe(runtime);
});

test('other settings in the same process are refused: the library reads them while it is loaded', () => {
  expect(() => loadTensorFlow({ threads: 2 })).toThrow(
    'TensorFlow is loaded with threads 1, oneDnn false in this process, asked for with threads 2, oneDnn default: start another process for it',
  );
});

test('threads must be a positive integer', () => {
  expect(() => loadTensorFlow({ threads: 0 })).toThrow(new RangeError('threads must be a positive integer, found 0'));
});

test('the error for a missing library keeps what to do apart, for callers with messages of their own', () => {
  const error = new NativeRuntimeError('its binding tfjs_binding.node is missing', undefined);
  expect(error.whatToDo).toBe('Run `npm run setup` in the folder that holds package.json; it fetches and builds what is missing.');
});

test('nothing is printed while it is loaded', () => {
  const { stdout, stderr } = load(root);
  expect({ stdout, stderr }).toEqual({ stdout: 'loaded 2.21.0\n', stderr: '' });
});

test.each([
  ['the npm packages are not installed', () => {}],
  [
    'its binding tfjs_binding.node is missing',
    (folder: string) => {
      fs.mkdirSync(path.join(folder, 'node_modules/@tensorflow/tfjs-node'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'node_modules/@tensorflow/tfjs-node/package.json'), '{}');
    },
  ],
])('%s: the error says to run the set-up', (reason, prepare) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-runtime-'));
  try {
    fs.mkdirSync(path.join(folder, 'engine/tensorflow'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    fs.copyFileSync(path.join(root, 'engine/tensorflow/native-runtime.ts'), path.join(folder, 'engine/tensorflow/native-runtime.ts'));
    prepare(folder);
    expect(load(folder).stdout).toBe(
      `NativeRuntimeError: TensorFlow's native library could not be loaded: ${reason}. Run \`npm run setup\` in the folder that holds package.json; it fetches and builds what is missing.\n`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** Loads TensorFlow in a process of its own, with the native-runtime.ts of a checkout. */
function load(checkout: string): { stdout: string; stderr: string } {
  const program = `import(${JSON.stringify(path.join(checkout, 'engine/tensorflow/native-runtime.ts'))})
    .then(({ loadTensorFlow }) => console.log('loaded', loadTensorFlow().version))
    .catch((error) => console.log(String(error)))`;
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { cwd: root, encoding: 'utf8' });
}
