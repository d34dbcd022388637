import { File, ready } from 'h5wasm';
import { strToU8 } from 'fflate';
import { zipWith, type EntryWith, type EndWith } from './zip-with.ts';

type Json = Record<string, unknown>;

export function layer(className: string, config: Json, reads: readonly unknown[] = [], more: Json = {}): Json {
  const name = (config['name'] as string | undefined) ?? className.toLowerCase();
  const tensors = reads.map((history) => ({ class_name: '__keras_tensor__', config: { shape: [null, 2], dtype: 'float32', keras_history: history } }));
  const inbound = tensors.length === 0 ? [] : [{ args: tensors.length === 1 ? tensors : [tensors], kwargs: {} }];
  return { module: 'keras.layers', class_name: className, config: { name, ...config }, registered_name: null, name, inbound_nodes: inbound, ...more };
}

export const inputLayer = layer('InputLayer', { batch_shape: [null, 2], dtype: 'float32', name: 'input' });
export const denseLayer = layer('Dense', { units: 1, activation: 'linear', use_bias: false, name: 'dense' }, [['input', 0, 0]]);

/** config.json of Dense(1) on two numbers, with other layers, or other members, where they are given. */
export function functionalConfig(layers: readonly unknown[] = [inputLayer, denseLayer], more: Json = {}): Json {
  return { module: 'keras.src.models.functional', class_name: 'Functional', config: { name: 'small', layers, input_layers: ['input', 0, 0], output_layers: ['dense', 0, 0], ...more }, registered_name: 'Functional' };
}

const goodMetadata = { keras_version: '3.15.0' };

/** An HDF5 file as `make` fills it. */
export async function hdf5With(make: (file: File) => void): Promise<Uint8Array> {
  const { FS } = await ready;
  const file = new File('made.h5', 'w');
  make(file);
  file.close();
  const bytes = FS.readFile('made.h5');
  FS.unlink('made.h5');
  return bytes;
}

export async function goodWeights(): Promise<Uint8Array> {
  return hdf5With((file) => {
    group(file, 'layers/dense/vars').create_dataset({ name: '0', data: new Float32Array([3, 4]), shape: [2, 1], dtype: '<f4' });
  });
}

export function group(file: File, path: string): ReturnType<File['create_group']> {
  let made: ReturnType<File['create_group']> | undefined;
  path.split('/').forEach((_, index, parts) => {
    const name = parts.slice(0, index + 1).join('/');
    made = (file.get(name) as typeof made | null) ?? file.create_group(name);
  });
  return made!;
}

/** A .keras file of the three entries, and of others beside or instead of them. */
export function kerasFile(contents: { readonly config?: unknown; readonly metadata?: unknown; readonly weights: Uint8Array; readonly entries?: readonly EntryWith[]; readonly end?: EndWith }): Uint8Array {
  const text = (value: unknown): Uint8Array => strToU8(typeof value === 'string' ? value : JSON.stringify(value));
  const entries: readonly EntryWith[] = [
    { name: 'metadata.json', data: text(contents.metadata ?? goodMetadata) },
    { name: 'config.json', data: text(contents.config ?? functionalConfig()) },
    { name: 'model.weights.h5', data: contents.weights },
  ];
  const other = contents.entries ?? [];
  return zipWith([...entries.filter(({ name }) => !other.some((entry) => entry.name === name)), ...other], contents.end);
}
