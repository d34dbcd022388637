import { succeed } from '../../core/diagnostics/result.ts';
import type { ExportableModel, ExportWriter, WeightValues } from '../../core/export/exportable-model.ts';
import { legalNames } from '../../core/export/layer-names.ts';
import { encodeSafetensors } from '../runs/safetensors.ts';
import { encodeNpz } from './npz.ts';

/** Weights alone, as safetensors with the provenance in its metadata, and as .npz: '<layer>/<weight>', layers by their labels. */
export const writeWeights: ExportWriter = (exportable) => {
  const tensors = namedWeights(exportable);
  const metadata = new Map(Object.entries({ ...exportable.provenance, scaling: JSON.stringify(exportable.facts.scaling) }));
  return Promise.resolve(
    succeed([
      { place: '/weights.safetensors', bytes: encodeSafetensors({ tensors, metadata }) },
      { place: '/weights.npz', bytes: encodeNpz(tensors) },
    ]),
  );
};

/** Every weight and moving statistic by its name in the file, in the model's order. */
export function namedWeights({ model, weights }: ExportableModel): ReadonlyMap<string, WeightValues> {
  const names = legalNames(model.layers);
  return new Map(
    model.layers.flatMap((layer) =>
      [...layer.weights, ...layer.movingStatistics].flatMap(({ name }) => {
        const found = weights.get(`${layer.node}/${name}`);
        return found === undefined ? [] : [[`${names.get(layer.node)}/${name}`, found] as const];
      }),
    ),
  );
}
