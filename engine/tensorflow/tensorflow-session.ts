import type { ScanAttributes } from '../../core/program/instruction.ts';
import { eliminateDeadCode } from '../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../core/program/passes/simplify.ts';
import { hoistProgram, mapBodies } from '../../core/program/passes/optimize-program.ts';
import type { EntryName, Program } from '../../core/program/program.ts';
import type { ElementType, TensorShape } from '../../core/program/value.ts';
import { printSize } from '../../core/shapes/size.ts';
import { mergeScans } from '../scan-kernel/merge-scans.ts';
import { stepwiseScans } from '../scan-kernel/stepwise/stepwise-scans.ts';
import { EngineError } from '../session.ts';
import type { NamedTensors, OpenOptions, Session, TensorData } from '../session.ts';
import type { GraphCall, GraphLoader } from './loaded-graph.ts';
import { elementTypes } from './native-binding.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { spellProgram } from './program-graph.ts';
import type { EntryAddress, ProgramGraph } from './program-graph.ts';
import { withProbes } from './probe-outputs.ts';
import { isDirectionFree, kernelRefusal } from './scan-kernel-spelling.ts';

interface FedInput {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: TensorShape;
}

/** An entry as calls see it: what it takes, and what can be fetched. */
interface CallableEntry {
  readonly inputs: readonly FedInput[];
  readonly address: EntryAddress;
  /** Calls that fetch a list of outputs, by their names. */
  readonly calls: Map<string, GraphCall>;
}

/** Scans that the kernel takes stay whole, and work at every step of sequences joins them; the others are made as thin as can be. */
function loweredProgram(program: Program, { scanKernel }: SpellingSettings): Program {
  if (!scanKernel) return hoistProgram(program);
  const facts = { fits: (scan: ScanAttributes) => kernelRefusal(scan) === undefined, isDirectionFree };
  const merged = mapBodies(program, (body) => mergeScans(eliminateDeadCode(simplify(stepwiseScans(body, facts.fits))), facts));
  return hoistProgram(merged, (scan) => !facts.fits(scan));
}

/** A program as one TensorFlow graph: every call of `run` is one call into TensorFlow. */
export function openSession(
  load: GraphLoader,
  program: Program,
  options: OpenOptions,
  settings: SpellingSettings,
): Session {
  const probes = options.probes ?? [];
  const spelled = (): ProgramGraph =>
    spellProgram(loweredProgram(withProbes(program, probes), settings), new Set(probes.map((probe) => `${probe.entry}/${probe.name}`)), settings);
  const { graph, initializer, entries, variables } = spelled();
  const loaded = attempt('open', () => load(graph, initializer));

  const callables = new Map<EntryName, CallableEntry>();
  for (const [name, address] of entries) {
    const inputs = program.entries[name]?.inputs ?? [];
    callables.set(name, { inputs, address, calls: new Map() });
  }
  const accesses = new Map<string, GraphCall>();
  const access = (name: string, feeds: readonly string[], fetch: string): GraphCall => remembered(accesses, name, () => loaded.prepare(feeds, [fetch]));
  const variableNamed = (name: string) => {
    const found = variables.get(name);
    if (found === undefined) throw new EngineError(`variable ${name}`, 'the program has no such variable');
    return found;
  };

  /** What failed and where: a call that failed has changed nothing, so another session can do the same and say more of it. */
  const explained = (reason: string, name: EntryName, given: readonly TensorData[], outputs: readonly string[]): string => {
    const entry = callables.get(name);
    if (loaded.namesNodes || entry === undefined) return reason;
    const { graph: same } = spelled();
    const other = load(same, initializer, true);
    try {
      for (const { value, next, written } of variables.values()) other.prepare([next], [written])(loaded.prepare([], [value])([]));
      other.prepare(entry.address.inputs, fetchAddresses(name, entry, outputs))(given);
      return reason;
    } catch (error) {
      return nativeReason(error);
    } finally {
      other.close();
    }
  };

  return {
    run: (name, feeds, outputs) => {
      const entry = callables.get(name);
      if (entry === undefined) throw new EngineError(name, 'the program has no such entry');
      const given = entry.inputs.map((input) => checkedFeed(name, input, feeds[input.name]));
      const call = remembered(entry.calls, outputs.join('\n'), () => loaded.prepare(entry.address.inputs, fetchAddresses(name, entry, outputs)));
      const results = attempt(name, () => call(given), (reason) => explained(reason, name, given, outputs));
      const named: Record<string, TensorData> = {};
      outputs.forEach((output, index) => {
        const result = results[index];
        if (result !== undefined) named[output] = result;
      });
      return named satisfies NamedTensors;
    },
    readVariable: (name) => {
      const { value } = variableNamed(name);
      const [result] = attempt(`variable ${name}`, () => access(`read ${name}`, [], value)([]));
      if (result === undefined) throw new EngineError(`variable ${name}`, 'TensorFlow gave nothing back');
      return result;
    },
    writeVariable: (name, data) => {
      const { variable, next, written } = variableNamed(name);
      const feed = checkedFeed(`variable ${name}`, variable, data);
      attempt(`variable ${name}`, () => access(`write ${name}`, [next], written)([feed]));
    },
    close: () => loaded.close(),
  };
}

/** The call for a key, made at its first use. */
function remembered(calls: Map<string, GraphCall>, key: string, make: () => GraphCall): GraphCall {
  const known = calls.get(key);
  if (known !== undefined) return known;
  const made = make();
  calls.set(key, made);
  return made;
}

function fetchAddresses(name: EntryName, { address }: CallableEntry, outputs: readonly string[]): readonly string[] {
  const addresses = outputs.map((output) => {
    const found = address.outputs.get(output);
    if (found === undefined) throw new EngineError(name, `it has no output "${output}", but ${[...address.outputs.keys()].join(', ')}`);
    return found;
  });
  return addresses.length === 0 ? [address.done] : addresses;
}

/** The tensor for an input, if it fits: the native library reports a misfit by the name of a node, or not at all. */
function checkedFeed(during: string, input: FedInput, feed: TensorData | undefined): TensorData {
  if (feed === undefined) throw refusal(during, input, 'is missing');
  const { array, arrayName } = elementTypes[input.type];
  if (feed.type !== input.type || !(feed.values instanceof array)) {
    throw refusal(during, input, `wants ${input.type} elements in a ${arrayName}, found ${feed.type} elements in a ${feed.values.constructor.name}`);
  }
  let elements = 1;
  let fits = feed.shape.length === input.shape.length;
  for (let axis = 0; fits && axis < feed.shape.length; axis += 1) {
    const expected = input.shape[axis];
    const found = feed.shape[axis] ?? 0;
    if (expected?.kind === 'constant' && expected.value !== found) fits = false;
    elements *= found;
  }
  if (!fits) throw refusal(during, input, `wants shape [${input.shape.map(printSize).join(', ')}], found [${feed.shape.join(', ')}]`);
  if (elements !== feed.values.length) throw refusal(during, input, `has shape [${feed.shape.join(', ')}] but ${feed.values.length} elements`);
  return feed;
}

function refusal(during: string, { name }: FedInput, reason: string): EngineError {
  return new EngineError(during, `input "${name}" ${reason}`);
}

function attempt<Result>(during: string, work: () => Result, explain = (reason: string): string => reason): Result {
  try {
    return work();
  } catch (error) {
    throw new EngineError(during, explain(nativeReason(error)), { cause: error });
  }
}

/** What TensorFlow said, without the binding's own introduction. */
function nativeReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^(?:Session fail to run with error|Failed to load SavedModel): /u, '').trim();
}
