import { buildModel } from '../../core/compile/build-model.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import type { Model } from '../../core/compile/model.ts';
import { initialMovingStatistics, initialParameters } from '../../core/program/initializers.ts';
import type { Entry, EntryInput, EntryName, Program } from '../../core/program/program.ts';
import { seedFor } from '../../core/program/random.ts';
import { elementCount, type NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import type { EvaluationSettings } from '../../core/program/reference/evaluate-body.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import { defaultSpellingSettings } from '../../engine/tensorflow/scan-spelling.ts';
import { EngineError } from '../../engine/session.ts';
import type { Backend, NamedTensors } from '../../engine/session.ts';
import { numbers } from './body-case.ts';
import { ReferenceSession } from './evaluate-entry.ts';
import { sampleTensor } from './numeric-gradient.ts';
import { randomUniforms } from './random-uniforms.ts';
import type { RandomGraph } from './random-graph.ts';
import { testBackend, toNumericTensor, toTensorData } from './run-on-tensorflow.ts';

/** Relative to the larger of a number and 1: what float32 may lose on the way through a network. */
const tolerance = 1e-4;
/** Where the function itself moves by more when its numbers move by one rounding of float32: so many times that. */
const roundingsAllowed = 64;
const batch = 3;

type Tensors = Readonly<Record<string, NumericTensor>>;

/** Both spellings of scan: the kernel, and TensorFlow's operations, as a loop or written out in turn. */
const kernel = testBackend({ ...defaultSpellingSettings, scanKernel: true });
const plain = [
  testBackend({ unrolledSteps: 0, unrolledInstructions: 0, scanKernel: false }),
  testBackend({ unrolledSteps: 1000, unrolledInstructions: 1_000_000, scanKernel: false }),
] as const;

export interface Agreement {
  /** What differs, or is not finite, in words; empty where all is well. */
  readonly faults: readonly string[];
  /** Whether some number was held to what rounding its inputs does to it, and not to the plain tolerance. */
  readonly isIllConditioned: boolean;
  readonly recurrences: number;
}

/** What one entry is called with. */
interface Call {
  readonly name: string;
  readonly entry: EntryName;
  readonly feeds: Tensors;
  readonly batch: number;
}

/** Compiles a graph, runs every entry and a training step in the engine, spelled in every way, and in float64, and compares. */
export function agreementOf(graph: RandomGraph): Agreement {
  const built = buildModel(graph.document, graph.data);
  if (!built.ok) return { faults: built.diagnostics.map(({ message }) => message), isIllConditioned: false, recurrences: 0 };
  const model = built.value;
  const program = compileProgram(model, graph.document.training);
  const variables = startVariables(model, program, graph.number);
  const calls = callsOf(program, graph.number);
  const expected = referenceResults(program, variables, calls);
  const faults: string[] = [];
  const moved = new Lazy(() => movedResults(program, variables, calls, graph.number));
  const recurrences = countScans(program.entries.train ?? program.entries.predict);
  const compare = (spelling: string, backend: Backend, chosen: readonly Call[]): void => {
    let found: Results;
    try {
      found = engineResults(backend, program, variables, chosen);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      faults.push(`${spelling}: ${error.message}`);
      return;
    }
    for (const [call, results] of found) {
      for (const [name, tensor] of Object.entries(results)) {
        faults.push(...differences(`${spelling}: ${call}: ${name}`, tensor, expected.get(call)?.[name], () => moved.value.map((run) => run.get(call)![name]!)));
      }
    }
  };
  compare('scan kernel', kernel, calls);
  // The other entries of a program hold no scan that these two do not hold as well.
  const scanning = calls.filter(({ entry }) => entry === 'train' || entry === 'evaluate');
  if (recurrences > 0) compare('plain operations', plain[graph.number % 2]!, scanning);
  return { faults, isIllConditioned: moved.wasAsked, recurrences };
}

class Lazy<Value> {
  readonly #make: () => Value;
  #made: { readonly value: Value } | undefined;

  constructor(make: () => Value) {
    this.#make = make;
  }

  get value(): Value {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }

  get wasAsked(): boolean {
    return this.#made !== undefined;
  }
}

/** The first fault of a tensor, if any. */
function differences(where: string, found: NumericTensor, expected: NumericTensor | undefined, moved: () => readonly NumericTensor[]): readonly string[] {
  const shapes = [String(found.shape), String(expected?.shape)] as const;
  if (expected === undefined || shapes[0] !== shapes[1]) return [`${where} has the shape [${shapes[0]}], not [${shapes[1]}]`];
  for (const [position, value] of expected.values.entries()) {
    const own = found.values[position]!;
    if (!Number.isFinite(own) || !Number.isFinite(value)) return [`${where} is ${own} at ${position}, expected ${value}`];
    const error = Math.abs(own - value);
    if (error <= tolerance * Math.max(1, Math.abs(value))) continue;
    const sway = Math.max(...moved().map((run) => Math.abs(run.values[position]! - value)));
    if (error > roundingsAllowed * sway) return [`${where} is ${own} at ${position}, expected ${value}; a rounding of float32 moves it by ${sway}`];
  }
  return [];
}

/** Every entry with a batch, prediction also with another one, training last. */
function callsOf(program: Program, number: number): readonly Call[] {
  const entries = (['predict', 'evaluate', 'sample', 'train'] as const).filter((name) => program.entries[name] !== undefined);
  const call = (entry: EntryName, size: number): Call =>
    ({ name: `${entry} (batch ${size})`, entry, batch: size, feeds: feedsOf(program.entries[entry]!, size, number) });
  return [call('predict', 1), ...entries.map((entry) => call(entry, batch))];
}

function feedsOf(entry: Entry, size: number, number: number): Tensors {
  return Object.fromEntries(entry.inputs.map((input) => [input.name, feedOf(input, size, number)]));
}

function feedOf({ name, role, shape }: EntryInput, size: number, number: number): NumericTensor {
  const sizes = shape.map((axis) => evaluateSize(axis, { batch: size }));
  switch (role.kind) {
    case 'data': {
      const values = sampleTensor(sizes, number * 31 + name.length).values;
      return { shape: sizes, values: role.content === 'weights' ? values.map((value) => Math.fround(Math.abs(value))) : values.map(Math.fround) };
    }
    case 'carried':
      return sampleTensor(sizes, number * 37 + name.length);
    case 'seed':
      return { shape: sizes, values: Float64Array.from(seedFor(number, role.node, 0)) };
    case 'learning-rate':
      return { shape: sizes, values: Float64Array.of(Math.fround(0.01)) };
  }
}

/** Weights as a run starts with them, moved a little so that none is zero; exact in float32. */
function startVariables(model: Model, program: Program, number: number): Tensors {
  const moving = initialMovingStatistics(model);
  const nudged = (start: Float32Array): Float64Array => {
    const nudge = sampleTensor([start.length], number + 5, 0.2).values;
    return Float64Array.from(start, (value, index) => Math.fround(value + (value === 1 ? Math.abs(nudge[index]!) : nudge[index]!)));
  };
  return Object.fromEntries(program.variables.map(({ name, shape }) => {
    const sizes = shape.map((size) => evaluateSize(size, {}));
    const start = name === 'parameters' ? initialParameters(model, program.parameterLayout, number) : moving.get(name);
    return [name, { shape: sizes, values: start === undefined ? new Float64Array(elementCount(sizes)) : nudged(start) }];
  }));
}

/** Outputs of each call, and after training every variable that is not the optimiser's, by name. */
type Results = ReadonlyMap<string, Tensors>;

function keptVariables(program: Program): readonly string[] {
  return program.variables.filter(({ role }) => role !== 'optimizer' && role !== 'trainable').map(({ name }) => name);
}

function referenceResults(program: Program, variables: Tensors, calls: readonly Call[], rounded?: EvaluationSettings['rounded']): Results {
  return new Map(calls.map((call) => {
    const settings: EvaluationSettings = { batch: call.batch, uniform: randomUniforms, ...(rounded !== undefined && { rounded }) };
    const session = new ReferenceSession(program, settings);
    for (const [name, { values }] of Object.entries(variables)) session.setVariable(name, values);
    const outputs = session.run(call.entry, call.feeds);
    const kept = call.entry === 'train' ? keptVariables(program).map((name) => [name, session.variable(name)]) : [];
    return [call.name, { ...outputs, ...Object.fromEntries(kept) as Tensors }];
  }));
}

/** What the calls give when every weight, every number fed and every number computed is off by up to one rounding of float32, for several ways to be off. */
function movedResults(program: Program, variables: Tensors, calls: readonly Call[], number: number): readonly Results[] {
  return Array.from({ length: 4 }, (_, way) => {
    const draw = numbers(number * 13 + way);
    const shake = (value: number): number => value * (1 + 2 ** -23 * (2 * draw() - 1));
    const shaken = (tensors: Tensors): Tensors => Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: values.map(shake) }]));
    // Small whole numbers (masks, steps, counts) are exact in float32.
    const rounded = (value: number): number => (Number.isInteger(value) ? value : shake(value));
    const isShaken = (name: string): boolean => !name.startsWith('seed');
    const feeds = (own: Tensors): Tensors => ({ ...own, ...shaken(Object.fromEntries(Object.entries(own).filter(([name]) => isShaken(name)))) });
    return referenceResults(program, shaken(variables), calls.map((call) => ({ ...call, feeds: feeds(call.feeds) })), rounded);
  });
}

function engineResults(backend: Backend, program: Program, variables: Tensors, calls: readonly Call[]): Results {
  const session = backend.open(program);
  try {
    for (const [name, tensor] of Object.entries(variables)) session.writeVariable(name, toTensorData('float', tensor));
    return new Map(calls.map((call) => {
      const entry = program.entries[call.entry]!;
      const feeds: NamedTensors = Object.fromEntries(entry.inputs.map(({ name, type }) => [name, toTensorData(type, call.feeds[name]!)]));
      const results = session.run(call.entry, feeds, entry.outputs);
      const outputs = entry.outputs.map((name) => [name, toNumericTensor(results[name]!)] as const);
      const kept = call.entry === 'train' ? keptVariables(program).map((name) => [name, toNumericTensor(session.readVariable(name))] as const) : [];
      return [call.name, Object.fromEntries([...outputs, ...kept])];
    }));
  } finally {
    session.close();
  }
}

function countScans(entry: Entry | undefined): number {
  return entry?.body.instructions.filter(({ kind }) => kind === 'scan').length ?? 0;
}
