import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { runProgram } from './run-program.mjs';

/** Versions by package, Python's own among them; null: not installed. */
export interface PythonVersions {
  readonly python: string;
  readonly packages: Readonly<Record<PythonPackage, string | null>>;
}

export type PythonPackage = (typeof packageNames)[number];

const packageNames = ['keras', 'tensorflow', 'onnx', 'safetensors', 'numpy'] as const;

/** Read from what pip noted, which takes a twentieth of a second; importing TensorFlow takes seconds. */
const question = `
import importlib.metadata, importlib.util, json, sys
def version(name):
    if importlib.util.find_spec(name) is None:
        return None
    for distribution in (name, name + "-cpu", name + "-macos", name + "-intel", name + "-cpu-aws"):
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            pass
    return "?"
print(json.dumps({"python": ".".join(map(str, sys.version_info[:3])), "packages": {name: version(name) for name in ${JSON.stringify(packageNames)}}}))
`;

/** What a Python has installed. Nothing of it is imported. */
export async function inspectPython(interpreter: string): Promise<Result<PythonVersions>> {
  const { code, output } = await runProgram(interpreter, ['-c', question]);
  const said = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0) return fail(unusable(interpreter, said === '' ? `it ended with exit code ${code ?? 'none'}` : said));
  try {
    return succeed(JSON.parse(said) as PythonVersions);
  } catch {
    return fail(unusable(interpreter, 'it does not answer as Python does'));
  }
}

/** A Python that has everything that checks exports, and can load it. */
export async function usablePython(interpreter: string): Promise<Result<PythonVersions>> {
  const found = await inspectPython(interpreter);
  if (!found.ok) return found;
  const missing = missingPackages(found.value);
  if (missing.length > 0) return fail(diagnose('python-lacks', { kind: 'project' }, { interpreter, missing }));
  const { code, output } = await runProgram(interpreter, ['-c', 'import keras, tensorflow, onnx, safetensors.numpy'], { environment: { KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3' } });
  return code === 0 ? found : fail(unusable(interpreter, output.trim().split('\n').at(-1) ?? 'its packages cannot be loaded'));
}

/** What of it is there: name and version of Python, then of each package. */
export function installedVersions({ python, packages }: PythonVersions): readonly (readonly [name: string, version: string])[] {
  return [['Python', python], ...Object.entries(packages).flatMap(([name, version]) => (version === null ? [] : [[name, version] as const]))];
}

/** In words that pip takes: "keras (3 or newer, it has 2.15.0)". */
export function missingPackages({ packages }: PythonVersions): readonly string[] {
  return packageNames.flatMap((name) => {
    const version = packages[name];
    if (version === null) return [name];
    return name === 'keras' && Number(version.split('.')[0]) < 3 ? [`keras (3 or newer; it has ${version})`] : [];
  });
}

function unusable(interpreter: string, reason: string) {
  return diagnose('python-unusable', { kind: 'project' }, { interpreter, reason: reason.replace(/\.$/u, '') });
}
