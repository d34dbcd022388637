import type { Repair } from '../diagnostics/diagnostic.ts';
import type { GraphNode } from '../graph/graph-document.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { axisSize } from '../shapes/shape.ts';
import { knownSize, sizesEqual } from '../shapes/size.ts';
import type { Feeder, TensorFacts, WireFacts } from './node-type.ts';

/** One way out of a misfit: the words of the message and the edits that do it. */
export interface WayOut {
  readonly advice: string;
  readonly repair: Repair;
}

/**
 * The nodes above a port, nearest first, up to where wires meet, or lead out of a port beside the main one: a mend beyond
 * would change one of several alone.
 */
function lineAbove(feeder: Feeder | undefined): readonly Feeder[] {
  const line: Feeder[] = [];
  for (let node = feeder; node !== undefined && isPlain(node); node = firstFeeder(node)) line.push(node);
  return line;
}

function isPlain({ type, feeders, wire }: Feeder): boolean {
  return Object.keys(feeders).length <= 1 && type.outputs[0]?.name === wire.from.port;
}

function firstFeeder(feeder: Feeder): Feeder | undefined {
  const [port] = feeder.type.inputs;
  return port === undefined ? undefined : feeder.feeders[port.name];
}

function tensorOf(facts: Readonly<Record<string, WireFacts>>): TensorFacts | undefined {
  return Object.values(facts).find((fact) => fact.kind === 'tensor');
}

/** What a node receives on its tensor input. */
export function received(feeder: Feeder): TensorFacts | undefined {
  return tensorOf(feeder.inputs);
}

function hasTime(facts: TensorFacts | undefined): boolean {
  return facts !== undefined && axisSize(facts.shape, 'time') !== undefined;
}

function canReturnSequences(feeder: Feeder): boolean {
  return feeder.type.parameters['returnSequences']?.kind === 'switch';
}

/** The parameter by which a node says how many features it gives. */
export function widthParameter(feeder: Feeder): 'units' | 'filters' | undefined {
  return (['units', 'filters'] as const).find((name) => feeder.type.parameters[name]?.kind === 'integer');
}

/** The nearest node above that sets how many features there are: nodes between keep the number. */
export function widthSetter(feeder: Feeder | undefined): Feeder | undefined {
  for (const above of lineAbove(feeder)) {
    const parameter = widthParameter(above);
    const before = received(above);
    const after = tensorOf(above.outputs);
    const beforeSize = before && axisSize(before.shape, 'feature');
    const afterSize = after && axisSize(after.shape, 'feature');
    // A bidirectional layer of n units may give 2 · n features.
    if (parameter !== undefined) return afterSize !== undefined && knownSize(afterSize) === above.parameters[parameter] ? above : undefined;
    if (beforeSize === undefined || afterSize === undefined || !sizesEqual(beforeSize, afterSize)) return undefined;
  }
  return undefined;
}

/** The nearest node above that could return its last step, where what lies between takes vectors as well. */
function nearestSequence(feeder: Feeder | undefined): Feeder | undefined {
  for (const above of lineAbove(feeder)) {
    if (!hasTime(tensorOf(above.outputs))) return undefined;
    if (canReturnSequences(above)) return above;
    if (!hasTime(received(above)) || above.type.category === 'convolution') return undefined;
  }
  return undefined;
}

/** Where sequences arrive and one vector a series is wanted: let the recurrent layer above return its last step. */
export function returnLastStep(feeder: Feeder | undefined): WayOut | undefined {
  const recurrent = nearestSequence(feeder);
  if (recurrent === undefined) return undefined;
  return { advice: `set ${recurrent.label} to return its last step`, repair: setSwitch(recurrent, 'returnSequences', false, 'return its last step') };
}

/** Where one vector arrives and a sequence is wanted: undo whatever dropped the time axis. */
export function returnSequences(feeder: Feeder | undefined): WayOut | undefined {
  const dropper = lineAbove(feeder).find((above) => hasTime(received(above)) && !hasTime(tensorOf(above.outputs)));
  if (dropper === undefined) return undefined;
  if (canReturnSequences(dropper)) {
    return { advice: `set ${dropper.label} to return sequences`, repair: setSwitch(dropper, 'returnSequences', true, 'return sequences') };
  }
  const source = firstFeeder(dropper);
  if (source === undefined) return undefined;
  return {
    advice: `remove ${dropper.label}`,
    repair: {
      title: `Remove ${dropper.label}`,
      edits: [
        { kind: 'disconnect', wire: dropper.wire.id },
        { kind: 'disconnect', wire: source.wire.id },
        { kind: 'remove-node', node: dropper.node.id },
        { kind: 'connect', wire: { id: dropper.wire.id, from: source.wire.from, to: dropper.wire.to } },
      ],
    },
  };
}

function setSwitch(feeder: Feeder, parameter: string, value: boolean, effect: string): Repair {
  const { edits } = setParameter({ node: feeder.node.id, label: feeder.label }, parameter, value);
  return { title: `Set ${feeder.label} to ${effect}`, edits };
}

/** Splices a layer into the wire that leads from a node downwards. */
export function insertLayer(feeder: Feeder, node: GraphNode, title: string): Repair {
  return { title, edits: [{ kind: 'insert-on-wire', wire: feeder.wire.id, node, inputPort: 'inputs', outputPort: 'outputs' }] };
}

/** The nearest node of a type on the way up from a feeder, whichever input leads there. */
export function nodeAbove(start: Feeder | undefined, type: string): Feeder | undefined {
  if (start === undefined || start.type.type === type) return start;
  for (const feeder of Object.values(start.feeders)) {
    const found = nodeAbove(feeder, type);
    if (found !== undefined) return found;
  }
  return undefined;
}
