import fs from 'node:fs';
import path from 'node:path';
import { formatSize, hashesMatch, isVerified, publishFolder, shortHash, sizeOfFolder } from './cache.mjs';
import { compileLibrary } from './compile-library.mjs';
import { lockedIntegrity } from './npm-packages.mjs';
import { runTool } from './run-tool.mjs';
import { libraryFolder, wheelFor } from './tensorflow-library.mjs';
import { tensorFlowVersion } from './tensorflow-wheels.mjs';

const bindingName = 'tfjs_binding.node';
const packageFolder = 'node_modules/@tensorflow/tfjs-node';
// Where tfjs-node's own installer puts the two, so that its loader and a packager find them.
const placedBinding = `${packageFolder}/lib/napi-v8/${bindingName}`;
const placedLibraries = `${packageFolder}/deps/lib`;
const searchFolders = ['../../deps/lib'];
const flags = ['-O2', '-DNAPI_VERSION=8'];

/** Compiles tfjs-node's own binding, unmodified, against the pinned TensorFlow. @type {import('./step-list.mjs').Step} */
export const buildTensorFlowBinding = {
  name: 'TensorFlow binding',
  needs: ['compiler'],
  isReady: (checkout) => isVerified(bindingFolder(checkout)),
  hashesMatch: (checkout) => hashesMatch(bindingFolder(checkout)),
  async run(checkout) {
    const tensorFlow = path.join(libraryFolder(checkout), 'tensorflow');
    const sourceFolder = path.join(checkout.root, packageFolder, 'binding');
    await publishFolder(bindingFolder(checkout), (partial) =>
      compileLibrary({
        sources: fs.readdirSync(sourceFolder).filter((name) => name.endsWith('.cc')).sort().map((name) => path.join(sourceFolder, name)),
        includes: [path.join(checkout.root, 'node_modules/node-api-headers/include'), path.join(tensorFlow, 'include')],
        libraries: wheelFor(checkout.platform).libraries.map((name) => path.join(tensorFlow, name)),
        flags,
        searchFolders,
        output: path.join(partial, bindingName),
      }),
    );
    return `compiled, ${formatSize(sizeOfFolder(bindingFolder(checkout)))}`;
  },
};

/** Puts binding and libraries where tfjs-node looks for them, and loads them once. @type {import('./step-list.mjs').Step} */
export const placeTensorFlowBinding = {
  name: 'TensorFlow in place',
  needs: [],
  isReady(checkout) {
    const built = path.join(bindingFolder(checkout), bindingName);
    const placed = path.join(checkout.root, placedBinding);
    if (!fs.existsSync(built) || !fs.existsSync(placed)) return false;
    return fs.readFileSync(built).equals(fs.readFileSync(placed)) && linkTarget(path.join(checkout.root, placedLibraries)) === librariesOf(checkout);
  },
  async run(checkout) {
    const libraries = path.join(checkout.root, placedLibraries);
    fs.rmSync(libraries, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(libraries), { recursive: true });
    fs.symlinkSync(librariesOf(checkout), libraries);
    const placed = path.join(checkout.root, placedBinding);
    fs.mkdirSync(path.dirname(placed), { recursive: true });
    // Not over the old file: a process that has it loaded would crash.
    fs.copyFileSync(path.join(bindingFolder(checkout), bindingName), `${placed}.partial`);
    const program = `const found = require(process.argv[1]).TF_Version; if (found !== '${tensorFlowVersion}') throw new Error('TF_Version is ' + found)`;
    fs.renameSync(`${placed}.partial`, placed);
    try {
      await runTool(process.execPath, ['-e', program, placed], {
        environment: { TF_CPP_MIN_LOG_LEVEL: '2' },
        whatToDo: `see that this machine's C library is glibc 2.27 or newer; then run \`npm run setup -- --verify\`, which rebuilds what is damaged`,
      });
    } catch (error) {
      fs.rmSync(placed);
      throw error;
    }
    return 'loads';
  },
};

function bindingFolder(checkout) {
  const key = shortHash(
    wheelFor(checkout.platform).sha256,
    lockedIntegrity(checkout.root, '@tensorflow/tfjs-node'),
    lockedIntegrity(checkout.root, 'node-api-headers'),
    ...flags,
    ...searchFolders,
  );
  return path.join(checkout.cache, `tensorflow-binding-${tensorFlowVersion}-${checkout.platform}-${key}`);
}

function librariesOf(checkout) {
  return path.join(libraryFolder(checkout), 'tensorflow');
}

function linkTarget(link) {
  try {
    return fs.readlinkSync(link);
  } catch {
    return undefined;
  }
}
