import type { Layer } from '../../core/compile/model.ts';
import type { WeightValues } from '../../core/export/exportable-model.ts';
import { axisSize } from '../../core/shapes/shape.ts';
import { knownSize } from '../../core/shapes/size.ts';
import type { OnnxScope } from './onnx-scope.ts';

/** A layer about to be written. */
export interface LayerSite {
  readonly scope: OnnxScope;
  readonly layer: Layer;
  /** Names of what it reads, by port; none for a port that is unwired. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly weight: (name: string) => WeightValues;
  /** Whether anything reads this output. */
  readonly isRead: (port: string) => boolean;
}

/** Names of a layer's outputs, by port. */
export type LayerOutputs = Readonly<Record<string, string>>;

/** Writes a layer as the one operation that ONNX has for it. null: it has none for these parameters. */
export type WholeLayer<Parameters> = (site: LayerSite, parameters: Parameters) => LayerOutputs | null;

export function constantOf(site: LayerSite, name: string): string {
  const { shape, values } = site.weight(name);
  return site.scope.constant({ element: 'float', shape, values }, name);
}

/** Time steps and features of a layer's input; no steps for a vector. */
export function inputSizes({ layer }: LayerSite, port = 'inputs'): { readonly steps: number | undefined; readonly features: number } {
  const shape = layer.inputShapes[port]!;
  const time = axisSize(shape, 'time');
  const features = knownSize(axisSize(shape, 'feature')!);
  if (features === undefined) throw new RangeError('the features of a trained layer are known');
  return { steps: time && knownSize(time), features };
}
