import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { axisSize, printShape } from '../shapes/shape.ts';
import { knownSize } from '../shapes/size.ts';
import { featureSize, tensorInput } from './layer-ports.ts';
import type { ShapeContext } from './node-type.ts';
import { insertLayer, returnLastStep, returnSequences, widthParameter, widthSetter, type WayOut } from './upstream.ts';

/**
 * What stands in the way of a target that reads (batch, wanted feature): a sequence, or another number of features. `what` says
 * what the values are ("3 classes").
 */
export function vectorFaults(context: ShapeContext, wanted: number, what: string): readonly Diagnostic[] {
  const facts = tensorInput(context, 'predictions');
  const feeder = context.feeders['predictions'];
  const where = { kind: 'node', node: context.node, port: 'predictions' } as const;
  const found = { label: context.label, shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input' };
  if (axisSize(facts.shape, 'time') !== undefined) {
    const lastStep = returnLastStep(feeder);
    const pool = feeder && insertLayer(feeder, context.newNode('global-average-pooling'), `Insert Global Average Pooling before ${context.label}`);
    const ways: readonly (WayOut | undefined)[] = [lastStep, pool === undefined ? undefined : { advice: 'insert Global Average Pooling', repair: pool }];
    const open = ways.filter((way) => way !== undefined);
    return [diagnose('single-vector-expected', where, { ...found, ways: open.map(({ advice }) => advice) }, open.map(({ repair }) => repair))];
  }
  return widthFaults(context, wanted, what, 'series');
}

/**
 * What stands in the way of a target that reads (batch, window time, wanted feature): a vector, a sequence of another length, or
 * another number of features (`wanted` is undefined while it waits for the data).
 */
export function sequenceFaults(context: ShapeContext, wanted: number | undefined, what: string): readonly Diagnostic[] {
  const facts = tensorInput(context, 'predictions');
  const feeder = context.feeders['predictions'];
  const where = { kind: 'node', node: context.node, port: 'predictions' } as const;
  const found = { label: context.label, shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input' };
  const time = axisSize(facts.shape, 'time');
  if (time === undefined) {
    const way = returnSequences(feeder);
    const advice = way?.advice ?? 'let the layers before it return sequences';
    return [diagnose('sequence-expected-by-target', where, { ...found, readOut: undefined, ways: [advice] }, way === undefined ? [] : [way.repair])];
  }
  if (knownSize(time) !== facts.windowLength) {
    const way = 'unfold the whole window again';
    return [diagnose('window-steps-expected', where, { ...found, windowLength: facts.windowLength, way })];
  }
  return wanted === undefined ? [] : widthFaults(context, wanted, what, 'time step');
}

function widthFaults(context: ShapeContext, wanted: number, what: string, per: string): readonly Diagnostic[] {
  const facts = tensorInput(context, 'predictions');
  const features = knownSize(featureSize(facts));
  if (features === undefined || features === wanted) return [];
  const way = widthWay(context, wanted);
  const found = { label: context.label, shape: printShape(facts.shape), feeder: context.feeders['predictions']?.label ?? 'its input', wanted, what, per };
  const where = { kind: 'node', node: context.node, port: 'predictions' } as const;
  return [diagnose('target-width', where, { ...found, way: way?.advice ?? 'change the layer before it' }, way === undefined ? [] : [way.repair])];
}

/** The layer that says how many features arrive is set to the number wanted; where none does, a Dense is put in. */
function widthWay(context: ShapeContext, wanted: number): WayOut | undefined {
  const feeder = context.feeders['predictions'];
  const setter = widthSetter(feeder);
  if (setter !== undefined) {
    const parameter = widthParameter(setter) ?? 'units';
    return { advice: `set ${parameter} of ${setter.label} to ${wanted}`, repair: setParameter({ node: setter.node.id, label: setter.label }, parameter, wanted) };
  }
  if (feeder === undefined) return undefined;
  const dense = context.newNode('dense');
  const sized = { ...dense, parameters: { ...dense.parameters, units: wanted } };
  return { advice: `insert Dense with units ${wanted}`, repair: insertLayer(feeder, sized, `Insert Dense with units ${wanted}`) };
}
