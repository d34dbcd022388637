import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { templateList } from '../../../core/document/template-list.ts';
import { exportObstacle } from '../../../core/export/export-formats.ts';
import { parts } from '../../../core/forecast/split.ts';
import { largestDifference } from '../../../engine/export/proof/difference.ts';
import { validationLoss } from '../../../engine/training/validation-loss.ts';
import { kerasDefaults } from '../../../formats/python/keras-defaults.ts';
import { requirements } from '../../../formats/python/requirements.ts';
import { needPython, runPython } from '../../support/python.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';
import { partOf, projectCase } from './project-case.ts';
import type { ProjectCase } from './project-case.ts';
import { smallProjects } from './small-projects.ts';

const program = fileURLToPath(new URL('run-projects.py', import.meta.url));
const templates = fileURLToPath(new URL('../../../assets/templates', import.meta.url));

interface Answer {
  readonly windows: Readonly<Record<string, number>>;
  readonly offsets?: readonly number[];
  readonly factors?: readonly number[];
  readonly moved?: number;
  readonly printed?: string;
  readonly 'training loss'?: number;
  readonly 'validation loss'?: number;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-python-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(python: string, cases: readonly ProjectCase[], train: boolean): Promise<readonly Answer[]> {
  const printed = await runPython(python, [program], { input: JSON.stringify(cases.map((one) => ({ folder: one.folder, train }))) });
  return printed.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Answer);
}

function numbersOf(file: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(file)).buffer);
}

/** What of a project's windows is not as the engine has them, in words. */
function faultsOf(one: ProjectCase, { windows, offsets, factors }: Answer): readonly string[] {
  const { scaler, plan } = one.experiment.dataset;
  const faults = parts.flatMap((part) => {
    const expected = partOf(one, part);
    if (windows[part] !== plan.samples[part].count) return [`${one.name}: ${windows[part]} windows of the ${part} part, not ${plan.samples[part].count}`];
    return (['inputs', 'targets', 'weights'] as const).flatMap((what) => {
      const found = what === 'weights' && !hasFile(one, part) ? expected.weights.map(() => 1) : numbersOf(path.join(one.folder, `${part}.${what}`));
      // A target that does not count is nobody's: the engine leaves what stands there.
      const counted = (values: Float32Array): Float32Array => (what === 'targets' && values.length === expected.weights.length ? values.map((value, place) => (expected.weights[place] === 0 ? 0 : value)) : values);
      const difference = found.length === expected[what].length ? largestDifference(counted(found), counted(expected[what])) : Number.POSITIVE_INFINITY;
      return difference <= 1e-6 ? [] : [`${one.name}: ${what} of the ${part} part differ by ${difference}`];
    });
  });
  if (scaler.kind !== 'none') {
    const own = [...scaler.columns.map(({ offset }) => offset), ...scaler.columns.map(({ factor }) => factor)];
    const scaling = largestDifference(Float32Array.from([...(offsets ?? []), ...(factors ?? [])]), Float32Array.from(own));
    if (!(scaling <= 1e-6)) faults.push(`${one.name}: the scaling differs by ${scaling}`);
  }
  return faults;
}

function hasFile({ folder: place }: ProjectCase, part: string): boolean {
  try {
    return readFileSync(path.join(place, `${part}.weights`)).length >= 0;
  } catch {
    return false;
  }
}

it('data.py of every template cuts the windows that the engine cuts', async (context) => {
  const python = needPython(context);
  const cases: ProjectCase[] = [];
  for (const { id } of templateList) {
    const parsed = parseDocument(readFileSync(path.join(templates, `${id}.unroll`), 'utf8'));
    if (!parsed.ok) throw new Error(id);
    const [target, second] = parsed.value.document.nodes.filter(({ type }) => ['forecast', 'classify', 'regress', 'impute'].includes(type));
    if (target === undefined || second !== undefined) continue;
    const one = await projectCase(id, parsed.value.document, templates, folder);
    if (exportObstacle('python', one.exportable.model) === null) cases.push(one);
  }
  expect(cases.length).toBeGreaterThan(12);
  const answers = await run(python, cases, false);
  expect(cases.flatMap((one, index) => faultsOf(one, answers[index]!))).toEqual([]);
}, 300_000);

it.for(['forecasts', 'other targets'])('data, loss, training and prediction of small projects are those of the engine: %s', { timeout: 300_000 }, async (kind, context) => {
  const python = needPython(context);
  const cases: ProjectCase[] = [];
  for (const [name, document] of Object.entries(smallProjects(folder))) {
    const isForecast = document.nodes.at(-1)?.type === 'forecast';
    if (isForecast === (kind === 'forecasts')) cases.push(await projectCase(name, document, folder, folder));
  }
  const answers = await run(python, cases, true);
  expect(answers.length).toBe(cases.length);
  expect(cases.flatMap((one, index) => [...faultsOf(one, answers[index]!), ...lossFaults(one, answers[index]!)])).toEqual([]);
  expect(answers.filter(({ moved, printed }) => !((moved ?? 0) > 0) || printed === undefined || /nan/iu.test(printed))).toEqual([]);
});

/** Whether Keras's loss of the same weights on a whole part is the engine's. */
function lossFaults({ name, experiment: { program: compiled, model, dataset }, exportable, flat }: ProjectCase, answer: Answer): readonly string[] {
  const session = testBackend().open(compiled);
  try {
    for (const { name: variable } of compiled.variables) {
      const values = variable === 'parameters' ? flat : exportable.weights.get(variable)?.values;
      if (values !== undefined) session.writeVariable(variable, { type: 'float', shape: [values.length], values });
    }
    return (['training', 'validation'] as const).flatMap((part) => {
      const samples = dataset.plan.samples[part];
      if (samples.count === 0) return [];
      const work = validationLoss(session, compiled, model.targets, dataset.feeds, samples);
      let step = work.next();
      while (step.done !== true) step = work.next();
      const found = answer[`${part} loss`] ?? Number.NaN;
      return Math.abs(found - step.value) <= 2e-5 * Math.max(1, Math.abs(step.value)) ? [] : [`${name}: the ${part} loss is ${found} in Keras and ${step.value} here`];
    });
  } finally {
    session.close();
  }
}

it('leaves out only what Keras takes by itself', async (context) => {
  const question = `
import inspect, json, sys, keras
found = {}
for name, defaults in json.load(sys.stdin).items():
    signature = inspect.signature((getattr(keras.layers, name, None) or getattr(keras.optimizers, name)).__init__).parameters
    for key, value in defaults.items():
        own = signature[key].default if key in signature else "none such"
        # Names for what is said by None.
        own = {"activation": "linear", "data_format": "channels_last"}.get(key, own) if own is None else own
        if own != value:
            found[name + "." + key] = str(own)
print(json.dumps(found))`;
  expect(JSON.parse(await runPython(needPython(context), ['-c', question], { input: JSON.stringify(kerasDefaults) }))).toEqual({});
}, 60_000);

it('asks for the versions that exports are proven with', () => {
  const pinned = readFileSync(new URL('../../../assets/python/requirements.txt', import.meta.url), 'utf8');
  expect(requirements.filter(({ package: name, version }) => !new RegExp(`^${name}==${version.replaceAll('.', '\\.')} `, 'mu').test(pinned))).toEqual([]);
});
