import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { defaultTraining } from '../../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../../core/graph/training-settings.ts';
import { typeNamed } from '../../support/graph-draft.ts';

type Link = readonly [type: string, parameters: Readonly<Record<string, ParameterValue>>];

/** Nodes one after the other, from a Series node to a target. */
export function chainDocument(links: readonly Link[], training: Partial<TrainingSettings> = {}): GraphDocument {
  const ids = links.map(([type], position) => nodeId(`${type}-${position}`));
  return {
    name: 'Chain of nodes',
    nodes: links.map(([type, parameters], position) => ({ id: ids[position]!, type, label: `${type} ${position}`, parameters })),
    wires: links.slice(1).map(([type], position) => ({
      id: wireId(`wire-${position}`),
      from: { node: ids[position]!, port: typeNamed(links[position]![0]).outputs[0]!.name },
      to: { node: ids[position + 1]!, port: typeNamed(type).inputs[0]!.name },
    })),
    definitions: [],
    data: [],
    training: { ...defaultTraining, epochs: 2, batchSize: 8, ...training },
    layout: {},
  };
}
