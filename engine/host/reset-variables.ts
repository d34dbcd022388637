import { initialMovingStatistics, initialParameters } from '../../core/program/initializers.ts';
import { constantShape } from '../runs/variable-shape.ts';
import type { Session, TensorData } from '../session.ts';
import type { CompiledDocument } from '../training/prepare-experiment.ts';

/** The variables of a run before its first step: weights drawn by the seed, moving statistics where they begin, everything else zero. */
export function resetVariables(session: Session, { model, program }: CompiledDocument, seed: number): void {
  const moving = initialMovingStatistics(model);
  for (const variable of program.variables) {
    const shape = constantShape(variable);
    const length = shape.reduce((product, size) => product * size, 1);
    const values = variable.name === 'parameters'
      ? initialParameters(model, program.parameterLayout, seed)
      : (moving.get(variable.name) ?? zeros(variable.type, length));
    session.writeVariable(variable.name, { type: variable.type, shape, values });
  }
}

function zeros(type: TensorData['type'], length: number): TensorData['values'] {
  switch (type) {
    case 'float':
      return new Float32Array(length);
    case 'integer':
      return new Int32Array(length);
    case 'boolean':
      return new Uint8Array(length);
  }
}
