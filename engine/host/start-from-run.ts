import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../files/file-door.ts';
import { runFiles } from '../runs/run-directory.ts';
import { readTensorFile } from '../runs/tensor-file.ts';
import { constantShape } from '../runs/variable-shape.ts';
import { movingTensorName, parametersName, weightTensorName } from '../runs/weights-file.ts';
import type { Session } from '../session.ts';
import type { CompiledDocument } from '../training/prepare-experiment.ts';
import { resetVariables } from './reset-variables.ts';

interface Start {
  readonly files: FileDoor;
  /** The run whose kept weights are taken. */
  readonly directory: string;
  readonly experiment: CompiledDocument;
  readonly session: Session;
  readonly seed: number;
}

/**
 * Begins with another run's kept weights: a layer takes those that stand under its id with its shapes, and draws the others
 * afresh, of which a warning tells. Fails where there is nothing to take at all.
 */
export async function startFromRun({ files, directory, experiment, session, seed }: Start): Promise<Result<readonly Diagnostic[]>> {
  const file = path.join(directory, runFiles.weights);
  const tensors = await readTensorFile(files, file);
  if (!tensors.ok) return tensors;
  const where = { kind: 'run', directory } as const;
  if (tensors.value === null) return fail(diagnose('run-without-weights', where, { directory }));
  const held = tensors.value.tensors;
  const taken = (name: string, shape: readonly number[]): Float32Array | undefined => {
    const found = held.get(name);
    return found?.values instanceof Float32Array && JSON.stringify(found.shape) === JSON.stringify(shape) ? found.values : undefined;
  };

  resetVariables(session, experiment, seed);
  const { program } = experiment;
  const fresh: string[] = [];
  let count = 0;
  const parameters = session.readVariable(parametersName);
  const values = Float32Array.from(parameters.values);
  for (const slice of program.parameterLayout) {
    const found = taken(weightTensorName(slice), slice.shape);
    if (found === undefined) fresh.push(`${slice.node}/${slice.weight}`);
    else {
      values.set(found, slice.offset);
      count += 1;
    }
  }
  if (count === 0) return fail(diagnose('nothing-to-start-from', where, { directory }));
  session.writeVariable(parametersName, { ...parameters, values });
  for (const variable of program.variables.filter(({ role }) => role === 'moving')) {
    const shape = constantShape(variable);
    const found = taken(movingTensorName(variable.name), shape);
    if (found !== undefined) session.writeVariable(variable.name, { type: 'float', shape, values: found });
  }
  return succeed(fresh.length === 0 ? [] : [diagnose('started-partly', where, { directory, fresh })]);
}
