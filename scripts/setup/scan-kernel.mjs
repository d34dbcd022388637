import fs from 'node:fs';
import path from 'node:path';
import { hashesMatch, isVerified, publishFolder, shortHash } from './cache.mjs';
import { lockedIntegrity } from './npm-packages.mjs';
import { findCompiler } from './machine-tools.mjs';
import { runTool } from './run-tool.mjs';
import { describeFailure } from './setup-failure.mjs';
import { libraryFolder, wheelFor } from './tensorflow-library.mjs';

// The kernel, and the sessions that graphs run in: one addon.
const sourceFolders = ['engine/scan-kernel/native', 'engine/tensorflow/native'];
const addonName = 'scan_kernel.node';
// Beside TensorFlow's binding, so that both find the same libraries and a packager takes both.
const placedAddon = `node_modules/@tensorflow/tfjs-node/lib/napi-v8/${addonName}`;
const commonFlags = ['-std=c++17', '-O3', '-fPIC', '-fno-math-errno', '-fno-trapping-math', '-fvisibility=hidden', '-Wno-psabi', '-DNAPI_VERSION=8',
  // The header of the C interface then leaves out a part that the pinned headers lack.
  '-DIS_SLIM_BUILD'];

/** Sources that are compiled for one instruction set alone, by architecture: the others serve every processor. */
const instructionSetFlags = {
  x64: {
    'interpreter-avx2.cc': ['-mavx2', '-mfma'],
    'interpreter-avx512.cc': ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mavx2', '-mfma', '-mprefer-vector-width=512'],
  },
  arm64: { 'interpreter-neon.cc': [] },
};

/**
 * Compiles the scan kernel and puts it in place. A compiler that cannot build it is no failure of the set-up: training then
 * runs scans as TensorFlow's own operations, which is slower and no different. `npm run setup -- --verify` tries again.
 * @type {import('./step-list.mjs').Step}
 */
export const scanKernel = {
  name: 'scan kernel',
  needs: ['compiler'],
  isReady: (checkout) => isPlaced(checkout) || fs.existsSync(refusalFile(checkout)),
  hashesMatch: async (checkout) => (await hashesMatch(kernelFolder(checkout))) && isPlaced(checkout),
  async run(checkout) {
    const folder = kernelFolder(checkout);
    fs.rmSync(refusalFile(checkout), { force: true });
    try {
      if (!(await hashesMatch(folder))) await publishFolder(folder, (partial) => compile(checkout, partial));
    } catch (error) {
      fs.mkdirSync(checkout.cache, { recursive: true });
      fs.writeFileSync(refusalFile(checkout), `${describeFailure(error)}\n`);
      // What other sources were built to would be given bytecode that it may read otherwise.
      fs.rmSync(path.join(checkout.root, placedAddon), { force: true });
      return `could not be built here; recurrent layers will train several times slower, on TensorFlow alone (why: ${refusalFile(checkout)})`;
    }
    const placed = path.join(checkout.root, placedAddon);
    fs.mkdirSync(path.dirname(placed), { recursive: true });
    // Not over the old file: a process that has it loaded would crash.
    fs.copyFileSync(path.join(folder, addonName), `${placed}.partial`);
    fs.renameSync(`${placed}.partial`, placed);
    return 'compiled';
  },
};

function isPlaced(checkout) {
  const built = path.join(kernelFolder(checkout), addonName);
  const placed = path.join(checkout.root, placedAddon);
  return isVerified(kernelFolder(checkout)) && fs.existsSync(placed) && fs.readFileSync(built).equals(fs.readFileSync(placed));
}

/** @returns {string[]} paths below the root */
function sourceFiles(root) {
  return sourceFolders.flatMap((folder) => fs.readdirSync(path.join(root, folder)).filter((name) => /\.(?:cc|h)$/u.test(name)).sort().map((name) => path.join(folder, name)));
}

function kernelFolder(checkout) {
  const sources = sourceFiles(checkout.root).flatMap((file) => [path.basename(file), fs.readFileSync(path.join(checkout.root, file), 'utf8')]);
  const flags = JSON.stringify(instructionSetFlags[process.arch] ?? {});
  const key = shortHash(wheelFor(checkout.platform).sha256, lockedIntegrity(checkout.root, 'node-api-headers'), ...commonFlags, flags, ...sources);
  return path.join(checkout.cache, `scan-kernel-${checkout.platform}-${key}`);
}

function refusalFile(checkout) {
  return `${kernelFolder(checkout)}.refused`;
}

async function compile(checkout, partial) {
  const compiler = await findCompiler();
  const tensorFlow = path.join(libraryFolder(checkout), 'tensorflow');
  const includes = [...['node_modules/node-api-headers/include', ...sourceFolders].map((folder) => path.join(checkout.root, folder)), path.join(tensorFlow, 'include')];
  const own = instructionSetFlags[process.arch] ?? {};
  const sources = sourceFiles(checkout.root).filter((file) => file.endsWith('.cc') && (!path.basename(file).startsWith('interpreter-') || path.basename(file) in own));
  const whatToDo = 'see that the C++ compiler knows C++17 and GCC vector types (g++ 12 or clang 14 and newer)';
  const objects = sources.map((file) => path.join(partial, `${path.basename(file)}.o`));
  await Promise.all(sources.map((file, index) =>
    runTool(
      compiler,
      [...commonFlags, ...(own[path.basename(file)] ?? []), ...includes.map((folder) => `-I${folder}`), '-c', path.join(checkout.root, file), '-o', objects[index]],
      { whatToDo },
    )));
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  await runTool(
    compiler,
    [
      '-shared', ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
      ...objects,
      ...wheelFor(checkout.platform).libraries.map((name) => path.join(tensorFlow, name)),
      '-lpthread', `-Wl,-rpath,${origin}/../../deps/lib`,
      '-o', path.join(partial, addonName),
    ],
    { whatToDo },
  );
  for (const object of objects) fs.rmSync(object);
}
