import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TensorData } from '../session.ts';
import { elementTypes } from './native-binding.ts';
import type { NativeBinding } from './native-binding.ts';
import { servingTag } from './saved-model-definition.ts';

/** A graph inside TensorFlow, with the variables it owns. */
export class LoadedGraph {
  readonly #binding: NativeBinding;
  readonly #model: number;

  private constructor(binding: NativeBinding, model: number) {
    this.#binding = binding;
    this.#model = model;
  }

  /** TensorFlow takes a graph from a folder only; that folder is gone again when this returns. */
  static load(binding: NativeBinding, savedModel: Uint8Array): LoadedGraph {
    const directory = mkdtempSync(path.join(tmpdir(), 'unroll-graph-'));
    try {
      writeFileSync(path.join(directory, 'saved_model.pb'), savedModel);
      return new LoadedGraph(binding, binding.loadSavedModel(directory, servingTag));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  /** Feeds tensors and gives what was fetched, both in the order of their addresses, which are joined by commas. */
  run(feeds: readonly TensorData[], feedAddresses: string, fetchAddresses: string): readonly TensorData[] {
    const fed: number[] = [];
    try {
      for (const feed of feeds) fed.push(this.#binding.createTensor(feed.shape, elementTypes[feed.type].number, feed.values));
      const results = this.#binding.runSavedModel(this.#model, fed, feedAddresses, fetchAddresses);
      return results.map((result) => {
        const values = this.#binding.tensorDataSync(result.id);
        this.#binding.deleteTensor(result.id);
        return { type: typeOf(result.dtype), shape: result.shape, values };
      });
    } finally {
      for (const id of fed) this.#binding.deleteTensor(id);
    }
  }

  close(): void {
    this.#binding.deleteSavedModel(this.#model);
  }
}

function typeOf(dtype: number): TensorData['type'] {
  if (dtype === elementTypes.float.number) return 'float';
  return dtype === elementTypes.integer.number ? 'integer' : 'boolean';
}
