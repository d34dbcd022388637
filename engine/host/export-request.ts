import path from 'node:path';
import { calledScaled } from '../../core/export/called-scaled.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import { isStateful, statelessModel } from '../../core/compile/stateless.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { exportFormats, exportObstacle, scalerObstacle } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ExportableModel, ExportWriter } from '../../core/export/exportable-model.ts';
import { layersModelObstacle } from '../../core/export/layers-model.ts';
import { portableNameProblem } from '../../core/export/portable-name.ts';
import { artefactPlace, placeOfFile, withStagedArtefact } from '../export/artefact-place.ts';
import { cardFiles, exportCard } from '../export/export-card.ts';
import { trainingTable } from '../export/training-table.ts';
import { exportableOf } from '../export/exportable.ts';
import { prove } from '../export/proof/prove.ts';
import type { Proof } from '../export/proof/proof.ts';
import { madeUp, windowsOfData, withPredictions } from '../export/proof/proof-windows.ts';
import { writeSavedModel } from '../export/write-saved-model.ts';
import { writeTfjs } from '../export/write-tfjs.ts';
import { writeWeights } from '../export/write-weights.ts';
import { rememberedScaling } from '../runs/remembered.ts';
import type { DataFile } from '../training/read-series.ts';
import { prepareExperiment } from '../training/prepare-experiment.ts';
import type { CompiledDocument } from '../training/prepare-experiment.ts';
import type { ExportReport, ExportRequest } from './model-messages.ts';
import { openTrained, sessionWith } from './open-trained.ts';
import type { TrainedRun } from './open-trained.ts';
import type { Workbench } from './workbench.ts';

/**
 * Writes a run's model in one format, has every foreign runtime at hand read it, and keeps it, with its card, where what they
 * say agrees with the model.
 */
export async function exportRun(workbench: Workbench, request: ExportRequest): Promise<Result<ExportReport>> {
  const { format, scaler, mustBeProven, keepUnverified } = request;
  const trained = await openTrained(workbench, request.runDirectory);
  if (!trained.ok) return trained;
  const { run } = trained.value;
  const obstacle = exportObstacle(format, trained.value.compiled.model) ?? scalerObstacle(format, scaler, trained.value.compiled.model);
  if (obstacle !== null) return fail(obstacle);

  const table = format === 'python' ? await trainingTable(workbench.services, trained.value) : null;
  // Keras alone has a word for layers that carry their states from call to call.
  const told = format === 'keras' ? trained.value : { ...trained.value, compiled: withoutStates(trained.value.compiled) };
  const exportable = exportableOf(told, scaler, table, isStateful(trained.value.compiled.model));
  workbench.phase('exporting');
  const writer = await writerOf(workbench, format, exportable);
  const files = await writer(exportable);
  if (!files.ok) return files;
  const windows = await proofWindows(workbench, told, exportable);
  if (!windows.ok) return windows;
  const place = artefactPlace(format, request.out);
  return withStagedArtefact(workbench.services.files, place, files.value, async (artefact) => {
    workbench.phase('verifying');
    const proof = await prove(format, { artefact, exportable, windows: windows.value.windows });
    const refusal = refusalOf(format, proof, mustBeProven);
    if (refusal !== null && !keepUnverified) return fail(refusal);
    const beside = cardFiles(exportCard({ format, place, files: files.value, exportable, run, proof }));
    const all = [...files.value, ...beside];
    const report: ExportReport = {
      run: run.directory,
      format,
      out: place.target,
      files: all.map((file) => placeOfFile(place, file, place.folder)),
      facts: exportable.facts,
      isScaled: calledScaled(exportable.facts),
      proof,
      warnings: [...windows.value.warnings, ...foreignName(place.target)],
    };
    return succeed({ value: report, beside });
  });
}

function withoutStates(compiled: CompiledDocument): CompiledDocument {
  if (!isStateful(compiled.model)) return compiled;
  const model = statelessModel(compiled.model);
  return { ...compiled, model, program: compileProgram(model, compiled.document.training) };
}

async function writerOf({ services }: Workbench, format: ExportFormatName, { model }: ExportableModel): Promise<ExportWriter> {
  switch (format) {
    case 'savedmodel':
      return writeSavedModel;
    case 'tfjs':
      return layersModelObstacle(model) === null ? (await services.loadExportWriters()).tfjsLayers : writeTfjs;
    case 'weights':
      return writeWeights;
    case 'keras':
    case 'onnx':
    case 'python':
      return (await services.loadExportWriters())[format];
  }
}

/** The run's own test windows, or made-up ones where its data cannot be read any more, with the model's predictions. */
async function proofWindows(workbench: Workbench, { run, compiled, kept }: TrainedRun, { facts }: ExportableModel) {
  const { files, readCsv } = workbench.services;
  const experiment = await prepareExperiment(run.document, run.projectDirectory, { files, readCsv }, rememberedScaling(run));
  const own = experiment.ok ? windowsOfData(experiment.value) : null;
  const session = await sessionWith(workbench, compiled, kept);
  if (!session.ok) return session;
  const warnings: readonly Diagnostic[] = experiment.ok
    ? changedData(run, experiment.value.data)
    : experiment.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const }));
  return succeed({ windows: withPredictions(session.value, compiled, own ?? madeUp(compiled), facts), warnings });
}

/** Files that no longer hold what the run was trained on. */
function changedData({ document, record }: TrainedRun['run'], data: readonly DataFile[]): readonly Diagnostic[] {
  return data
    .filter(({ sha256 }) => record.data.length > 0 && !record.data.some((trained) => trained.sha256 === sha256))
    .map(({ node, file }) => diagnose('data-changed', { kind: 'node', node, parameter: 'file' }, { node: document.nodes.find(({ id }) => id === node)?.label ?? node, file }));
}

/** A name that another system would not take is kept, and said. */
function foreignName(target: string): readonly Diagnostic[] {
  const name = path.basename(target);
  const problem = portableNameProblem(name);
  return problem === null ? [] : [diagnose('name-not-portable', { kind: 'file', file: target }, { name, problem })];
}

function refusalOf(format: ExportFormatName, proof: Proof, mustBeProven: boolean): Diagnostic | null {
  const { title } = exportFormats[format];
  const where = { kind: 'project' } as const;
  for (const finding of proof.findings) {
    if (finding.kind === 'failed') return diagnose('export-check-failed', where, { format: title, runtime: finding.runtime, reason: finding.reason });
    if (finding.kind === 'compared' && !finding.agrees) {
      const [difference, allowed] = [finding.difference.toExponential(1), proof.allowed.toExponential(0)];
      return diagnose('export-differs', where, { format: title, difference, allowed, runtime: finding.runtime });
    }
  }
  if (!mustBeProven || proof.verdict === 'proven') return null;
  const reasons = proof.findings.flatMap((finding) => (finding.kind === 'unavailable' ? [finding.reason] : []));
  return diagnose('export-unproven', where, { format: title, reason: reasons.join('; ') });
}
