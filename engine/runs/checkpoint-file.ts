import { z } from 'zod';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { Program, Variable } from '../../core/program/program.ts';
import { plateauAtStart } from '../../core/program/schedules/plateau.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import type { TensorData } from '../session.ts';
import { modelRoles } from '../training/training-state.ts';
import type { TrainingCounters, TrainingSnapshot, Variables } from '../training/training-state.ts';
import { encodeSafetensors } from './safetensors.ts';
import type { StoredTensor, TensorFile } from './safetensors.ts';
import { tensorNamed } from './tensor-file.ts';
import { constantShape } from './variable-shape.ts';

const count = z.number().int().min(0);

const countersSchema = z.object({
  epoch: count,
  stepInEpoch: count,
  step: count,
  lossSum: z.number(),
  weightSum: z.number(),
  /** JSON has no infinity: null before the first epoch has ended. */
  bestLoss: z.union([z.number(), z.null().transform(() => Infinity)]),
  bestEpoch: count,
  firstLoss: z.number().nullable(),
  // Checkpoints of older versions had no plateaus.
  plateau: z.object({ reductions: count, waitingSince: count }).default(plateauAtStart),
  secondsInEpoch: z.number(),
});

const countersKey = 'counters';
const carriedPrefix = 'carried/';

/** checkpoint.safetensors: every variable, the kept weights, and the counters as JSON, which gives doubles back bit for bit. */
export function encodeCheckpoint({ counters, variables, kept, carried }: TrainingSnapshot): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, data] of variables) tensors.set(`variable/${name}`, data);
  for (const [name, data] of kept) tensors.set(`kept/${name}`, data);
  for (const [name, data] of carried ?? []) tensors.set(`${carriedPrefix}${name}`, data);
  const metadata = new Map([
    ['format', 'unroll-checkpoint'],
    [countersKey, JSON.stringify(counters)],
  ]);
  return encodeSafetensors({ tensors, metadata });
}

/** The state in a checkpoint, for the program that the run's document compiles to. */
export function decodeCheckpoint(program: Program, file: TensorFile, fileName: string): Result<TrainingSnapshot> {
  const counters = readCounters(file.metadata.get(countersKey));
  if (counters === null) {
    const facts = { file: fileName, reason: 'its counters are missing or not usable' };
    return fail(diagnose('weights-file-damaged', { kind: 'file', file: fileName }, facts));
  }
  const variables = readAll(program.variables, 'variable', file, fileName);
  if (!variables.ok) return variables;
  const kept = readAll(program.variables.filter(({ role }) => modelRoles.includes(role)), 'kept', file, fileName);
  if (!kept.ok) return kept;
  const carried = readCarried(program, file, fileName);
  return carried.ok ? succeed({ counters, variables: variables.value, kept: kept.value, ...(carried.value.size > 0 && { carried: carried.value }) }) : carried;
}

/** As many rows as the last step had; none before the first step. */
function readCarried(program: Program, file: TensorFile, fileName: string): Result<Variables> {
  const carried = new Map<string, TensorData>();
  for (const { name, role, shape } of program.entries.train?.inputs ?? []) {
    const tensor = file.tensors.get(`${carriedPrefix}${name}`);
    if (role.kind !== 'carried' || tensor === undefined) continue;
    const found = tensorNamed(file, fileName, `${carriedPrefix}${name}`, { type: 'float', shape: [tensor.shape[0] ?? 0, evaluateSize(shape[1]!, {})] });
    if (!found.ok) return found;
    carried.set(name, found.value);
  }
  return succeed(carried);
}

function readCounters(json: string | undefined): TrainingCounters | null {
  try {
    return countersSchema.parse(JSON.parse(json ?? ''));
  } catch {
    return null;
  }
}

function readAll(wanted: readonly Variable[], prefix: string, file: TensorFile, fileName: string): Result<Variables> {
  const variables = new Map<string, TensorData>();
  for (const variable of wanted) {
    const found = tensorNamed(file, fileName, `${prefix}/${variable.name}`, { type: variable.type, shape: constantShape(variable) });
    if (!found.ok) return found;
    variables.set(variable.name, found.value);
  }
  return succeed(variables);
}
