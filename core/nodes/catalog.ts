import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { activationNode } from './activation.ts';
import { addNode } from './add.ts';
import { averagePoolingNode } from './average-pooling.ts';
import { averageNode } from './average.ts';
import { batchNormNode } from './batch-norm.ts';
import { classifyNode } from './classify.ts';
import { concatenateNode } from './concatenate.ts';
import { conv1dNode } from './conv1d.ts';
import { cropFeaturesNode } from './crop-features.ts';
import { cropNode } from './crop.ts';
import { denseNode } from './dense.ts';
import { dropoutNode } from './dropout.ts';
import { embeddingNode } from './embedding.ts';
import { flattenNode } from './flatten.ts';
import { forecastNode } from './forecast.ts';
import { gaussianNoiseNode } from './gaussian-noise.ts';
import { globalAveragePoolingNode } from './global-average-pooling.ts';
import { globalMaxPoolingNode } from './global-max-pooling.ts';
import { gruNode } from './gru.ts';
import { imputeNode } from './impute.ts';
import { layerNormLstmNode } from './layer-norm-lstm.ts';
import { layerNormRnnNode } from './layer-norm-rnn.ts';
import { layerNormNode } from './layer-norm.ts';
import { lstmNode } from './lstm.ts';
import { maxPoolingNode } from './max-pooling.ts';
import { multiplyNode } from './multiply.ts';
import type { LayerNodeType, NodeType } from './node-type.ts';
import { padNode } from './pad.ts';
import { permuteNode } from './permute.ts';
import { reconstructNode } from './reconstruct.ts';
import { regressNode } from './regress.ts';
import { repeatVectorNode } from './repeat-vector.ts';
import { reshapeNode } from './reshape.ts';
import { scaleNode } from './scale.ts';
import { seriesNode } from './series.ts';
import { simpleRnnNode } from './simple-rnn.ts';
import { spatialDropoutNode } from './spatial-dropout.ts';
import { subtractNode } from './subtract.ts';
import { takeStepNode } from './take-step.ts';
import { unknownNode } from './unknown.ts';
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
  anyNodeType(layerNormLstmNode),
  anyNodeType(conv1dNode),
  anyNodeType(maxPoolingNode),
  anyNodeType(averagePoolingNode),
  anyNodeType(globalMaxPoolingNode),
  anyNodeType(globalAveragePoolingNode),
  anyNodeType(batchNormNode),
  anyNodeType(layerNormNode),
  anyNodeType(dropoutNode),
  anyNodeType(spatialDropoutNode),
  anyNodeType(gaussianNoiseNode),
  anyNodeType(denseNode),
  anyNodeType(embeddingNode),
  anyNodeType(activationNode),
  anyNodeType(flattenNode),
  anyNodeType(repeatVectorNode),
  anyNodeType(takeStepNode),
  anyNodeType(cropNode),
  anyNodeType(cropFeaturesNode),
  anyNodeType(padNode),
  anyNodeType(reshapeNode),
  anyNodeType(permuteNode),
  anyNodeType(addNode),
  anyNodeType(subtractNode),
  anyNodeType(multiplyNode),
  anyNodeType(averageNode),
  anyNodeType(concatenateNode),
  anyNodeType(forecastNode),
  anyNodeType(classifyNode),
  anyNodeType(regressNode),
  anyNodeType(imputeNode),
  anyNodeType(reconstructNode),
  anyNodeType(unknownNode),
]);

/** Those that a person may add: an unknown node comes with an import alone. */
export const addableTypes: readonly NodeType[] = [...catalog.values()].filter(({ role }) => role !== 'unknown');

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
