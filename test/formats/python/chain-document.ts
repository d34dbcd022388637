import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { defaultTraining } from '../../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../../core/graph/training-settings.ts';

type Link = readonly [type: string, parameters: Readonly<Record<string, ParameterValue>>];

const inputs: Readonly<Record<string, string>> = { scale: 'series', window: 'series', forecast: 'predictions', classify: 'predictions', regress: 'predictions' };
const outputs: Readonly<Record<string, string>> = { series: 'series', scale: 'series', window: 'windows' };

/** Nodes one after the other, from a Series node to a target. */
export function chainDocument(links: readonly Link[], training: Partial<TrainingSettings> = {}): GraphDocument {
  const ids = links.map(([type], position) => nodeId(`${type}-${position}`));
  return {
    name: 'Chain of nodes',
    nodes: links.map(([type, parameters], position) => ({ id: ids[position]!, type, label: `${type} ${position}`, parameters })),
    wires: links.slice(1).map(([type], position) => ({
      id: wireId(`wire-${position}`),
      from: { node: ids[position]!, port: outputs[links[position]![0]] ?? 'outputs' },
      to: { node: ids[position + 1]!, port: inputs[type] ?? 'inputs' },
    })),
    definitions: [],
    data: [],
    training: { ...defaultTraining, epochs: 2, batchSize: 8, ...training },
    layout: {},
  };
}
