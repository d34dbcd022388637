import { strToU8, zipSync } from 'fflate';
import { firstTarget } from '../../core/compile/model.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import { legalName } from '../../core/export/layer-names.ts';
import type { ArtefactFile, ExportableModel, ExportWriter } from '../../core/export/exportable-model.ts';
import { cellModule } from './cell-classes.ts';
import { compileConfig } from './compile-config.ts';
import { kerasConfig } from './keras-config.ts';
import { kerasModel } from './keras-layers.ts';
import { projectMember, recordMember } from './own-project.ts';
import { kerasWeightsFile } from './weights-file.ts';

/** The Keras whose files these are like; any Keras 3 reads them. */
const kerasVersion = '3.15.0';

/** Beside the .keras file, where the model has cells that Keras has not. */
const cellModuleSuffix = '_cells.py';

/**
 * A .keras file (Keras 3): a zip, stored, of the functional model's configuration with its compile settings, and of the weights.
 * Format: Keras 3, keras/src/saving/saving_lib.py.
 */
export const writeKeras: ExportWriter = async (exportable) => {
  const keras = kerasModel(exportable.model);
  const name = legalName(exportable.name) || 'model';
  const config = kerasConfig(name, keras, compileConfig(exportable.training, firstTarget(exportable.model)));
  const archive = zipSync(
    {
      'metadata.json': strToU8(JSON.stringify({ keras_version: kerasVersion, date_saved: '1980-01-01@00:00:00', ...exportable.provenance, ...sourceOf(exportable) })),
      'config.json': strToU8(JSON.stringify(config)),
      'model.weights.h5': await kerasWeightsFile(exportable, keras.layers),
    },
    // Stored, as Keras does; one date, so that the same model gives the same bytes.
    { level: 0, mtime: '1980-01-01T12:00:00' },
  );
  const cells = keras.layers.flatMap(({ cell }) => (cell === undefined ? [] : [cell.className]));
  const files: ArtefactFile[] = [{ place: '', bytes: archive }];
  if (cells.length > 0) files.push({ place: cellModuleSuffix, bytes: strToU8(cellModule(cells)) });
  return succeed(files);
};

/** What Keras reads past, and an import of ours reads: see own-project.ts. */
function sourceOf({ source }: ExportableModel): Readonly<Record<string, string>> {
  return source === undefined ? {} : { [projectMember]: source.project, [recordMember]: source.record };
}
