import { strToU8 } from 'fflate';
import { succeed } from '../../core/diagnostics/result.ts';
import type { ArtefactFile, ExportWriter } from '../../core/export/exportable-model.ts';
import { legalName } from '../../core/export/layer-names.ts';
import { cellModule } from '../keras/cell-classes.ts';
import { kerasModel } from '../keras/keras-layers.ts';
import { kerasWeightsFile } from '../keras/weights-file.ts';
import { dataModule, tableName } from './data-module.ts';
import { modelModule } from './model-module.ts';
import { predictModule } from './predict-module.ts';
import { readMe } from './read-me.ts';
import { requirementsText } from './requirements.ts';
import { trainModule } from './train-module.ts';

/** A folder that is a Python project of its own: the model as a person writes it, its data, its training, its weights. */
export const writePython: ExportWriter = async (exportable) => {
  const { model, name, facts, table } = exportable;
  const keras = kerasModel(model);
  const cells = keras.layers.flatMap(({ cell }) => (cell === undefined ? [] : [cell.className]));
  const { source } = model.data;
  const bytes = table?.bytes ?? null;
  const files: readonly ArtefactFile[] = [
    text('/model.py', modelModule(name, legalName(name) || 'model', keras, facts)),
    ...(cells.length === 0 ? [] : [text('/cells.py', cellModule(cells))]),
    text('/data.py', dataModule(exportable)),
    text('/train.py', trainModule(exportable)),
    text('/predict.py', predictModule(exportable)),
    text('/requirements.txt', requirementsText()),
    text('/README.md', readMe(exportable, cells.length > 0)),
    { place: '/model.weights.h5', bytes: await kerasWeightsFile(exportable, keras.layers) },
    ...(source.kind === 'csv' && bytes !== null ? [{ place: `/data/${tableName(source.file)}`, bytes }] : []),
  ];
  return succeed(files);
};

function text(place: string, content: string): ArtefactFile {
  return { place, bytes: strToU8(content) };
}
