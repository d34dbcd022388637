import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** What to do where there is none. */
export const pythonAdvice =
  'make one with `npm run setup -- --verify` in a checkout of Unroll, or let the environment variable UNROLL_PYTHON name a Python with keras 3, tensorflow, onnx and safetensors';

/** The Python that checks exports: the one that UNROLL_PYTHON names, else the one that the set-up made last; null where there is none. */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const named = environment['UNROLL_PYTHON'];
  if (named !== undefined && named !== '') return named;
  const cache = environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  try {
    const pointer: unknown = JSON.parse(await readFile(path.join(cache, 'unroll', 'python-environment.json'), 'utf8'));
    const interpreter = typeof pointer === 'object' && pointer !== null && 'interpreter' in pointer ? pointer.interpreter : null;
    if (typeof interpreter !== 'string') return null;
    await stat(interpreter);
    return interpreter;
  } catch {
    return null;
  }
}
