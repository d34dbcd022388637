import { checkSurvey } from '../check/check-document.ts';
import { surveyGraph, type DataFactsByNode, type GraphSurvey } from '../check/graph-survey.ts';
import { layersOf, type SurveyedLayer } from '../check/layer-weights.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { GraphDocument } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { Catalog } from '../nodes/catalog.ts';
import { forecastNode } from '../nodes/forecast.ts';
import { tensorInput } from '../nodes/layer-ports.ts';
import type { Feeder, NodeType, ShapeContext, TensorFacts, WireFacts } from '../nodes/node-type.ts';
import { scaleNode } from '../nodes/scale.ts';
import { seriesNode } from '../nodes/series.ts';
import { windowNode } from '../nodes/window.ts';
import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { parseParameters } from '../params/parse-parameters.ts';
import type { LossPlan } from '../program/losses/loss-plan.ts';
import type { Shape } from '../shapes/shape.ts';
import type { DataPlan, Layer, LayerInput, Model, SeriesSource, TargetPlan } from './model.ts';

/**
 * The model that a graph describes: its data, the layers that lead to the target in order, and the target. Fails with
 * every error that checking finds, and where the number of columns waits for a file that has not been read (`data`).
 */
export function buildModel(document: GraphDocument, data?: DataFactsByNode, catalog?: Catalog): Result<Model> {
  const survey = surveyGraph(document, data, catalog);
  const errors = checkSurvey(survey).filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) return fail(...errors);

  const target = contextOf(survey, survey.targets[0]!.node.id);
  const predictions = tensorInput(target, 'predictions');
  const columns = predictions.series.columns;
  if (columns === undefined) {
    const series = predictions.series.series;
    return fail(diagnose('columns-unknown', { kind: 'node', node: series }, { label: contextOf(survey, series).label }));
  }
  const targetPlan = planTarget(target);
  return succeed({
    data: planData(survey, predictions),
    layers: layersOf(survey).map((layer) => buildLayer(survey, layer)),
    target: targetPlan,
    inputFeatures: columns.length,
    targetColumns: (targetPlan.columns ?? columns).length,
  });
}

function contextOf(survey: GraphSurvey, node: NodeId): ShapeContext {
  const context = survey.propagation.contexts.get(node);
  if (context === undefined) throw new Error(`the node "${node}" of a sound graph has no facts`);
  return context;
}

/** A sound node's parameters by the declarations of its type. */
function parametersOf<Declarations extends ParameterDeclarations>(type: NodeType<Declarations>, { node, label, parameters }: ShapeContext): ParametersOf<Declarations> {
  const parsed = parseParameters(type.parameters, parameters, { node, label });
  if (!parsed.ok) throw new Error(`the parameters of "${node}" are not those of ${type.title}`);
  return parsed.value;
}

function planData(survey: GraphSurvey, { window, series: { series, scale } }: TensorFacts): DataPlan {
  const windowContext = contextOf(survey, window);
  const seriesContext = contextOf(survey, series);
  const samples = parametersOf(windowNode, windowContext);
  const origin = parametersOf(seriesNode, seriesContext);
  return {
    seriesNode: series,
    source: seriesSource(origin),
    gaps: origin.gaps,
    scale: scale === null ? null : { node: scale, kind: parametersOf(scaleNode, contextOf(survey, scale)).method },
    windowNode: window,
    window: samples.window,
    stride: samples.stride,
    split: { by: samples.splitBy, trainingShare: samples.trainingShare, validationShare: samples.validationShare },
    season: origin.season,
  };
}

function seriesSource(origin: ParametersOf<typeof seriesNode.parameters>): SeriesSource {
  const { seed, series, steps, noise, file, columns, dateColumn } = origin;
  return origin.source === 'generator'
    ? { kind: 'generator', seed, series, steps, noise }
    : { kind: 'csv', file, columns, dateColumn: dateColumn === '' ? null : dateColumn };
}

function planTarget(context: ShapeContext): TargetPlan {
  const chosen = parametersOf(forecastNode, context);
  const { columns, horizon, iterateTo, horizonWeights, everyStep } = chosen;
  const loss = lossPlan(chosen);
  return { node: context.node, columns, horizon, iterateTo, loss, horizonWeights, everyStep, input: layerInput(context.feeders['predictions']) };
}

function lossPlan({ loss, huberDelta, quantile }: Pick<ParametersOf<typeof forecastNode.parameters>, 'loss' | 'huberDelta' | 'quantile'>): LossPlan {
  switch (loss) {
    case 'mse':
    case 'mae':
      return { kind: loss };
    case 'huber':
      return { kind: loss, delta: huberDelta };
    case 'quantile':
      return { kind: loss, quantile };
  }
}

function buildLayer(survey: GraphSurvey, { type, context, weights }: SurveyedLayer): Layer {
  const { node, label, parameters, inputs, feeders } = context;
  if (weights === undefined) throw new Error(`the sizes of "${node}" are not known`);
  return {
    node,
    type: type.type,
    label,
    parameters,
    inputs: Object.fromEntries(Object.entries(feeders).map(([port, feeder]) => [port, layerInput(feeder)])),
    inputShapes: shapesOf(inputs),
    outputShapes: shapesOf(survey.propagation.facts.get(node)?.outputs ?? {}),
    weights,
    movingStatistics: type.movingStatistics?.(context) ?? [],
    multiplyAdds: type.multiplyAdds(context),
  };
}

function layerInput(feeder: Feeder | undefined): LayerInput {
  if (feeder === undefined) throw new Error('an input of a sound graph is wired');
  return feeder.type.role === 'layer' ? { kind: 'layer', node: feeder.node.id, port: feeder.wire.from.port } : { kind: 'window' };
}

function shapesOf(facts: Readonly<Record<string, WireFacts>>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(facts).flatMap(([port, fact]) => (fact.kind === 'tensor' ? [[port, fact.shape]] : [])));
}
