import { layerType } from '../nodes/catalog.ts';
import type { Layer, Model } from '../compile/model.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { scalerPlaces } from './exportable-model.ts';
import type { ScalerPlace } from './exportable-model.ts';
import { readsFinalStates, wiredStates } from './final-states.ts';

export const exportFormatNames = ['keras', 'onnx', 'python', 'savedmodel', 'tfjs', 'weights'] as const;
export type ExportFormatName = (typeof exportFormatNames)[number];

/** Formats whose writers need the engine's own parts. */
export type EngineFormatName = 'savedmodel' | 'tfjs' | 'weights';

export interface ExportFormat {
  readonly title: string;
  /** One line for menus and help. */
  readonly summary: string;
  /** Whether the artefact is a folder, and what its file is called otherwise. */
  readonly artefact: { readonly kind: 'folder' } | { readonly kind: 'file'; readonly extension: string };
  /** What a new export is called where nobody says otherwise. */
  readonly proposedName: string;
  /** Why a layer cannot be said in this format; null where it can. */
  readonly obstacle: (layer: Layer, model: Model) => string | null;
  /** Why what a model reads and asks cannot be said, whatever its layers; left out: a format of layers alone. */
  readonly dataObstacle?: (model: Model) => string | null;
  /** Where its scaler can be. */
  readonly scalers: readonly ScalerPlace[];
}

const outsideAlone = ['outside'] as const;

const everything = (): null => null;

function kerasObstacle(layer: Layer, model: Model): string | null {
  const { keras, kerasOtherwise } = layerType(layer.type);
  if (keras === null && kerasOtherwise === undefined) return 'Keras has no such layer';
  const { wired, all } = wiredStates(layer);
  if (wired > 0 && wired < all) return `Keras takes all ${all} initial states of a layer or none, and ${wired} of them ${wired === 1 ? 'is' : 'are'} wired`;
  if (layer.parameters['bidirectional'] === true && (wired > 0 || readsFinalStates(model, layer))) {
    return 'Keras keeps the states of the two directions apart, and has no layer that joins or parts them';
  }
  return null;
}

/** What the program of a Python project does not make of data. */
function pythonDataObstacle({ data: { mask, labels, categories }, targets }: Model): string | null {
  const isIterated = targets.some((target) => target.kind === 'forecast' && target.iterateTo !== null);
  return isIterated && (mask || labels.length + categories.length > 0) ? 'its program feeds forecasts back without masks, labels or categories of the time steps to come' : null;
}

/** The project trains again, on windows that it shuffles. */
function pythonObstacle(layer: Layer, model: Model): string | null {
  if (layer.parameters['stateful'] === true) return 'it is stateful, and a Python project trains on windows in any order, each for itself';
  return kerasObstacle(layer, model);
}

/** Every format that a model can be taken away in, and what it can express. The writers are the rooms' own. */
export const exportFormats: Readonly<Record<ExportFormatName, ExportFormat>> = {
  keras: {
    title: 'Keras',
    summary: 'a .keras file that Keras 3 loads: layers by their own names, weights, compile settings',
    artefact: { kind: 'file', extension: '.keras' },
    proposedName: 'model.keras',
    obstacle: kerasObstacle,
    scalers: outsideAlone,
  },
  onnx: {
    title: 'ONNX',
    summary: 'an .onnx file that ONNX Runtime and many others load: whole recurrent operations, any batch, with the scaler inside where asked for',
    artefact: { kind: 'file', extension: '.onnx' },
    proposedName: 'model.onnx',
    obstacle: everything,
    scalers: scalerPlaces,
  },
  python: {
    title: 'Python project',
    summary: 'a folder to read and to go on with: model, data, training and prediction in Python, with the weights',
    artefact: { kind: 'folder' },
    proposedName: 'python-project',
    obstacle: pythonObstacle,
    dataObstacle: pythonDataObstacle,
    scalers: outsideAlone,
  },
  savedmodel: {
    title: 'SavedModel',
    summary: 'a folder that TensorFlow loads in Python, in Node and in TensorFlow Serving',
    artefact: { kind: 'folder' },
    proposedName: 'saved-model',
    obstacle: everything,
    scalers: outsideAlone,
  },
  tfjs: {
    title: 'TensorFlow.js',
    summary: 'a folder with model.json and weights that TensorFlow.js loads in a browser and in Node',
    artefact: { kind: 'folder' },
    proposedName: 'tfjs-model',
    obstacle: everything,
    scalers: outsideAlone,
  },
  weights: {
    title: 'Weights',
    summary: 'a folder with the weights by name, as safetensors and as .npz for NumPy',
    artefact: { kind: 'folder' },
    proposedName: 'weights',
    obstacle: everything,
    scalers: outsideAlone,
  },
};

/** Why a format cannot have its scaler there for this model, with those that can; null: it can. */
export function scalerObstacle(format: ExportFormatName, scaler: ScalerPlace, { data: { windowNode, mask, labels, categories } }: Model): Diagnostic | null {
  const isMore = mask || labels.length > 0 || categories.length > 0;
  if (scaler === 'inside' && isMore) return diagnose('export-scaler-columns-alone', { kind: 'node', node: windowNode }, {});
  if (exportFormats[format].scalers.includes(scaler)) return null;
  const others = exportFormatNames.filter((name) => exportFormats[name].scalers.includes(scaler)).map((name) => exportFormats[name].title);
  return diagnose('export-scaler-outside', { kind: 'project' }, { format: exportFormats[format].title, others });
}

/** The first layer that a format cannot say, as a refusal that names the formats that can say the whole model; null: all can be said. */
export function exportObstacle(format: ExportFormatName, model: Model): Diagnostic | null {
  const [, second] = model.targets;
  if (second !== undefined && format !== 'weights') {
    const facts = { format: exportFormats[format].title, label: second.label, reason: 'an export says one target, and the model has several', others: [exportFormats.weights.title] };
    return diagnose('export-inexpressible', { kind: 'node', node: second.node }, facts);
  }
  const [first] = model.targets;
  const dataReason = exportFormats[format].dataObstacle?.(model) ?? null;
  if (first !== undefined && dataReason !== null) {
    const facts = { format: exportFormats[format].title, label: first.label, reason: dataReason, others: otherFormats(model) };
    return diagnose('export-inexpressible', { kind: 'node', node: first.node }, facts);
  }
  for (const layer of model.layers) {
    const reason = exportFormats[format].obstacle(layer, model);
    if (reason === null) continue;
    const facts = { format: exportFormats[format].title, label: layer.label, reason, others: otherFormats(model) };
    return diagnose('export-inexpressible', { kind: 'node', node: layer.node }, facts);
  }
  return null;
}

/** The formats that can say the whole model. */
function otherFormats(model: Model): readonly string[] {
  const canSay = (name: ExportFormatName): boolean => {
    const { obstacle, dataObstacle } = exportFormats[name];
    return (dataObstacle?.(model) ?? null) === null && model.layers.every((layer) => obstacle(layer, model) === null);
  };
  return exportFormatNames.filter(canSay).map((name) => exportFormats[name].title);
}
