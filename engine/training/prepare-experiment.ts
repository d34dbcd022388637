import { checkDocument } from '../../core/check/check-document.ts';
import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import { buildModel } from '../../core/compile/build-model.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import type { Model } from '../../core/compile/model.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { Program } from '../../core/program/program.ts';
import { makeDataset } from './dataset.ts';
import type { Dataset, Scaling } from './dataset.ts';
import { createLinearFit } from './linear-fit.ts';
import type { LinearFit } from './linear-fit.ts';
import { readDocumentData } from './read-series.ts';
import type { DataAccess, DataFile, LoadedSeries } from './read-series.ts';

/** A checked document with its model, as the engine runs it. */
export interface CompiledDocument {
  readonly document: GraphDocument;
  readonly model: Model;
  readonly program: Program;
}

/** A document with everything that training and judging read. */
export interface Experiment extends CompiledDocument {
  readonly dataset: Dataset;
  /** The file that the series came from; none for generated ones. */
  readonly data: readonly DataFile[];
  readonly linearFit: LinearFit;
  /** Warnings and notes of checking, reading and window cutting. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks and compiles a document, given what is known of its data. */
export function compileDocument(document: GraphDocument, facts: DataFactsByNode): Result<CompiledDocument> {
  const model = buildModel(document, facts);
  if (!model.ok) return model;
  return succeed({ document, model: model.value, program: compileProgram(model.value, document.training) });
}

/**
 * Checks the document, reads its data, and makes ready what a training or an evaluation needs, without TensorFlow.
 * `scaling`: a run's own, instead of one fitted on the training part.
 */
export async function prepareExperiment(
  document: GraphDocument,
  projectDirectory: string,
  access: DataAccess,
  scaling: Scaling | null,
): Promise<Result<Experiment>> {
  // A graph that is wrong in itself is refused before memory is taken for its data.
  const errors = checkDocument(document).diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return fail(...errors);
  const data = await readDocumentData(document, projectDirectory, access);
  if (!data.ok) return data;
  const compiled = compileDocument(document, data.value.facts);
  if (!compiled.ok) return compiled;
  const { model } = compiled.value;
  const loaded = loadedSeries(data.value.series, model);
  const dataset = makeDataset(model, loaded, scaling);
  if (!dataset.ok) return dataset;
  const warnings = checkDocument(document, data.value.facts).diagnostics;
  return succeed({
    ...compiled.value,
    dataset: dataset.value,
    data: loaded.file === null ? [] : [loaded.file],
    linearFit: createLinearFit(dataset.value),
    diagnostics: withoutRepeats([...warnings, ...data.value.diagnostics, ...dataset.value.diagnostics]),
  });
}

function loadedSeries(series: ReadonlyMap<string, LoadedSeries>, { data: { seriesNode } }: Model): LoadedSeries {
  const found = series.get(seriesNode);
  if (found === undefined) throw new TypeError(`the model reads "${seriesNode}", which was not loaded`);
  return found;
}

/** A check and the data pipeline may both find the same thing. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [`${diagnostic.code} ${diagnostic.message}`, diagnostic])).values()];
}
