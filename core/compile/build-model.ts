import { checkSurvey } from '../check/check-document.ts';
import { surveyGraph, type DataFactsByNode, type GraphSurvey } from '../check/graph-survey.ts';
import { layersOf, type SurveyedLayer } from '../check/layer-weights.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { GraphDocument } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { Catalog } from '../nodes/catalog.ts';
import { classifyNode } from '../nodes/classify.ts';
import { tensorInput } from '../nodes/layer-ports.ts';
import type { ShapeContext, TensorFacts, WireFacts } from '../nodes/node-type.ts';
import { regressNode } from '../nodes/regress.ts';
import { scaleNode } from '../nodes/scale.ts';
import { seriesNode } from '../nodes/series.ts';
import { windowNode } from '../nodes/window.ts';
import type { ParametersOf } from '../params/parameter-declaration.ts';
import type { Shape } from '../shapes/shape.ts';
import type { DataPlan, Layer, Model, SeriesSource } from './model.ts';
import { layerInput, parametersOf, planTarget } from './plan-target.ts';

/** They wait for the labels of the series. */
const labelTargets: readonly string[] = [classifyNode.type, regressNode.type];

/**
 * The model that a graph describes: its data, the layers that lead to the target in order, and the target. Fails with
 * every error that checking finds, and where the number of columns waits for a file that has not been read (`data`).
 */
export function buildModel(document: GraphDocument, data?: DataFactsByNode, catalog?: Catalog): Result<Model> {
  const survey = surveyGraph(document, data, catalog);
  const errors = checkSurvey(survey).filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) return fail(...errors);

  const contexts = survey.targets.map(({ node }) => contextOf(survey, node.id));
  const predictions = tensorInput(contexts[0]!, 'predictions');
  const { columns, labels } = predictions.series;
  if (columns === undefined || (labels === undefined && needsLabels(survey, predictions))) {
    const series = predictions.series.series;
    return fail(diagnose('columns-unknown', { kind: 'node', node: series }, { label: contextOf(survey, series).label }));
  }
  return succeed({
    data: planData(survey, predictions),
    layers: layersOf(survey).map((layer) => buildLayer(survey, layer)),
    targets: survey.targets.map(({ type }, position) => planTarget(type!, contexts[position]!, columns, labels ?? [])),
    inputFeatures: inputFeatures(survey, predictions, columns.length),
  });
}

function needsLabels(survey: GraphSurvey, { window }: TensorFacts): boolean {
  const { labels, categories } = parametersOf(windowNode, contextOf(survey, window));
  return (labels ?? []).length > 0 || (categories ?? []).length > 0 || survey.targets.some(({ type }) => type !== undefined && labelTargets.includes(type.type));
}

/** Features of one time step of a window. */
function inputFeatures(survey: GraphSurvey, { window }: TensorFacts, columns: number): number {
  const { mask, labels, categories } = parametersOf(windowNode, contextOf(survey, window));
  return (mask ? 2 : 1) * columns + (labels ?? []).length + (categories ?? []).length;
}

function contextOf(survey: GraphSurvey, node: NodeId): ShapeContext {
  const context = survey.propagation.contexts.get(node);
  if (context === undefined) throw new Error(`the node "${node}" of a sound graph has no facts`);
  return context;
}

function planData(survey: GraphSurvey, { window, series: { series, scale, labels } }: TensorFacts): DataPlan {
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
    mask: samples.mask,
    labels: samples.labels ?? [],
    categories: (samples.categories ?? []).map((name) => ({ name, classes: labels?.find((label) => label.name === name)?.classes ?? [] })),
    stride: samples.stride,
    split: { by: samples.splitBy, trainingShare: samples.trainingShare, validationShare: samples.validationShare },
    season: origin.season,
  };
}

function seriesSource(origin: ParametersOf<typeof seriesNode.parameters>): SeriesSource {
  const { seed, series, steps, noise, file, columns, dateColumn, seriesColumn, categoryColumns, calendar } = origin;
  return origin.source === 'generator'
    ? { kind: 'generator', seed, series, steps, noise }
    : { kind: 'csv', file, columns, dateColumn: dateColumn === '' ? null : dateColumn, seriesColumn: seriesColumn === '' ? null : seriesColumn, categoryColumns: categoryColumns ?? [], calendar };
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

function shapesOf(facts: Readonly<Record<string, WireFacts>>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(facts).flatMap(([port, fact]) => (fact.kind === 'tensor' ? [[port, fact.shape]] : [])));
}
