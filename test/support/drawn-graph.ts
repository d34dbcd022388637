import { emptyDocument } from '../../core/graph/empty-document.ts';
import type { GraphDocument, ParameterValue, Wire } from '../../core/graph/graph-document.ts';
import { nodeId, wireId, type NodeId } from '../../core/graph/identifiers.ts';
import type { TrainingSettings } from '../../core/graph/training-settings.ts';
import { typeNamed } from './graph-draft.ts';

export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Nodes by what they are called: their type, and their parameters where they are not the defaults. */
export type DrawnNodes = Readonly<Record<string, readonly [type: string, parameters?: Parameters]>>;

/**
 * A document as one would draw it: nodes by name (their label, and with dashes for blanks their id), and lines along which they are wired, such as
 * 'series > window > rnn > dense > forecast'. Wires go from a node's first output to the next one's first input, unless the line says
 * otherwise: 'encoder:final hidden state > decoder.initial hidden state'.
 */
export function drawnGraph(nodes: DrawnNodes, lines: readonly string[], training: Partial<TrainingSettings> = {}): GraphDocument {
  const typeOf = (name: string) => typeNamed((nodes[name] ?? [name])[0]);
  const wires = lines.flatMap((line) => {
    const stops = line.split(' > ').map(readStop);
    return stops.slice(1).map((to, position): Omit<Wire, 'id'> => {
      const from = stops[position]!;
      return {
        from: { node: idOf(from.name), port: from.output ?? typeOf(from.name).outputs[0]!.name },
        to: { node: idOf(to.name), port: to.input ?? typeOf(to.name).inputs[0]!.name },
      };
    });
  });
  return {
    ...emptyDocument,
    name: 'Drawn',
    nodes: Object.entries(nodes).map(([name, [type, parameters = {}]]) => ({ id: idOf(name), type, label: name, parameters })),
    wires: wires.map((wire, position) => ({ id: wireId(`wire-${position}`), ...wire })),
    training: { ...emptyDocument.training, epochs: 4, batchSize: 8, seed: 7, earlyStoppingPatience: null, ...training },
  };
}

function idOf(name: string): NodeId {
  return nodeId(name.replaceAll(' ', '-'));
}

function readStop(stop: string): { readonly name: string; readonly input: string | undefined; readonly output: string | undefined } {
  const { name, input, output } = /^(?<name>[^.:]+)(?:\.(?<input>[^:]+))?(?::(?<output>.+))?$/u.exec(stop)!.groups!;
  return { name: name!, input, output };
}
