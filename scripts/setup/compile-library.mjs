import { findCompiler } from './machine-tools.mjs';
import { runTool } from './run-tool.mjs';

const platformFlags = {
  linux: [],
  // A Node addon finds Node's own functions when it is loaded.
  darwin: ['-undefined', 'dynamic_lookup'],
};

/**
 * Compiles C++ sources into one shared library.
 * @param {object} job
 * @param {readonly string[]} job.sources
 * @param {readonly string[]} job.includes folders
 * @param {readonly string[]} job.libraries files to link with
 * @param {readonly string[]} job.flags
 * @param {readonly string[]} job.searchFolders where the result looks for these libraries when it is loaded, relative to its own folder
 * @param {string} job.output file
 */
export async function compileLibrary({ sources, includes, libraries, flags, searchFolders, output }) {
  const compiler = await findCompiler();
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  await runTool(
    compiler,
    [
      '-std=c++17', '-shared', '-fPIC',
      ...flags,
      ...(platformFlags[process.platform] ?? []),
      ...includes.map((folder) => `-I${folder}`),
      ...sources,
      ...libraries,
      ...searchFolders.map((folder) => `-Wl,-rpath,${origin}/${folder}`),
      '-o', output,
    ],
    { whatToDo: 'see that the C++ compiler knows C++17 (g++ 8 or clang 7 and newer), then run `npm run setup` again' },
  );
}
