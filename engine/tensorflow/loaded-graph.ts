import type { TensorData } from '../session.ts';
import type { GraphDefinition } from './graph-node.ts';

/** A graph inside TensorFlow, with the variables it owns. Throws Error with TensorFlow's own words. */
export interface LoadedGraph {
  /** A call that feeds and fetches these tensors ("node:output"), made ready once. */
  readonly prepare: (feeds: readonly string[], fetches: readonly string[]) => GraphCall;
  readonly close: () => void;
  /** Whether errors of calls say which node failed. */
  readonly namesNodes: boolean;
}

/** Feeds tensors and gives what was fetched, both in the order of their addresses. */
export type GraphCall = (feeds: readonly TensorData[]) => readonly TensorData[];

/**
 * Loads a graph, and runs the node that gives its variables what they begin with.
 *
 * @param namesNodes whether errors of calls must say which node failed, where leaving it out is faster
 */
export type GraphLoader = (graph: GraphDefinition, initializer: string, namesNodes?: boolean) => LoadedGraph;
