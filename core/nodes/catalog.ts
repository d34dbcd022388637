import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { averagePoolingNode } from './average-pooling.ts';
import { conv1dNode } from './conv1d.ts';
import { denseNode } from './dense.ts';
import { dropoutNode } from './dropout.ts';
import { flattenNode } from './flatten.ts';
import { forecastNode } from './forecast.ts';
import { globalAveragePoolingNode } from './global-average-pooling.ts';
import { globalMaxPoolingNode } from './global-max-pooling.ts';
import { gruNode } from './gru.ts';
import { layerNormNode } from './layer-norm.ts';
import { layerNormRnnNode } from './layer-norm-rnn.ts';
import { lstmNode } from './lstm.ts';
import { maxPoolingNode } from './max-pooling.ts';
import type { LayerNodeType, NodeType } from './node-type.ts';
import { scaleNode } from './scale.ts';
import { seriesNode } from './series.ts';
import { simpleRnnNode } from './simple-rnn.ts';
import { windowNode } from './window.ts';

/** Node types by the name that documents use, in the order in which they are offered. */
export type Catalog = ReadonlyMap<string, NodeType>;

/** Every node type: one line each. */
export const catalog: Catalog = catalogOf([
  anyNodeType(seriesNode),
  anyNodeType(scaleNode),
  anyNodeType(windowNode),
  anyNodeType(simpleRnnNode),
  anyNodeType(lstmNode),
  anyNodeType(gruNode),
  anyNodeType(layerNormRnnNode),
  anyNodeType(conv1dNode),
  anyNodeType(maxPoolingNode),
  anyNodeType(averagePoolingNode),
  anyNodeType(globalMaxPoolingNode),
  anyNodeType(globalAveragePoolingNode),
  anyNodeType(layerNormNode),
  anyNodeType(dropoutNode),
  anyNodeType(denseNode),
  anyNodeType(flattenNode),
  anyNodeType(forecastNode),
]);

export function catalogOf(types: readonly NodeType[]): Catalog {
  return new Map(types.map((type) => [type.type, type]));
}

/** Forgets which parameters a node type declares: sound, because it only ever receives those parsed by its own declarations. */
export function anyNodeType<Declarations extends ParameterDeclarations>(type: NodeType<Declarations>): NodeType {
  return type as unknown as NodeType;
}

/** The layer of a checked model. Throws for a name that is not a layer's: a check would have refused it. */
export function layerType(type: string): LayerNodeType {
  const found = catalog.get(type);
  if (found?.role !== 'layer') throw new RangeError(`"${type}" is not a layer of the catalogue`);
  return found;
}
