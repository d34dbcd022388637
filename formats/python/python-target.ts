import type { ClassifyPlan, ForecastPlan, Model, ReconstructPlan, RegressPlan } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';

/** A target that a Python project can train for. */
export type PythonTarget = ForecastPlan | ClassifyPlan | RegressPlan | ReconstructPlan;

/** The target of a model that exportObstacle has let through. Throws RangeError for one that it refuses. */
export function pythonTarget(model: Model): PythonTarget {
  const target = firstTarget(model);
  switch (target.kind) {
    case 'forecast':
    case 'classify':
    case 'regress':
    case 'reconstruct':
      return target;
    case 'impute':
      throw new RangeError(`a Python project has no target of the kind "${target.kind}"`);
  }
}
