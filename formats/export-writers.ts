import type { EngineFormatName, ExportFormatName } from '../core/export/export-formats.ts';
import type { ExportWriter } from '../core/export/exportable-model.ts';
import { writeKeras } from './keras/write-keras.ts';
import { writeOnnx } from './onnx/write-onnx.ts';
import { writePython } from './python/write-python.ts';
import { writeLayersModel } from './tfjs/write-layers-model.ts';

/** The writers of other people's formats. Those that need the engine's own parts are in engine/export. */
export const formatWriters: Readonly<Record<Exclude<ExportFormatName, EngineFormatName> | 'tfjsLayers', ExportWriter>> = {
  keras: writeKeras,
  onnx: writeOnnx,
  python: writePython,
  /** TensorFlow.js where its layers can say the model; the engine writes the graph otherwise. */
  tfjsLayers: writeLayersModel,
};
