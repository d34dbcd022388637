import type { CallingFacts } from '../../core/export/exportable-model.ts';
import { freshName } from '../../core/export/layer-names.ts';
import type { KerasLayer, KerasModel, KerasTensor } from '../keras/keras-layers.ts';
import { layerCall } from './layer-calls.ts';
import { plainWords, pythonIdentifier, pythonString } from './python-text.ts';

/** Names that the module uses itself. */
const ownNames = ['keras', 'layers', 'cells', 'path', 'build_model', 'load_model', 'window'];

/** model.py: the functional model, a layer a line, as a person would write it. */
export function modelModule(title: string, name: string, { input, layers, output }: KerasModel, { meaning }: CallingFacts): string {
  const cells = [...new Set(layers.flatMap(({ cell }) => cell?.className ?? []))];
  const names = variableNames(layers);
  const variable = ({ layer, tensor }: KerasTensor): string => names.get(layer)?.[tensor] ?? 'window';
  const lines = inReadingOrder(layers).map((layer) => layerLine(layer, names.get(layer.name)!, variable));
  const importCells = cells.length === 0 ? '' : `\nfrom cells import ${cells.join(', ')}`;
  const [, steps, features] = input.shape;
  return `"""The model of "${plainWords(title)}" in Keras 3, layer by layer under the names that it was drawn with."""

from pathlib import Path

import keras
from keras import layers
${importCells === '' ? '' : `${importCells}\n`}
WEIGHTS = Path(__file__).with_name("model.weights.h5")


def build_model():
    """Takes windows (batch, ${steps} time steps, ${features} ${features === 1 ? 'column' : 'columns'}), scaled.

    Gives ${plainWords(meaning)}.
    """
    window = keras.Input((${steps}, ${features}), name=${pythonString(input.layer)})
${lines.map((line) => `    ${line}`).join('\n')}
    return keras.Model(window, ${variable(output)}, name=${pythonString(name)})


def load_model(weights=WEIGHTS):
    """The model with its trained weights."""
    model = build_model()
    model.load_weights(weights)
    return model


if __name__ == "__main__":
    load_model().summary()
`;
}

/** Every layer behind what it reads, each as late as its readers allow: inputs stand near where they are used. */
function inReadingOrder(layers: readonly KerasLayer[]): readonly KerasLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const written = new Set<KerasLayer>();
  const write = (layer: KerasLayer): void => {
    if (written.has(layer)) return;
    for (const { layer: before } of [...layer.inputs, ...layer.initialStates]) {
      const source = byName.get(before);
      if (source !== undefined) write(source);
    }
    written.add(layer);
  };
  for (const layer of layers) write(layer);
  return [...written];
}

/** The variables of each layer's outputs: of a recurrent layer that returns its states also theirs. */
function variableNames(layers: readonly KerasLayer[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Set(ownNames);
  return new Map(
    layers.map((layer) => {
      const main = freshName(pythonIdentifier(layer.name), taken);
      const states = returnsStates(layer) ? stateNames(layer).map((state) => freshName(`${main}_${state}`, taken)) : [];
      return [layer.name, [main, ...states]];
    }),
  );
}

function returnsStates({ config }: KerasLayer): boolean {
  return config['return_state'] === true;
}

/** LSTM cells hand two states on, all others one. */
function stateNames({ className, cell }: KerasLayer): readonly string[] {
  return /LSTM/u.test(cell?.className ?? className) ? ['hidden', 'cell'] : ['hidden'];
}

function layerLine(layer: KerasLayer, variables: readonly string[], variable: (tensor: KerasTensor) => string): string {
  const read = layer.inputs.map(variable);
  const inputs = read.length === 1 ? read[0]! : `[${read.join(', ')}]`;
  const states = layer.initialStates.map(variable);
  const given = states.length === 0 ? inputs : `${inputs}, initial_state=[${states.join(', ')}]`;
  const assigned = variables.join(', ');
  const call = layerCall(layer, `    ${assigned} = `);
  return `${assigned} = ${call}(${given})`;
}
