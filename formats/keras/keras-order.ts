import type { KerasLayer, KerasTensor } from './keras-layers.ts';

/**
 * Layers in the order in which Keras holds them, by which its weight files count classes: farthest from the output first
 * (in layers), those equally far in the order in which a walk from the output, depth first, meets them.
 */
export function inKerasOrder(layers: readonly KerasLayer[], output: KerasTensor): readonly KerasLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  const meet = (name: string): void => {
    const layer = byName.get(name);
    if (layer === undefined || met.has(name)) return;
    met.set(name, met.size);
    for (const input of [...layer.inputs, ...layer.initialStates]) meet(input.layer);
  };
  meet(output.layer);

  // Every layer stands behind its inputs, so that from the end a depth is settled before it is passed on.
  const depths = new Map<string, number>();
  for (const { name, inputs, initialStates } of layers.toReversed()) {
    const depth = depths.get(name) ?? 0;
    for (const { layer } of [...inputs, ...initialStates]) depths.set(layer, Math.max(depths.get(layer) ?? 0, depth + 1));
  }
  const depthOf = ({ name }: KerasLayer): number => depths.get(name) ?? 0;
  const placeOf = ({ name }: KerasLayer): number => met.get(name) ?? layers.length;
  return layers.toSorted((first, second) => depthOf(second) - depthOf(first) || placeOf(first) - placeOf(second));
}
