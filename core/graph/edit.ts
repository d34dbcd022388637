import type { NodeId, WireId } from './identifiers.ts';
import type { DataReference, GraphNode, NodePosition, ParameterValue, Wire } from './graph-document.ts';
import type { TrainingSettings } from './training-settings.ts';

/** One change to a graph document, as plain data: what undo, repairs and scripts are made of. */
export type GraphEdit =
  | { readonly kind: 'add-node'; readonly node: GraphNode; readonly position?: NodePosition }
  | { readonly kind: 'remove-node'; readonly node: NodeId }
  | { readonly kind: 'rename-node'; readonly node: NodeId; readonly label: string }
  | { readonly kind: 'set-parameter'; readonly node: NodeId; readonly parameter: string; readonly value: ParameterValue }
  | { readonly kind: 'connect'; readonly wire: Wire }
  | { readonly kind: 'disconnect'; readonly wire: WireId }
  | { readonly kind: 'insert-on-wire'; readonly wire: WireId; readonly node: GraphNode; readonly inputPort: string; readonly outputPort: string }
  | { readonly kind: 'move-node'; readonly node: NodeId; readonly position: NodePosition }
  | { readonly kind: 'set-training'; readonly training: Partial<TrainingSettings> }
  | { readonly kind: 'set-data'; readonly data: DataReference };
