import type { TensorData } from '../session.ts';
import { GraphDefinitionWriter } from './graph-definition.ts';
import type { GraphLoader } from './loaded-graph.ts';
import { loadNativeAddon } from './native-addon.ts';
import { elementTypes, typeNumbered } from './native-binding.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

declare const held: unique symbol;
/** Something that lives in native memory until it is closed, or collected. */
type Held<Kind extends string> = { readonly [held]: Kind };

/** Sessions of our own addon (native/graph-session-addon.cc). Each throws Error with TensorFlow's words. */
interface NativeGraphs {
  readonly openGraph: (definition: Uint8Array, configuration: Uint8Array, initializer: string) => Held<'graph'>;
  readonly prepareCall: (graph: Held<'graph'>, feeds: readonly string[], fetches: readonly string[]) => Held<'call'>;
  /** Of every result: the number of its type, its shape, its elements; a number without axes as itself. */
  readonly runCall: (call: Held<'call'>, shapes: readonly (readonly number[])[], values: readonly TensorData['values'][]) => readonly unknown[];
  readonly closeGraph: (graph: Held<'graph'>) => void;
}

/**
 * Graphs in sessions of our own, or undefined where the addon was not built. A call finds its nodes once and copies what is
 * small: tfjs-node's binding looks every name up in every call and makes eager tensors on the way, forty microseconds a step.
 *
 * @param threads inside one operation
 */
export function nativeGraphLoader(threads: number): GraphLoader | undefined {
  const loading = loadNativeAddon();
  if (loading.kind === 'absent') return undefined;
  const graphs = loading.addon as NativeGraphs;
  return (definition, initializer, namesNodes = false) => {
    const writer = new GraphDefinitionWriter();
    writer.graph(definition);
    // Loops come as functions, which the simple executor does not know.
    const inOrder = !namesNodes && threads === 1 && definition.functions.length === 0;
    const graph = graphs.openGraph(writer.writer.finish(), sessionConfiguration(inOrder), initializer);
    return {
      namesNodes: !inOrder,
      prepare: (feeds, fetches) => {
        const call = graphs.prepareCall(graph, feeds, fetches);
        return (given) => {
          const flat = graphs.runCall(call, given.map(({ shape }) => shape), given.map(({ values }) => values));
          return fetches.map((_, index) => resultOf(flat[index * 3] as number, flat[index * 3 + 1] as readonly number[], flat[index * 3 + 2] as TensorData['values'] | number));
        };
      },
      close: () => { graphs.closeGraph(graph); },
    };
  };
}

function resultOf(typeNumber: number, shape: readonly number[], values: TensorData['values'] | number): TensorData {
  const type = typeNumbered(typeNumber);
  return { type, shape, values: typeof values === 'number' ? elementTypes[type].array.of(values) : values };
}

/**
 * A ConfigProto (tensorflow/core/protobuf/config.proto).
 *
 * @param inOrder whether operations run one after the other in an order found once, instead of each looking for whom it makes ready
 */
function sessionConfiguration(inOrder: boolean): Uint8Array {
  const writer = new ProtobufWriter();
  if (inOrder) writer.message(16, () => { writer.text(3, 'SINGLE_THREADED_EXECUTOR'); });
  return writer.finish();
}
