import type { NodeId, WireId } from './identifiers.ts';
import type { TrainingSettings } from './training-settings.ts';

/** A parameter as the project file holds it: not yet checked against its declaration. */
export type ParameterValue = string | number | boolean | null | readonly (string | number)[];

/** A node as the person drew it. `type` names a node type of the catalogue, `label` is what the canvas shows. */
export interface GraphNode {
  readonly id: NodeId;
  readonly type: string;
  readonly label: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export interface PortReference {
  readonly node: NodeId;
  readonly port: string;
}

export interface Wire {
  readonly id: WireId;
  readonly from: PortReference;
  readonly to: PortReference;
}

/** A reusable sub-graph with ports of its own (a cell that a person draws); referenced by nodes. */
export interface Definition {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
}

/** Where a Series node's file lies (relative to the project) and what it held when it was last used. */
export interface DataReference {
  readonly node: NodeId;
  readonly file: string;
  /** SHA-256 of the file in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** Where a node stands on the canvas, in canvas pixels; no meaning for the model. */
export interface NodePosition {
  readonly x: number;
  readonly y: number;
}

/** What the person drew and chose: the only truth of a project. Everything else is derived from it. */
export interface GraphDocument {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
  readonly definitions: readonly Definition[];
  readonly data: readonly DataReference[];
  readonly training: TrainingSettings;
  readonly layout: Readonly<Record<string, NodePosition>>;
}
