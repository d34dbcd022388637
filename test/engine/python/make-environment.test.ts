import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { EnvironmentFailure } from '../../../engine/python/environment-failure.mjs';
import { environmentPlace } from '../../../engine/python/environment-place.mjs';
import { makeEnvironment } from '../../../engine/python/make-environment.mjs';
import { choosePython, makePython, readPythonStatus } from '../../../engine/python/python-environment.ts';
import { writePackages, writeWheel } from './wheel.ts';

// Real Python, real pip; the packages are of one line each and lie in a folder.

let place: string;
let cache: string;
let index: string;
let requirements: string;

beforeEach(() => {
  place = mkdtempSync(path.join(os.tmpdir(), 'unroll-python-'));
  cache = path.join(place, 'cache', 'unroll');
  index = path.join(place, 'index');
  for (const folder of [cache, index]) mkdirSync(folder, { recursive: true });
  requirements = writePackages(index);
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', index);
  vi.stubEnv('XDG_CACHE_HOME', path.join(place, 'cache'));
  vi.stubEnv('XDG_CONFIG_HOME', path.join(place, 'config'));
  vi.stubEnv('UNROLL_PYTHON', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

const make = (more: Partial<Parameters<typeof makeEnvironment>[0]> = {}) => makeEnvironment({ requirements, cache, neededBytes: 0, ...more });

/** What went wrong, and what of it lies on the disk. */
async function failureOf(making: Promise<unknown>): Promise<{ readonly kind: string; readonly why: string; readonly whatToDo: string; readonly left: readonly string[] }> {
  const error: unknown = await making.then(() => 'nothing failed', (reason: unknown) => reason);
  if (!(error instanceof EnvironmentFailure)) throw error;
  return { kind: error.kind, why: error.message, whatToDo: error.whatToDo, left: readdirSync(cache) };
}

/** A program that stands in for Python. */
function standIn(name: string, script: string): string {
  const file = path.join(place, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const answers = (facts: object): string => `if [ "$1" = -c ]; then echo '${JSON.stringify({ executable: 'python', pip: '24.0', venv: true, ensurepip: true, version: [3, 12, 1], ...facts })}'; exit 0; fi`;

describe('making a Python environment', () => {
  it('installs what is pinned, says how far it is, and is what exports are checked with from then on', async () => {
    expect((await readPythonStatus()).source).toBe('none');
    const said: { readonly doing: string; readonly share: number }[] = [];
    const made = await make({ tell: (progress) => void said.push(progress) });
    expect(made.keras).toBe('3.15.0');
    expect(await readPythonStatus()).toMatchObject({
      source: 'made',
      interpreter: made.interpreter,
      versions: { packages: { keras: '3.15.0', tensorflow: '2.21.0', onnx: '1.22.0', safetensors: '0.7.0', numpy: '2.4.0' } },
      problem: null,
    });
    expect(said.map(({ doing }) => doing)).toEqual(expect.arrayContaining(['Looking for Python', 'Package 1 of 5: keras', 'Package 5 of 5: safetensors', 'Unpacking 5 packages', 'Loading Keras and TensorFlow for the first time']));
    const shares = said.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    // There already: nothing is fetched again.
    rmSync(index, { recursive: true });
    expect(await make()).toEqual({ interpreter: made.interpreter, keras: null });
  }, 60_000);

  it('takes away what an earlier making left behind, and leaves what another one is busy with', async () => {
    const { folder } = environmentPlace(requirements, cache);
    const [deserted, underWay] = [`${folder}.partial-999999999`, `${folder}.partial-${process.ppid}`];
    for (const partial of [deserted, underWay]) mkdirSync(partial);
    await make();
    expect([deserted, underWay].map((partial) => existsSync(partial))).toEqual([false, true]);
  }, 60_000);

  it.each([
    [{ version: [3, 9, 2] }, 'no-python', /^no Python 3\.11 to 3\.13 was found: .*python3 is 3\.9\.2$/],
    [{ version: [3, 15, 0] }, 'no-python', /python3 is 3\.15\.0$/],
    [{ venv: false }, 'no-venv', /python3 \(3\.12\.1\) comes without the module venv$/],
    [{ pip: null, ensurepip: false }, 'no-venv', /python3 \(3\.12\.1\) comes without pip$/],
  ] as const)('says what the machine has where that is not enough: %j', async (facts, kind, why) => {
    const failure = await failureOf(make({ pythons: [standIn('python3', answers(facts))] }));
    expect(failure).toMatchObject({ kind, why: expect.stringMatching(why) as string, left: [] });
    expect(failure.whatToDo).toMatch(/^install /u);
  });

  it('says so where there is no Python at all', async () => {
    expect(await failureOf(make({ pythons: ['/nowhere/python3'] }))).toMatchObject({ kind: 'no-python', why: 'no Python 3.11 to 3.13 was found', left: [] });
  });

  it('uses the environment’s own pip where the machine’s Python has none', async () => {
    const python = standIn('python3', `${answers({ pip: null })}\nif [ "$2" = venv ]; then mkdir -p "$3/bin" "$3/lib/python3.12/site-packages"; echo 'echo own pip >&2; exit 3' > "$3/bin/python"; chmod +x "$3/bin/python"; exit 0; fi\nexit 9`);
    expect(await failureOf(make({ pythons: [python] }))).toMatchObject({ kind: 'failed', why: 'pip could not install the packages: own pip', left: [] });
  });

  it('says that the index is out of reach, and leaves nothing', async () => {
    vi.stubEnv('PIP_NO_INDEX', '0');
    vi.stubEnv('PIP_FIND_LINKS', '');
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple');
    const failure = await failureOf(make());
    expect(failure).toMatchObject({ kind: 'no-index', why: 'pip does not reach the package index', left: [] });
    expect(failure.whatToDo).toContain('check the network');
  }, 60_000);

  it('refuses a package that is not the one that is pinned', async () => {
    writeWheel(index, 'keras', '3.15.0', { 'keras/__init__.py': 'print("another")\n' });
    expect(await failureOf(make())).toMatchObject({ kind: 'failed', why: 'a package that was fetched is not the one that is pinned (its hash differs)', left: [] });
  }, 60_000);

  it('says that a package is missing at the index', async () => {
    requirements += 'onnxruntime==1.0.0 \\\n    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000\n';
    expect(await failureOf(make())).toMatchObject({ kind: 'no-index', why: 'the package index has no onnxruntime==1.0.0 for this Python', left: [] });
  }, 60_000);

  it('leaves nothing where what was installed cannot be loaded', async () => {
    requirements = requirements.replace(/^tensorflow==[^]*?\n(?=\w)/mu, '') + writeWheel(index, 'tensorflow', '2.22.0', { 'tensorflow/__init__.py': 'raise ImportError("no such instruction")\n' });
    expect(await failureOf(make())).toMatchObject({ kind: 'failed', why: expect.stringContaining('ImportError: no such instruction') as string, left: [] });
  }, 60_000);

  it('says before it begins that the disk is too full', async () => {
    expect(await failureOf(make({ neededBytes: 1e18 }))).toMatchObject({ kind: 'disk-full', why: expect.stringMatching(/has [\d.]+ GB free, and 1000000000\.0 GB are needed$/) as string, left: [] });
  });

  it('says that the disk has become full on the way, and leaves nothing', async () => {
    const python = standIn('python3', `${answers({})}\nif [ "$2" = venv ]; then mkdir -p "$4/lib/python3.12/site-packages"; exit 0; fi\necho "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"; exit 1`);
    expect(await failureOf(make({ pythons: [python] }))).toMatchObject({ kind: 'disk-full', why: 'the disk is full', left: [] });
  });

  it('stops within a moment while it waits for the index, and leaves nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    const port = await new Promise<number>((resolve) => silent.once('listening', () => resolve((silent.address() as AddressInfo).port)));
    vi.stubEnv('PIP_NO_INDEX', '0');
    vi.stubEnv('PIP_FIND_LINKS', '');
    vi.stubEnv('PIP_INDEX_URL', `http://127.0.0.1:${port}/simple`);
    const stopping = new AbortController();
    silent.on('request', () => stopping.abort());
    try {
      expect(await failureOf(make({ signal: stopping.signal }))).toMatchObject({ kind: 'stopped', left: [] });
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  }, 60_000);
});

describe('the app’s own words', () => {
  const door = openFileDoor();
  const assets = () => {
    mkdirSync(path.join(place, 'assets', 'python'), { recursive: true });
    writeFileSync(path.join(place, 'assets', 'python', 'requirements.txt'), requirements);
    return path.join(place, 'assets');
  };

  it('says in one sentence what failed and what to do', async () => {
    writeWheel(index, 'keras', '3.15.0', { 'keras/__init__.py': 'print("another")\n' });
    const made = await makePython(door, { assets: assets(), signal: new AbortController().signal, tell: () => undefined });
    expect(made.ok ? [] : made.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['python-making-failed', "The Python environment could not be made: a package that was fetched is not the one that is pinned (its hash differs). See which package index pip is set to (`python3 -m pip config list`), then try again."],
    ]);
  }, 60_000);

  it('takes a Python of the person’s own where it has everything, for as long as they wish', async () => {
    const own = (await make()).interpreter;
    const chosen = await choosePython(door, own);
    expect(chosen.ok && chosen.value).toMatchObject({ source: 'chosen', interpreter: own, problem: null });
    expect((await readPythonStatus()).source).toBe('chosen');
    const forgotten = await choosePython(door, null);
    expect(forgotten.ok && forgotten.value.source).toBe('made');
  }, 60_000);

  it('refuses a Python that lacks packages or has an older Keras, and keeps the choice from before', async () => {
    const packages = { keras: '2.15.0', tensorflow: null, onnx: '1.22.0', safetensors: null, numpy: '2.4.0' };
    const python = standIn('old-python', `echo '${JSON.stringify({ python: '3.12.1', packages })}'`);
    const chosen = await choosePython(door, python);
    expect(chosen.ok ? '' : chosen.diagnostics[0]?.message).toBe(
      `${python} cannot check exports: it lacks keras (3 or newer; it has 2.15.0), tensorflow, safetensors. Install what is missing there (\`${python} -m pip install keras tensorflow safetensors\`), or let Unroll make an environment.`,
    );
    expect((await readPythonStatus()).source).toBe('none');
  });

  it('refuses what is no Python', async () => {
    const chosen = await choosePython(door, standIn('no-python', 'echo "unknown option -c" >&2; exit 2'));
    expect(chosen.ok ? '' : chosen.diagnostics[0]?.message).toMatch(/no-python cannot check exports: unknown option -c\. Choose a Python 3/u);
  });

  it('says that a chosen Python is gone', async () => {
    mkdirSync(path.join(place, 'config', 'unroll'), { recursive: true });
    writeFileSync(path.join(place, 'config', 'unroll', 'python.json'), JSON.stringify({ interpreter: '/nowhere/python' }));
    expect(await readPythonStatus()).toMatchObject({ source: 'chosen', versions: null, problem: { code: 'python-unusable' } });
  });

  it('the package has the list of what is installed', () => {
    expect(readFileSync('assets/python/requirements.txt', 'utf8')).toMatch(/^keras==3\./mu);
    expect(readFileSync('builder.yml', 'utf8')).toMatch(/^ {2}- assets\/\*\*$/mu);
  });
});
