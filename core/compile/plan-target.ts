import type { LabelFacts } from '../forecast/series-labels.ts';
import { classifyNode } from '../nodes/classify.ts';
import { forecastNode } from '../nodes/forecast.ts';
import { imputeNode } from '../nodes/impute.ts';
import type { Feeder, NodeType, ShapeContext } from '../nodes/node-type.ts';
import { reconstructNode } from '../nodes/reconstruct.ts';
import { regressNode } from '../nodes/regress.ts';
import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { parseParameters } from '../params/parse-parameters.ts';
import type { ErrorLoss } from '../program/losses/loss-plan.ts';
import type { ClassifyPlan, ForecastPlan, ImputePlan, LayerInput, ReconstructPlan, RegressPlan, TargetPlan } from './model.ts';

/** What a sound target asks of the network. `columns` and `labels` are those of the series. Throws for a type that is no target. */
export function planTarget(type: NodeType, context: ShapeContext, columns: readonly string[], labels: readonly LabelFacts[]): TargetPlan {
  switch (type.type) {
    case forecastNode.type:
      return planForecast(context, columns);
    case classifyNode.type:
      return planClassify(context, labels);
    case regressNode.type:
      return planRegress(context, labels);
    case imputeNode.type:
      return planImpute(context, columns);
    case reconstructNode.type:
      return planReconstruct(context, columns);
    default:
      throw new RangeError(`"${type.type}" is no target`);
  }
}

function planForecast(context: ShapeContext, seriesColumns: readonly string[]): ForecastPlan {
  const { columns, horizon, iterateTo, horizonWeights, everyStep, loss, huberDelta, quantile, quantiles, weight } = parametersOf(forecastNode, context);
  return {
    kind: 'forecast', ...targetFacts(context, weight), columns, columnCount: (columns ?? seriesColumns).length, horizon, iterateTo,
    loss: loss === 'quantile' ? (quantiles === null ? { kind: loss, quantile } : { kind: 'quantiles', levels: quantiles }) : errorLoss(loss, huberDelta), horizonWeights, everyStep,
  };
}

function planClassify(context: ShapeContext, labels: readonly LabelFacts[]): ClassifyPlan {
  const { label, loss, balanced, weight } = parametersOf(classifyNode, context);
  const found = labels.find(({ name, classes }) => classes !== null && (label === '' || name === label));
  if (found === undefined || found.classes === null) throw new Error(`"${context.node}" of a sound graph has no label`);
  return { kind: 'classify', ...targetFacts(context, weight), column: found.name, classes: found.classes, loss: { kind: loss }, balanced };
}

function planRegress(context: ShapeContext, labels: readonly LabelFacts[]): RegressPlan {
  const { labels: chosen, loss, huberDelta, weight } = parametersOf(regressNode, context);
  const columns = chosen ?? labels.filter(({ isNumber }) => isNumber).map(({ name }) => name);
  return { kind: 'regress', ...targetFacts(context, weight), columns, loss: errorLoss(loss, huberDelta) };
}

function planImpute(context: ShapeContext, seriesColumns: readonly string[]): ImputePlan {
  const { columns, hiddenShare, hiddenRun, visibleWeight, centerWindows, loss, huberDelta, weight } = parametersOf(imputeNode, context);
  return {
    kind: 'impute', ...targetFacts(context, weight), columns, columnCount: (columns ?? seriesColumns).length,
    hiddenShare, hiddenRun, visibleWeight, centerWindows, loss: errorLoss(loss, huberDelta),
  };
}

function planReconstruct(context: ShapeContext, seriesColumns: readonly string[]): ReconstructPlan {
  const { columns, loss, huberDelta, weight } = parametersOf(reconstructNode, context);
  return { kind: 'reconstruct', ...targetFacts(context, weight), columns, columnCount: (columns ?? seriesColumns).length, loss: errorLoss(loss, huberDelta) };
}

function targetFacts({ node, label, feeders }: ShapeContext, weight: number) {
  return { node, label, weight, input: layerInput(feeders['predictions']) };
}

function errorLoss(loss: 'mse' | 'mae' | 'huber', delta: number): ErrorLoss {
  return loss === 'huber' ? { kind: loss, delta } : { kind: loss };
}

/** A sound node's parameters by the declarations of its type. */
export function parametersOf<Declarations extends ParameterDeclarations>(type: NodeType<Declarations>, { node, label, parameters }: ShapeContext): ParametersOf<Declarations> {
  const parsed = parseParameters(type.parameters, parameters, { node, label });
  if (!parsed.ok) throw new Error(`the parameters of "${node}" are not those of ${type.title}`);
  return parsed.value;
}

export function layerInput(feeder: Feeder | undefined): LayerInput {
  if (feeder === undefined) throw new Error('an input of a sound graph is wired');
  return feeder.type.role === 'layer' ? { kind: 'layer', node: feeder.node.id, port: feeder.wire.from.port } : { kind: 'window' };
}
