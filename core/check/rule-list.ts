import type { CheckRule } from './check-rule.ts';
import { everyNodeUsed } from './rules/every-node-used.ts';
import { atLeastOneTarget } from './rules/at-least-one-target.ts';
import { forecastsFedBack } from './rules/forecasts-fed-back.ts';
import { inputsWired } from './rules/inputs-wired.ts';
import { knownNodeTypes } from './rules/known-node-types.ts';
import { knownParameters } from './rules/known-parameters.ts';
import { noCycles } from './rules/no-cycles.ts';
import { oneImpute } from './rules/one-impute.ts';
import { oneWindowLineage } from './rules/one-window-lineage.ts';
import { oneWirePerInput } from './rules/one-wire-per-input.ts';
import { parameterValuesInRange } from './rules/parameter-values-in-range.ts';
import { portKindsFit } from './rules/port-kinds-fit.ts';
import { shapesFit } from './rules/shapes-fit.ts';
import { somethingToTrain } from './rules/something-to-train.ts';
import { statesCarried } from './rules/states-carried.ts';
import { uniqueNodeIds } from './rules/unique-node-ids.ts';
import { everyLayerKnown } from './rules/every-layer-known.ts';
import { weightsFitInMemory } from './rules/weights-fit-in-memory.ts';
import { windowsFitSeries } from './rules/windows-fit-series.ts';
import { wiresJoinKnownPorts } from './rules/wires-join-known-ports.ts';

/** Every rule, in the order in which its findings are best read: what a node is, how it is wired, what flows through it. */
export const ruleList: readonly CheckRule[] = [
  uniqueNodeIds,
  knownNodeTypes,
  knownParameters,
  parameterValuesInRange,
  wiresJoinKnownPorts,
  portKindsFit,
  oneWirePerInput,
  noCycles,
  atLeastOneTarget,
  inputsWired,
  everyLayerKnown,
  shapesFit,
  oneWindowLineage,
  oneImpute,
  forecastsFedBack,
  statesCarried,
  windowsFitSeries,
  weightsFitInMemory,
  somethingToTrain,
  everyNodeUsed,
];
