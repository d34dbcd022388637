import type { Layer, LayerInput, Model } from '../compile/model.ts';
import { layerType } from '../nodes/catalog.ts';

/** Whether anything reads a final state of a recurrent layer: an output beside the main one. */
export function readsFinalStates({ layers, targets }: Model, { node, type }: Layer): boolean {
  const finalPorts = layerType(type).outputs.filter(({ optional }) => optional === true).map(({ name }) => name);
  const reads = (source: LayerInput): boolean => source.kind === 'layer' && source.node === node && finalPorts.includes(source.port);
  return targets.some(({ input }) => reads(input)) || layers.some(({ inputs }) => Object.values(inputs).some(reads));
}

/** How many of a layer's initial states are wired, and how many it has. */
export function wiredStates({ type, inputs }: Layer): { readonly wired: number; readonly all: number } {
  const ports = layerType(type).inputs.filter(({ optional }) => optional === true);
  return { wired: ports.filter(({ name }) => inputs[name] !== undefined).length, all: ports.length };
}
