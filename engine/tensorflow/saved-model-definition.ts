import { GraphDefinitionWriter } from './graph-definition.ts';
import { dataTypeNumbers } from './graph-node.ts';
import type { DataType, GraphDefinition, StaticShape } from './graph-node.ts';

export interface TensorSignature {
  /** The name that callers use. */
  readonly key: string;
  /** The tensor as the graph spells it, "node:0". */
  readonly tensor: string;
  readonly type: DataType;
  readonly shape: StaticShape;
}

export interface Signature {
  readonly name: string;
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

export interface SavedModelDefinition {
  readonly graph: GraphDefinition;
  readonly signatures: readonly Signature[];
  /** The node that a loader runs once. */
  readonly initializer?: string;
}

/** The tag under which readers find the one graph of a SavedModel. */
export const servingTag = 'serve';

const initializerKey = '__saved_model_init_op';

/** The content of saved_model.pb (tensorflow/core/protobuf/saved_model.proto). */
export function encodeSavedModel(model: SavedModelDefinition, tensorFlowVersion: string): Uint8Array {
  const graphWriter = new GraphDefinitionWriter();
  const { writer } = graphWriter;

  const tensors = (field: number, signatures: readonly TensorSignature[]): void => {
    for (const signature of signatures) {
      writer.message(field, () => {
        writer.text(1, signature.key);
        writer.message(2, () => {
          writer.text(1, signature.tensor);
          writer.integer(2, dataTypeNumbers[signature.type]);
          graphWriter.shape(3, signature.shape);
        });
      });
    }
  };

  writer.integer(1, 1);
  writer.message(2, () => {
    writer.message(1, () => {
      writer.text(4, servingTag);
      writer.text(5, tensorFlowVersion);
    });
    writer.message(2, () => graphWriter.graph(model.graph));
    for (const signature of model.signatures) {
      writer.message(5, () => {
        writer.text(1, signature.name);
        writer.message(2, () => {
          tensors(1, signature.inputs);
          tensors(2, signature.outputs);
          writer.text(3, 'tensorflow/serving/predict');
        });
      });
    }
    const { initializer } = model;
    if (initializer !== undefined) {
      writer.message(5, () => {
        writer.text(1, initializerKey);
        writer.message(2, () =>
          writer.message(2, () => {
            writer.text(1, initializerKey);
            writer.message(2, () => {
              writer.text(1, initializer);
              writer.integer(2, 0);
              graphWriter.shape(3, undefined);
            });
          }),
        );
      });
    }
  });
  return writer.finish();
}
