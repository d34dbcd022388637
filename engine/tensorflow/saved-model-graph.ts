import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { elementTypes, typeNumbered } from './native-binding.ts';
import type { NativeBinding } from './native-binding.ts';
import type { GraphLoader, LoadedGraph } from './loaded-graph.ts';
import { encodeSavedModel, servingTag } from './saved-model-definition.ts';

/** Graphs through tfjs-node's binding, which takes them as SavedModels: for where our own addon (native-graph.ts) was not built. */
export function savedModelLoader(binding: NativeBinding, version: string): GraphLoader {
  return (graph, initializer) => loadSavedModel(binding, encodeSavedModel({ graph, signatures: [], ...(initializer !== '' && { initializer }) }, version));
}

/** The binding takes a graph from a folder only; that folder is gone again when this returns. */
export function loadSavedModel(binding: NativeBinding, savedModel: Uint8Array): LoadedGraph {
  const directory = mkdtempSync(path.join(tmpdir(), 'unroll-graph-'));
  try {
    writeFileSync(path.join(directory, 'saved_model.pb'), savedModel);
    return graphOf(binding, binding.loadSavedModel(directory, servingTag));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function graphOf(binding: NativeBinding, model: number): LoadedGraph {
  return {
    prepare: (feedAddresses, fetchAddresses) => {
      const [feedNames, fetchNames] = [feedAddresses.join(','), fetchAddresses.join(',')];
      return (feeds) => {
        const fed: number[] = [];
        try {
          for (const feed of feeds) fed.push(binding.createTensor(feed.shape, elementTypes[feed.type].number, feed.values));
          const results = binding.runSavedModel(model, fed, feedNames, fetchNames);
          return results.map((result) => {
            const values = binding.tensorDataSync(result.id);
            binding.deleteTensor(result.id);
            return { type: typeNumbered(result.dtype), shape: result.shape, values };
          });
        } finally {
          for (const id of fed) binding.deleteTensor(id);
        }
      };
    },
    close: () => { binding.deleteSavedModel(model); },
    namesNodes: true,
  };
}
