import type { LayerDescription, ModelDescription } from '../../core/compile/describe-model.ts';
import { describeModel } from '../../core/compile/describe-model.ts';
import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { loadProject } from '../load-project.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { targetInWords } from '../output/target-words.ts';
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
  const columns = dataset.table.columns.map(({ name }) => name);
  const { targets } = model;
  return done(
    { project: project.value.file, name: document.name, ...description, targets: targets.map(({ loss, ...facts }) => ({ ...facts, loss: loss.kind })) },
    [document.name, '', ...layOutTable(rowsOf(description)), '', ...targets.map((target) => targetInWords(target, columns, targets.length > 1))],
    [...notes, ...experiment.value.diagnostics],
  );
}

function rowsOf({ samples, layers, predictions, parameters, multiplyAdds }: ModelDescription): readonly (readonly string[])[] {
  return [
    ['layer', 'type', 'output', 'parameters', 'multiply-adds'],
    ['samples', '', samples],
    ...layers.map((layer) => [layer.label, layer.title, outputOf(layer), printCount(layer.parameters), printCount(layer.multiplyAdds)]),
    ...predictions.map((shape) => ['predictions', '', shape]),
    ['in all', '', '', printCount(parameters), printCount(multiplyAdds)],
  ];
}

function outputOf(layer: LayerDescription): string {
  return Object.values(layer.outputs).join(' ');
}
