import { countOf } from '../diagnostics/phrases.ts';
import type { CallingFacts } from './exportable-model.ts';
import { usageFacts, type UsageFacts } from './usage-facts.ts';

export type PythonUse =
  | { readonly kind: 'keras'; readonly name: string; readonly hasCells: boolean }
  | { readonly kind: 'project' | 'savedmodel' | 'onnx' | 'weights'; readonly name: string };

/** A Python program that loads an export and prints what it says of a window. */
export function pythonCode(use: PythonUse, calling: CallingFacts): string {
  if (use.kind === 'weights') return weightsCode(use.name);
  const facts = usageFacts(calling);
  if (use.kind === 'project') return projectCode(use.name, facts);
  return `${loading(use)}

${window(facts)}
${scaled(facts)}${centred(facts)}
outputs = ${calls[use.kind]}[0${facts.isSequence ? ', -1' : ''}]
${ending(facts)}
`;
}

const calls = {
  keras: 'model.predict(inputs, verbose=0)',
  savedmodel: 'model.signatures["serving_default"](inputs=tf.constant(inputs))["predictions"].numpy()',
  onnx: 'session.run(["predictions"], {"inputs": inputs})[0]',
} as const;

function loading(use: PythonUse): string {
  if (use.kind === 'onnx') return `import numpy as np\nimport onnxruntime\n\nsession = onnxruntime.InferenceSession(${text(use.name)}, providers=["CPUExecutionProvider"])`;
  if (use.kind !== 'keras') return `import numpy as np\nimport tensorflow as tf\n\nmodel = tf.saved_model.load(${text(use.name)})`;
  const cells = `${use.name.replace(/\.keras$/u, '')}_cells.py`;
  const own = use.hasCells
    ? `\n# Cells that Keras has not: the module beside the model.
import importlib.util

cells = importlib.util.spec_from_file_location("cells", ${text(cells)})
cells.loader.exec_module(importlib.util.module_from_spec(cells))\n`
    : '';
  return `import keras\nimport numpy as np\n${own}\nmodel = keras.saving.load_model(${text(use.name)})`;
}

/** The last time steps, as a caller has them: in the data's own unit. */
function window({ steps, columns, typical }: UsageFacts): string {
  return `# The last ${steps} time steps, oldest first: ${plain(columns)}. Put your own numbers here.
window = np.tile(${list(typical)}, (${steps}, 1))`;
}

function scaled({ scaling }: UsageFacts): string {
  if (scaling === null) return 'inputs = window[np.newaxis].astype("float32")';
  return `offsets = np.array(${list(scaling.map(({ offset }) => offset))})
factors = np.array(${list(scaling.map(({ factor }) => factor))})
inputs = ((window - offsets) / factors)[np.newaxis].astype("float32")`;
}

/** What is missing is 0 and told by its mask; of the rest the mean of the window is taken away. */
function centred({ ending: end, dataColumns }: UsageFacts): string {
  if (end.kind !== 'window' || !end.isCentered) return '';
  return `
# Where a mask is 0, the value is missing.
values, known = inputs[..., :${dataColumns}], inputs[..., ${dataColumns}:${2 * dataColumns}]
levels = (values * known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
inputs[..., :${dataColumns}] = (values - levels[:, np.newaxis]) * known`;
}

function ending({ ending: end, scaling }: UsageFacts): string {
  switch (end.kind) {
    case 'forecast': {
      const values = end.quantiles === 1 ? `outputs.reshape(${end.horizon}, ${end.columns.length})` : `np.sort(outputs.reshape(${end.horizon}, ${end.columns.length}, ${end.quantiles}))`;
      // Of several quantiles, the scaling of a column counts for each.
      const places = `${list(end.places)}${end.quantiles === 1 || scaling === null ? '' : ', np.newaxis'}`;
      return `# The next ${countOf(end.horizon, 'time step')} of ${plain(end.columns)}, a row each${quantilesInWords(end.quantiles)}.
forecast = ${scaling === null ? values : `${values} * factors[${places}] + offsets[${places}]`}
print(forecast)`;
    }
    case 'window': {
      const places = list(end.places);
      const values = end.isCentered ? `(outputs + levels[0, ${places}])` : 'outputs';
      return `# ${plain(end.columns)} at every time step of the window, a row each.
told = ${scaling === null ? values : `${values} * factors[${places}] + offsets[${places}]`}
print(told)`;
    }
    case 'classes':
      return end.isBinary
        ? `second = float(1 / (1 + np.exp(-outputs[0])))
print(dict(zip(${textList(end.classes)}, [1 - second, second])))`
        : `powers = np.exp(outputs - outputs.max())
print(dict(zip(${textList(end.classes)}, (powers / powers.sum()).tolist())))`;
    case 'numbers':
      return `numbers = outputs * ${list(end.scaling.map(({ factor }) => factor))} + np.array(${list(end.scaling.map(({ offset }) => offset))})
print(dict(zip(${textList(end.scaling.map(({ label }) => label))}, numbers.tolist())))`;
  }
}

function quantilesInWords(quantiles: number): string {
  return quantiles === 1 ? '' : `, each value as its ${quantiles} quantiles`;
}

function projectCode(name: string, facts: UsageFacts): string {
  return `import sys

import numpy as np

sys.path.insert(0, ${text(name)})
from model import load_model
from predict import predict

${window(withoutMasks(facts))}
# In the data's own unit, in and out${facts.masks > 0 ? '; NaN where a value is missing' : ''}.
print(predict(load_model(), window[np.newaxis])[0])
`;
}

/** A Python project makes masks itself. */
function withoutMasks(facts: UsageFacts): UsageFacts {
  const { columns, typical, dataColumns, masks } = facts;
  const isKept = (_: unknown, place: number): boolean => place < dataColumns || place >= dataColumns + masks;
  return { ...facts, columns: columns.filter(isKept), typical: typical.filter(isKept) };
}

function weightsCode(name: string): string {
  return `import safetensors.numpy

weights = safetensors.numpy.load_file(${text(`${name}/weights.safetensors`)})
for name, values in weights.items():
    print(name, values.shape)
`;
}

/** JSON's strings and numbers are Python's. */
const text = (value: string): string => JSON.stringify(value);
const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
const textList = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`;

/** Names in a comment: on one line. */
function plain(names: readonly string[]): string {
  return names.join(', ').replaceAll(/\s+/gu, ' ');
}
