import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, shortHash } from './setup/cache.mjs';
import { findCompiler } from './setup/machine-tools.mjs';
import { runTool, tryTool } from './setup/run-tool.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const nativeFolder = path.join(root, 'engine/scan-kernel/native');
const testFolder = path.join(root, 'test/engine/scan-kernel/native');
/** What the kernel is without TensorFlow and Node. */
const librarySources = ['decode-program.cc', 'validate-program.cc', 'elementwise-program.cc', 'instruction-sets.cc', 'lane-layout.cc', 'processor-load.cc', 'scan.cc', 'thread-choice.cc', 'thread-pool.cc', 'workspace.cc'];
const hasAvx512 = process.platform === 'linux' && ['avx512f', 'avx512dq', 'avx512vl', 'avx512bw'].every((flag) => fs.readFileSync('/proc/cpuinfo', 'utf8').includes(` ${flag} `));
const avx2Flags = process.arch === 'x64' ? ['-mavx2', '-mfma'] : [];
/**
 * The sources of every instruction set, for this processor: it runs those that it lacks with vectors of its own.
 * @type {readonly (readonly [file: string, flags: readonly string[]])[]}
 */
const everyWidth = [
  ['interpreter-avx2.cc', avx2Flags],
  ['interpreter-avx512.cc', hasAvx512 ? [...avx2Flags, '-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw'] : avx2Flags],
  ['interpreter-neon.cc', avx2Flags],
];

const memorySanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const threadSanitizer = ['-fsanitize=thread'];

/** The programs in test/engine/scan-kernel/native, with the sanitizers they run under. */
export const nativeTests = {
  fuzz: { program: 'fuzz', sanitizers: memorySanitizers },
  threads: { program: 'threads', sanitizers: threadSanitizer },
  widths: { program: 'widths', sanitizers: [] },
  lending: { program: 'lending', sanitizers: memorySanitizers },
  'lending-threads': { program: 'lending', sanitizers: threadSanitizer },
};

/**
 * Builds a native test, or finds it built from the same sources.
 * @param {keyof typeof nativeTests} name
 * @returns {Promise<string>} the program
 */
export async function buildNativeTest(name) {
  const { program: source, sanitizers } = nativeTests[name];
  const flags = ['-std=c++17', '-O1', '-g1', '-fno-math-errno', '-fno-trapping-math', '-Wno-psabi', ...sanitizers, `-I${nativeFolder}`, `-I${testFolder}`];
  const sources = [nativeFolder, testFolder].flatMap((folder) => fs.readdirSync(folder).filter((file) => /\.(?:cc|h)$/u.test(file)).sort().map((file) => path.join(folder, file)));
  const key = shortHash(...flags, ...sources.map((file) => fs.readFileSync(file, 'utf8')));
  const program = path.join(cacheRoot(), `scan-kernel-${name}-${key}`);
  if (fs.existsSync(program)) return program;
  const compiler = await findCompiler();
  if (compiler === undefined) throw new Error('there is no C++ compiler');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scan-kernel-tests-'));
  try {
    /** @type {(readonly [file: string, flags: readonly string[]])[]} */
    const units = [
      ...librarySources.map((file) => /** @type {const} */ ([path.join(nativeFolder, file), []])),
      ...everyWidth.map(([file, own]) => /** @type {const} */ ([path.join(nativeFolder, file), own])),
      [path.join(testFolder, `${source}.cc`), []],
    ];
    const objects = units.map(([file]) => path.join(folder, `${path.basename(file)}.o`));
    const whatToDo = 'see that the C++ compiler has its sanitizers (Debian: libasan, libubsan, libtsan come with g++)';
    await Promise.all(units.map(([file, own], index) => runTool(compiler, [...flags, ...own, '-c', file, '-o', objects[index]], { whatToDo })));
    fs.mkdirSync(path.dirname(program), { recursive: true });
    for (const file of fs.readdirSync(path.dirname(program))) {
      if (new RegExp(`^scan-kernel-${name}-[0-9a-f]+$`, 'u').test(file)) fs.rmSync(path.join(path.dirname(program), file));
    }
    await runTool(compiler, [...flags, ...objects, '-lpthread', '-o', `${program}.partial`], { whatToDo });
    fs.renameSync(`${program}.partial`, program);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

/** @param {keyof typeof nativeTests} name @param {readonly string[]} [parameters] @returns {Promise<{code: number | null, output: string}>} */
export async function runNativeTest(name, parameters = []) {
  return tryTool(await buildNativeTest(name), parameters);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [programs = '1000000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
  console.log(`fuzzing the scan kernel with ${programs} programs, seed ${seed}`);
  const { code, output } = await runNativeTest('fuzz', [programs, seed]);
  console.log(output.trim());
  process.exitCode = code ?? 1;
}
