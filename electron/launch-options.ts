import path from 'node:path';
import { parseArgs } from 'node:util';
import { extensionOf } from './projects/file-extension.ts';
import { modelExtensions } from './projects/model-extensions.ts';
import { projectExtension } from './projects/shown-path.ts';

export interface LaunchOptions {
  /** Where TensorFlow runs, if the command line says so. */
  readonly engine: 'utility' | 'main' | null;
  /** Absolute paths of the projects to open, and of models to take in. */
  readonly files: readonly string[];
}

/**
 * Reads the command line of a first or a second start. Chromium adds options of its own and moves them about, so what is
 * not ours is passed over.
 */
export function readLaunchOptions(argumentList: readonly string[], workingDirectory: string): LaunchOptions {
  const { values, positionals } = parseArgs({ args: [...argumentList], options: { engine: { type: 'string' } }, strict: false, allowPositionals: true });
  const { engine } = values;
  const endings = [projectExtension, ...modelExtensions];
  const files = positionals.filter((word) => endings.includes(extensionOf(word)));
  return {
    engine: engine === 'main' || engine === 'utility' ? engine : null,
    files: files.map((file) => path.resolve(workingDirectory, file)),
  };
}
