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

test.each([
  [{ threads: 2 }, 'threads 2, oneDnn default, processors default'],
  [{ oneDnn: true }, 'threads default, oneDnn true, processors default'],
  [{ oneDnn: true, processors: 1000 }, `threads ${os.availableParallelism()}, oneDnn true, processors ${os.availableParallelism()}`],
])('other settings in the same process are refused, since the library reads them while it is loaded: %o', (options, printed) => {
  expect(() => loadTensorFlow(options)).toThrow(
    `TensorFlow is loaded with threads 1, oneDnn false, processors ${os.availableParallelism()} in this process, asked for with ${printed}: start another process for it`,
  );
});

test.each(['threads', 'processors'])('%s must be a positive integer', (name) => {
  expect(() => loadTensorFlow({ [name]: 0 })).toThrow(new RangeError(`${name} must be a positive integer, found 0`));
});

test('whoever may use one processor gets one thread inside an operation, whatever else was wished', () => {
  expect(load(root, '{ threads: 4, processors: 1 }').stdout).toBe('loaded 2.21.0, 1 threads, 1 processors\n');
});

test('a limit above what the machine has is none: no more threads than processors', () => {
  expect(load(root, '{ processors: 1000 }').stdout).toBe(`loaded 2.21.0, ${os.availableParallelism()} threads, ${os.availableParallelism()} processors\n`);
});

test('the error for a missing library keeps what to do apart, for callers with messages of their own', () => {
  const error = new NativeRuntimeError('its binding tfjs_binding.node is missing', undefined);
  expect(error.whatToDo).toBe('Run `npm run setup` in the folder that holds package.json; it fetches and builds what is missing.');
});

test('nothing is printed while it is loaded', () => {
  const { stdout, stderr } = load(root);
  expect({ stdout, stderr }).toEqual({ stdout: `loaded 2.21.0, ${os.availableParallelism()} threads, ${os.availableParallelism()} processors\n`, stderr: '' });
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
function load(checkout: string, options = ''): { stdout: string; stderr: string } {
  const program = `import(${JSON.stringify(path.join(checkout, 'engine/tensorflow/native-runtime.ts'))})
    .then(({ loadTensorFlow }) => { const { version, threads, processors } = loadTensorFlow(${options}); console.log(\`loaded \${version}, \${threads} threads, \${processors} processors\`); })
    .catch((error) => console.log(String(error)))`;
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { cwd: root, encoding: 'utf8', env: { ...process.env, TF_NUM_INTRAOP_THREADS: undefined } });
}
