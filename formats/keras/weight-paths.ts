/** Keras keeps the weights of these in a cell of theirs. */
const layersWithCell = new Set(['SimpleRNN', 'LSTM', 'GRU', 'RNN']);

/** Which of a layer's weights, of `count` in all, lie in which of its parts. */
export function variableFolders(className: string, innerClass: string, count: number): readonly { readonly folder: string; readonly from: number; readonly to: number }[] {
  switch (className) {
    case 'Bidirectional':
      return [
        { folder: 'forward_layer/cell', from: 0, to: count / 2 },
        { folder: 'backward_layer/cell', from: count / 2, to: count },
      ];
    case 'TimeDistributed':
      return [{ folder: layersWithCell.has(innerClass) ? 'layer/cell' : 'layer', from: 0, to: count }];
    default:
      return [{ folder: layersWithCell.has(className) ? 'cell' : '', from: 0, to: count }];
  }
}

/** Where each weight of a layer lies in model.weights.h5, in Keras's order: `layers/<class>[_n]/…/vars/<i>`. */
export function weightPaths(layerPath: string, className: string, innerClass: string, count: number): readonly string[] {
  return variableFolders(className, innerClass, count).flatMap(({ folder, from, to }) =>
    Array.from({ length: to - from }, (_, index) => `${layerPath}/${folder === '' ? '' : `${folder}/`}vars/${index}`),
  );
}

/** The group of each layer, from their (outermost) classes in the model's order: classes are counted. */
export function layerPaths(classNames: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return classNames.map((className) => `layers/${numbered(snakeCase(className), counts)}`);
}

function numbered(name: string, counts: Map<string, number>): string {
  const before = counts.get(name) ?? 0;
  counts.set(name, before + 1);
  return before === 0 ? name : `${name}_${before}`;
}

/** As Keras makes attribute names of class names: SimpleRNN → simple_rnn, MaxPooling1D → max_pooling1d. */
function snakeCase(className: string): string {
  return className
    .replaceAll(/(.)([A-Z][a-z]+)/gu, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase();
}
