import type { LayerDescription, ModelDescription } from '../../core/compile/describe-model.ts';
import { describeModel } from '../../core/compile/describe-model.ts';
import type { LossPlan } from '../../core/program/losses/loss-plan.ts';
import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import { countOf, printCount } from '../../core/diagnostics/phrases.ts';
import { loadProject } from '../load-project.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { layOutTable } from '../output/table.ts';
import { readCsv } from '../read-csv.ts';
import type { Surroundings } from '../surroundings.ts';

/** `unroll describe`: the layers with their shapes, parameters and multiply-adds. */
export async function describeProject(surroundings: Surroundings, file: string): Promise<Outcome> {
  const project = await loadProject(surroundings, file);
  if (!project.ok) return failedWith(project);
  const { document, directory, notes } = project.value;
  const experiment = await prepareExperiment(document, directory, { files: surroundings.door, readCsv }, null);
  if (!experiment.ok) return failedWith(experiment);

  const { model, dataset } = experiment.value;
  const description = describeModel(model);
  const { target } = model;
  const columns = dataset.targetColumns;
  const task = `${target.horizon} ${target.horizon === 1 ? 'step' : 'steps'} ahead of ${columns.join(', ')}${target.everyStep ? ', at every time step' : ''}${target.iterateTo === null ? '' : `, iterated to ${countOf(target.iterateTo, 'step')}`}`;
  return done(
    { project: project.value.file, name: document.name, ...description, target: { columns, horizon: target.horizon, iterateTo: target.iterateTo, loss: target.loss.kind, everyStep: target.everyStep } },
    [document.name, '', ...layOutTable(rowsOf(description)), '', `Forecast: ${task}; loss: ${lossInWords(target.loss)}.`],
    [...notes, ...experiment.value.diagnostics],
  );
}

function lossInWords(loss: LossPlan): string {
  switch (loss.kind) {
    case 'mse':
    case 'mae':
      return loss.kind;
    case 'huber':
      return `huber from ${loss.delta}`;
    case 'quantile':
      return `quantile ${loss.quantile}`;
  }
}

function rowsOf({ samples, layers, predictions, parameters, multiplyAdds }: ModelDescription): readonly (readonly string[])[] {
  return [
    ['layer', 'type', 'output', 'parameters', 'multiply-adds'],
    ['samples', '', samples],
    ...layers.map((layer) => [layer.label, layer.title, outputOf(layer), printCount(layer.parameters), printCount(layer.multiplyAdds)]),
    ['predictions', '', predictions],
    ['in all', '', '', printCount(parameters), printCount(multiplyAdds)],
  ];
}

/** What its main port gives: the first. */
function outputOf(layer: LayerDescription): string {
  return Object.values(layer.outputs)[0] ?? '';
}
