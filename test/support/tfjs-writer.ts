import type { ExportWriter } from '../../core/export/exportable-model.ts';
import { layersModelObstacle } from '../../core/export/layers-model.ts';
import { writeTfjs } from '../../engine/export/write-tfjs.ts';
import { formatWriters } from '../../formats/export-writers.ts';

/** A layers model where tfjs-layers can say it, a graph model otherwise: as exports do. */
export const writeEitherTfjs: ExportWriter = (exportable) => (layersModelObstacle(exportable.model) === null ? formatWriters.tfjsLayers : writeTfjs)(exportable);
