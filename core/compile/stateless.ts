import type { Model } from './model.ts';

/** Whether a layer starts a window with what the window before left. */
export function isStateful({ layers }: Model): boolean {
  return layers.some(({ parameters }) => parameters['stateful'] === true);
}

/** The same model with every window for itself: its states start at zero. */
export function statelessModel(model: Model): Model {
  return { ...model, layers: model.layers.map((layer) => (layer.parameters['stateful'] === true ? { ...layer, parameters: { ...layer.parameters, stateful: false } } : layer)) };
}
