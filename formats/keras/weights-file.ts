import { File, ready } from 'h5wasm';
import type { ExportableModel, WeightValues } from '../../core/export/exportable-model.ts';
import { weightOf } from '../../core/export/exportable-model.ts';
import type { KerasLayer } from './keras-layers.ts';

/** Keras keeps the weights of these in a cell of theirs. */
const layersWithCell = new Set(['SimpleRNN', 'LSTM', 'GRU', 'RNN']);

/** model.weights.h5 of a .keras file: `layers/<class>[_n]/…/vars/<i>`, classes counted in the model's order. */
export async function kerasWeightsFile(exportable: ExportableModel, layers: readonly KerasLayer[]): Promise<Uint8Array> {
  const { FS } = await ready;
  // In the memory of the HDF5 library, which is compiled to WebAssembly and reaches no disk.
  const place = `weights-${filesWritten += 1}.h5`;
  const file = new File(place, 'w');
  try {
    const counts = new Map<string, number>();
    makeGroup(file, 'layers');
    for (const layer of layers) {
      const path = `layers/${numbered(snakeCase(layer.wrapper?.className ?? layer.className), counts)}`;
      writeLayer(file, path, layer, layer.weights.map((name) => weightOf(exportable, layer.node, name)));
    }
    file.flush();
  } finally {
    file.close();
  }
  const bytes = FS.readFile(place);
  FS.unlink(place);
  return bytes;
}

let filesWritten = 0;

function writeLayer(file: File, path: string, { name, className, wrapper, weights }: KerasLayer, values: readonly WeightValues[]): void {
  makeGroup(file, `${path}/vars`).create_attribute('name', name);
  for (const { folder, from, to } of variableFolders(wrapper?.className ?? className, weights.length)) {
    const group = makeGroup(file, folder === '' ? `${path}/vars` : `${path}/${folder}/vars`);
    values.slice(from, to).forEach((weight, index) => {
      group.create_dataset({ name: String(index), data: weight.values, shape: [...weight.shape], dtype: '<f4' });
    });
  }
}

/** Which of a layer's weights lie in which of its parts. */
function variableFolders(className: string, count: number): readonly { readonly folder: string; readonly from: number; readonly to: number }[] {
  if (className === 'Bidirectional') {
    return [
      { folder: 'forward_layer/cell', from: 0, to: count / 2 },
      { folder: 'backward_layer/cell', from: count / 2, to: count },
    ];
  }
  return [{ folder: layersWithCell.has(className) ? 'cell' : '', from: 0, to: count }];
}

function makeGroup(file: File, path: string): ReturnType<File['create_group']> {
  let made: ReturnType<File['create_group']> | null = null;
  const parts = path.split('/');
  parts.forEach((_, index) => {
    const name = parts.slice(0, index + 1).join('/');
    made = (file.get(name) as ReturnType<File['create_group']> | null) ?? file.create_group(name);
  });
  if (made === null) throw new Error(`the group ${path} could not be made`);
  return made;
}

function numbered(name: string, counts: Map<string, number>): string {
  const before = counts.get(name) ?? 0;
  counts.set(name, before + 1);
  return before === 0 ? name : `${name}_${before}`;
}

/** As Keras makes attribute names of class names: SimpleRNN → simple_rnn, MaxPooling1D → max_pooling1d. */
function snakeCase(className: string): string {
  return className
    .replaceAll(/(.)([A-Z][a-z]+)/gu, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase();
}
