import type { KerasLayer, KerasModel, KerasTensor } from './keras-layers.ts';

type Json = Readonly<Record<string, unknown>>;

/** The package under which generated cell classes are registered. */
export const registeredPackage = 'unroll';

/** config.json of a .keras file: a functional model with its compile settings, as Keras 3 writes it. */
export function kerasConfig(name: string, { input, layers, output }: KerasModel, compile: Json | null): Json {
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: [inputLayer(input), ...layers.map(layerConfig)],
      input_layers: [input.layer, 0, 0],
      output_layers: [output.layer, 0, output.tensor],
    },
    registered_name: 'Functional',
    ...(compile === null ? {} : { compile_config: compile }),
  };
}

function inputLayer({ layer: name, shape }: KerasTensor): Json {
  return {
    module: 'keras.layers',
    class_name: 'InputLayer',
    config: { batch_shape: shape, dtype: 'float32', sparse: false, ragged: false, name },
    registered_name: null,
    name,
    inbound_nodes: [],
  };
}

function layerConfig(layer: KerasLayer): Json {
  const { name, className, wrapper, inputs, initialStates } = layer;
  const tensors = inputs.map(tensorReference);
  const own = { ...cellConfig(layer), ...layer.config };
  const spelled =
    wrapper === undefined
      ? { class_name: className, config: { name, dtype: 'float32', ...own } }
      : { class_name: wrapper.className, config: { name, dtype: 'float32', ...wrapper.config, layer: innerLayer(name, className, own) } };
  return {
    module: 'keras.layers',
    ...spelled,
    registered_name: null,
    name,
    inbound_nodes: [
      {
        args: tensors.length === 1 ? tensors : [tensors],
        kwargs: initialStates.length === 0 ? {} : { initial_state: initialStates.map(tensorReference) },
      },
    ],
  };
}

/** The layer inside a Bidirectional: both directions are made of it. */
function innerLayer(name: string, className: string, config: Json): Json {
  return { module: 'keras.layers', class_name: className, config: { name, dtype: 'float32', ...config }, registered_name: null };
}

function cellConfig({ cell }: KerasLayer): Json {
  if (cell === undefined) return {};
  const { className, config } = cell;
  return { cell: { module: null, class_name: className, config, registered_name: `${registeredPackage}>${className}` } };
}

function tensorReference({ layer, tensor, shape }: KerasTensor): Json {
  return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: [layer, 0, tensor] } };
}
