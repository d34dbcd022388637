import { File, ready } from 'h5wasm';
import type { ExportableModel, WeightValues } from '../../core/export/exportable-model.ts';
import { weightOf } from '../../core/export/exportable-model.ts';
import type { KerasLayer } from './keras-layers.ts';
import { layerPaths, variableFolders } from './weight-paths.ts';

/** model.weights.h5 of a .keras file: `layers/<class>[_n]/…/vars/<i>`, classes counted in the model's order. */
export async function kerasWeightsFile(exportable: ExportableModel, layers: readonly KerasLayer[]): Promise<Uint8Array> {
  const { FS } = await ready;
  // In the memory of the HDF5 library, which is compiled to WebAssembly and reaches no disk.
  const place = `weights-${filesWritten += 1}.h5`;
  const file = new File(place, 'w');
  try {
    const paths = layerPaths(layers.map(({ className, wrapper }) => wrapper?.className ?? className));
    makeGroup(file, 'layers');
    layers.forEach((layer, index) => writeLayer(file, paths[index]!, layer, layer.weights.map((name) => weightOf(exportable, layer.node, name))));
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
  for (const { folder, from, to } of variableFolders(wrapper?.className ?? className, className, weights.length)) {
    const group = makeGroup(file, folder === '' ? `${path}/vars` : `${path}/${folder}/vars`);
    values.slice(from, to).forEach((weight, index) => {
      group.create_dataset({ name: String(index), data: weight.values, shape: [...weight.shape], dtype: '<f4' });
    });
  }
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
