import { scalesAnything } from '../../core/export/called-scaled.ts';
import { buildModel } from '../../core/compile/build-model.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { exportFormatNames, exportObstacle, scalerObstacle } from '../../core/export/export-formats.ts';
import { scalerPlaces } from '../../core/export/exportable-model.ts';
import { tfjsKind } from '../../core/export/layers-model.ts';
import type { ExportUsage } from '../../core/export/usage-snippets.ts';
import { layerType } from '../../core/nodes/catalog.ts';
import { rememberedFacts } from '../runs/remembered.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import { callingFacts } from './exportable.ts';

/** From what a run says of itself: neither its data nor its weights are read. */
export function exportUsage(run: StoredRun): Result<ExportUsage> {
  const model = buildModel(run.document, rememberedFacts(run));
  if (!model.ok) return model;
  const facts = callingFacts(run, { model: model.value });
  return succeed({
    facts,
    scalers: scalesAnything([...facts.scaling, ...facts.labelScaling]) ? scalerPlaces.filter((scaler) => scalerObstacle('onnx', scaler, model.value) === null) : ['outside'],
    formats: exportFormatNames.filter((format) => exportObstacle(format, model.value) === null),
    tfjs: tfjsKind(model.value),
    hasCells: model.value.layers.some(({ type }) => layerType(type).kerasOtherwise?.kind === 'cell'),
  });
}
