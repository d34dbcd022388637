import { activationNode } from '../../core/nodes/activation.ts';
import { averagePoolingNode } from '../../core/nodes/average-pooling.ts';
import { batchNormNode } from '../../core/nodes/batch-norm.ts';
import { conv1dNode } from '../../core/nodes/conv1d.ts';
import { denseNode } from '../../core/nodes/dense.ts';
import { gruNode } from '../../core/nodes/gru.ts';
import { layerNormNode } from '../../core/nodes/layer-norm.ts';
import { lstmNode } from '../../core/nodes/lstm.ts';
import { maxPoolingNode } from '../../core/nodes/max-pooling.ts';
import type { LayerNodeType } from '../../core/nodes/node-type.ts';
import { poolWindow } from '../../core/nodes/pooling-parameters.ts';
import { simpleRnnNode } from '../../core/nodes/simple-rnn.ts';
import { placeWindow } from '../../core/nodes/sliding-window.ts';
import type { SlidingWindow } from '../../core/nodes/sliding-window.ts';
import type { ParameterDeclarations, ParametersOf } from '../../core/params/parameter-declaration.ts';
import { spellActivation } from './activations.ts';
import { ofFloat, ofInteger, ofIntegers } from './onnx-scope.ts';
import type { Attributes } from './onnx-scope.ts';
import { wholeGru, wholeLstm, wholeSimpleRnn } from './recurrent-layers.ts';
import { constantOf, inputSizes } from './whole-layer.ts';
import type { LayerOutputs, LayerSite, WholeLayer } from './whole-layer.ts';

/** Layers that ONNX has an operation for; all others are written operation by operation. */
const wholeLayers: ReadonlyMap<string, (site: LayerSite) => LayerOutputs | null> = new Map([
  whole(lstmNode, wholeLstm),
  whole(gruNode, wholeGru),
  whole(simpleRnnNode, wholeSimpleRnn),
  whole(denseNode, (site, { activation, useBias }) => {
    const { scope, inputs } = site;
    const products = scope.add('MatMul', [inputs['inputs']!, constantOf(site, 'kernel')]);
    const sums = useBias ? scope.add('Add', [products, constantOf(site, 'bias')], {}, 'weighted_sums') : products;
    return { outputs: spellActivation(scope, activation, sums) };
  }),
  whole(activationNode, ({ scope, inputs }, { activation }) => ({ outputs: spellActivation(scope, activation, inputs['inputs']!) })),
  whole(conv1dNode, (site, { filters, kernelSize, stride, dilation, padding, activation, useBias }) => {
    const { scope } = site;
    const { steps, features } = inputSizes(site);
    const attributes = { ...places({ size: kernelSize, stride, dilation, padding }, steps!), dilations: ofIntegers([dilation]) };
    const kernel = filtersFirst(site.weight('kernel').values, kernelSize, features, filters);
    const weights = [scope.constant({ element: 'float', shape: [filters, features, kernelSize], values: kernel }, 'kernel'), ...(useBias ? [constantOf(site, 'bias')] : [])];
    const sums = overFeatures(site, (series) => scope.add('Conv', [series, ...weights], attributes));
    return { outputs: spellActivation(scope, activation, sums) };
  }),
  whole(maxPoolingNode, (site, parameters) => {
    const attributes = places(poolWindow(parameters), inputSizes(site).steps!);
    return { outputs: overFeatures(site, (series) => site.scope.add('MaxPool', [series], attributes)) };
  }),
  whole(averagePoolingNode, (site, parameters) => {
    const attributes = { ...places(poolWindow(parameters), inputSizes(site).steps!), count_include_pad: ofInteger(0) };
    return { outputs: overFeatures(site, (series) => site.scope.add('AveragePool', [series], attributes)) };
  }),
  whole(layerNormNode, (site, { epsilon }) => ({
    outputs: site.scope.add('LayerNormalization', [site.inputs['inputs']!, constantOf(site, 'gamma'), constantOf(site, 'beta')], { axis: ofInteger(-1), epsilon: ofFloat(epsilon) }),
  })),
  whole(batchNormNode, (site, { epsilon }) => {
    const statistics = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => constantOf(site, name));
    const normalize = (value: string): string => site.scope.add('BatchNormalization', [value, ...statistics], { epsilon: ofFloat(epsilon) });
    // ONNX normalises axis 1, which features are in a vector.
    return { outputs: inputSizes(site).steps === undefined ? normalize(site.inputs['inputs']!) : overFeatures(site, normalize) };
  }),
]);

/** Writes a layer as ONNX's own operation; null where it has none. */
export function spellWholeLayer(site: LayerSite): LayerOutputs | null {
  return wholeLayers.get(site.layer.type)?.(site) ?? null;
}

function whole<Declarations extends ParameterDeclarations>(
  node: LayerNodeType<Declarations>,
  spell: WholeLayer<ParametersOf<Declarations>>,
): readonly [string, (site: LayerSite) => LayerOutputs | null] {
  // Parsed by this very node's declarations.
  return [node.type, (site) => spell(site, site.layer.parameters as ParametersOf<Declarations>)];
}

/** ONNX's operations over time read [batch, feature, time]. */
function overFeatures({ scope, inputs }: LayerSite, spell: (series: string) => string): string {
  const turn = (value: string, called: string): string => scope.add('Transpose', [value], { perm: ofIntegers([0, 2, 1]) }, called);
  return turn(spell(turn(inputs['inputs']!, 'features_first')), 'time_first');
}

function places(window: SlidingWindow, steps: number): Attributes {
  const { before, after } = placeWindow(window, steps);
  return { kernel_shape: ofIntegers([window.size]), strides: ofIntegers([window.stride]), pads: ofIntegers([before, after]) };
}

/** [kernel size, features, filters] → [filters, features, kernel size] */
function filtersFirst(values: Float32Array, size: number, features: number, filters: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let tap = 0; tap < size; tap += 1) {
    for (let feature = 0; feature < features; feature += 1) {
      for (let filter = 0; filter < filters; filter += 1) turned[(filter * features + feature) * size + tap] = values[(tap * features + feature) * filters + filter]!;
    }
  }
  return turned;
}
