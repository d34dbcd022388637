import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import { countOf } from '../../core/diagnostics/phrases.ts';
import { loadProject } from '../load-project.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { diagnosticAsJson } from '../output/print-diagnostic.ts';
import { readCsv } from '../read-csv.ts';
import type { Surroundings } from '../surroundings.ts';

/** `unroll check`: every rule over the graph and its data, without training. */
export async function checkProject(surroundings: Surroundings, file: string): Promise<Outcome> {
  const project = await loadProject(surroundings, file);
  if (!project.ok) return failedWith(project);
  const { document, directory, notes } = project.value;
  const experiment = await prepareExperiment(document, directory, { files: surroundings.door, readCsv }, null);
  if (!experiment.ok) return failedWith(experiment);

  const { training, validation, test } = experiment.value.dataset.plan.samples;
  const windows = { training: training.count, validation: validation.count, test: test.count };
  const remarks = [...notes, ...experiment.value.diagnostics];
  const { nodes, wires } = document;
  const cut = Object.entries(windows).map(([part, count]) => `${count.toLocaleString('en-US')} ${part}`);
  return done(
    { project: project.value.file, nodes: nodes.length, wires: wires.length, windows, diagnostics: remarks.map(diagnosticAsJson) },
    [`${file} is in order: ${countOf(nodes.length, 'node')}, ${countOf(wires.length, 'wire')}; windows: ${cut.join(', ')}.`],
    remarks,
  );
}
