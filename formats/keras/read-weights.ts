import { randomUUID } from 'node:crypto';
import { Dataset, File, ready } from 'h5wasm';
import type { WeightValues } from '../../core/export/exportable-model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { ImportRefusal, type ImportPlace } from './import-refusal.ts';

/** A weight that is wanted: where it lies, whose it is, and its shape where that is known. */
export interface WantedWeight {
  readonly path: string;
  readonly key: string;
  /** "kernel of LSTM 1": for messages. */
  readonly words: string;
  readonly shape: readonly number[] | undefined;
}

/**
 * The wanted weights out of model.weights.h5, and nothing else of it: every step of each path is looked at before it is
 * taken, links and virtual data sets are refused, and a shape is judged before its numbers are read. The HDF5 library is
 * WebAssembly with a file system of its own in memory: it reaches no disk.
 */
export async function readWeights(place: ImportPlace, bytes: Uint8Array, wanted: readonly WantedWeight[]): Promise<ReadonlyMap<string, WeightValues>> {
  const library = await ready;
  // A name that no link inside the file can guess.
  const name = `${randomUUID()}.h5`;
  library.FS.writeFile(name, bytes);
  // Otherwise the library prints its errors and reads on.
  library.activate_throwing_error_handler();
  try {
    const file = attempt(place, 'the start', () => new File(name, 'r'));
    try {
      const names = new Map<string, ReadonlySet<string>>();
      return new Map(wanted.map((weight) => [weight.key, readWeight(place, { file, names, fileBytes: bytes.length }, weight)]));
    } finally {
      file.close();
    }
  } finally {
    library.deactivate_throwing_error_handler();
    library.FS.unlink(name);
  }
}

interface OpenWeights {
  readonly file: File;
  /** What each group that was passed holds. */
  readonly names: Map<string, ReadonlySet<string>>;
  readonly fileBytes: number;
}

function readWeight(place: ImportPlace, open: OpenWeights, { path, words, shape }: WantedWeight): WeightValues {
  const found = walk(place, open, path);
  const { metadata } = attempt(place, path, () => ({ metadata: found.metadata }));
  if (metadata.virtual_sources !== undefined) throw place.weights(path, 'are put together from other files (a virtual data set)');
  const isFloat = metadata.type === 1 && metadata.size === 4 && metadata.littleEndian && !metadata.vlen;
  if (!isFloat) throw place.weights(path, 'are not of the type float32');
  const sizes = metadata.shape ?? [];
  if (sizes.length > place.limits.weightAxes) throw place.tooMuch(`the weights at ${path} have`, sizes.length, place.limits.weightAxes, 'axes');
  const numbers = sizes.reduce((product, size) => product * size, 1);
  if (numbers > place.limits.weightNumbers) throw place.tooMuch(`the weights at ${path} claim`, numbers, place.limits.weightNumbers, 'numbers');
  if (attempt(place, path, () => found.filters).length > 0) throw place.weights(path, 'are compressed, and Keras stores them as they are');
  const chunk = (metadata.chunks ?? [0]).reduce((product, size) => product * size, 1);
  // What is stored as it is takes its room in the file; what claims more would be made up of zeros.
  if (4 * Math.max(numbers, chunk) > open.fileBytes) throw place.weights(path, `claim ${4 * Math.max(numbers, chunk)} bytes, more than the file has`);
  if (shape !== undefined && JSON.stringify(shape) !== JSON.stringify(sizes)) {
    const facts = { file: place.file, place: path, weight: words, expected: `(${shape.join(', ')})`, found: `(${sizes.join(', ')})` };
    throw new ImportRefusal(diagnose('import-weights-shape', place.where, facts));
  }
  const values = attempt(place, path, () => found.value);
  if (!(values instanceof Float32Array) || values.length !== numbers) throw place.weights(path, 'could not be read');
  return { shape: sizes, values: Float32Array.from(values) };
}

/** The data set at a path, every step of which is a plain member of its group. */
function walk(place: ImportPlace, { file, names }: OpenWeights, path: string): Dataset {
  const parts = path.split('/');
  let at = '';
  for (const part of parts) {
    const held = attempt(place, path, () => names.get(at) ?? new Set(at === '' ? file.keys() : file.get(at) instanceof Dataset ? [] : groupKeys(file, at)));
    names.set(at, held);
    if (!held.has(part)) throw place.weights(path, 'are missing');
    at = at === '' ? part : `${at}/${part}`;
    if (names.has(at)) continue;
    const step = `/${at}`;
    if (linkOf(() => file.get_external_link(step)?.filename) !== null) throw place.weights(path, 'lie behind a link to another file');
    if (linkOf(() => file.get_link(step)) !== null) throw place.weights(path, 'lie behind a link');
  }
  const found = attempt(place, path, () => file.get(path));
  if (!(found instanceof Dataset)) throw place.weights(path, 'are no data set');
  return found;
}

function groupKeys(file: File, path: string): readonly string[] {
  const group = file.get(path);
  return group !== null && 'keys' in group ? group.keys() : [];
}

/** The library throws, or gives nothing, where there is no link of the kind. */
function linkOf<Link>(ask: () => Link | null | undefined): Link | null {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}

function attempt<Value>(place: ImportPlace, path: string, read: () => Value): Value {
  try {
    return read();
  } catch {
    throw place.weights(path, 'could not be read: model.weights.h5 is damaged, or refers to other files');
  }
}
