import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { axisSize, printShape, type AxisName } from '../shapes/shape.ts';
import { knownSize } from '../shapes/size.ts';
import { outputsOf, tensorInput } from './layer-ports.ts';
import type { Feeder, PortDeclaration, ShapeContext, TensorFacts } from './node-type.ts';
import { returnLastStep, returnSequences, widthParameter, widthSetter, type WayOut } from './upstream.ts';

/** The ports of a layer that combines two. */
export const mergeInputs: readonly PortDeclaration[] = [
  { name: 'first', carries: 'tensor', doc: 'What is combined.' },
  { name: 'second', carries: 'tensor', doc: 'What it is combined with.' },
];

type Context = Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders'>;

/** Both inputs, with the same axes, and the same sizes along all but `except`; a size that waits for data may still fit. */
export function alikeInputs(context: Context, except?: AxisName): Result<readonly [TensorFacts, TensorFacts]> {
  const first = tensorInput(context, 'first');
  const second = tensorInput(context, 'second');
  const differing = first.shape.find((axis) => axis.name !== except && !mayBeEqual(axis.size, axisSize(second.shape, axis.name)));
  const isAlike = first.shape.length === second.shape.length && differing === undefined;
  return isAlike ? succeed([first, second]) : fail(shapesDiffer(context, first, second, differing?.name, except));
}

function mayBeEqual(first: TensorFacts['shape'][number]['size'], second: typeof first | undefined): boolean {
  if (second === undefined) return false;
  const [own, other] = [knownSize(first), knownSize(second)];
  return own === undefined || other === undefined || own === other;
}

/** The shape rule of an element by element combination: two of the same shape give it again. */
export function mergeShape(context: Context): Result<{ readonly outputs: TensorFacts }> {
  const alike = alikeInputs(context);
  return alike.ok ? succeed(outputsOf(alike.value[0], alike.value[0].shape)) : alike;
}

function shapesDiffer(context: Context, first: TensorFacts, second: TensorFacts, differing: AxisName | undefined, except: AxisName | undefined) {
  const feeders = [context.feeders['first'], context.feeders['second']] as const;
  const ways = waysToAgree(feeders, [first, second], differing).filter((way) => way !== undefined);
  const found = {
    label: context.label,
    rule: except === undefined ? 'both must have the same shape' : `both must have the same axes and differ in ${except} alone`,
    first: printShape(first.shape),
    firstFeeder: feeders[0]?.label ?? 'its first input',
    second: printShape(second.shape),
    secondFeeder: feeders[1]?.label ?? 'its second input',
    ways: ways.map((way) => way.advice),
  };
  return diagnose('shapes-differ', { kind: 'node', node: context.node }, found, ways.map((way) => way.repair));
}

function waysToAgree(
  feeders: readonly [Feeder | undefined, Feeder | undefined],
  [first, second]: readonly [TensorFacts, TensorFacts],
  differing: AxisName | undefined,
): readonly (WayOut | undefined)[] {
  if (first.shape.length !== second.shape.length) {
    const [sequence, vector] = first.shape.length > second.shape.length ? feeders : [feeders[1], feeders[0]];
    return [returnLastStep(sequence), returnSequences(vector)];
  }
  return differing === 'feature' ? [widen(feeders[0], second), widen(feeders[1], first)] : [];
}

/** Gives the layer above as many features as the other input has. */
function widen(feeder: Feeder | undefined, other: TensorFacts): WayOut | undefined {
  const setter = widthSetter(feeder);
  const parameter = setter && widthParameter(setter);
  const features = axisSize(other.shape, 'feature');
  const wanted = features && knownSize(features);
  if (setter === undefined || parameter === undefined || wanted === undefined) return undefined;
  const repair = setParameter({ node: setter.node.id, label: setter.label }, parameter, wanted);
  return { advice: `set ${parameter} of ${setter.label} to ${wanted}`, repair };
}
