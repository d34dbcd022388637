import type { TrainingSettings } from '../graph/graph-document.ts';
import type { Mode } from '../nodes/node-type.ts';
import { BodyBuilder } from '../program/body-builder.ts';
import { differentiate } from '../program/gradients/differentiate.ts';
import type { Body } from '../program/instruction.ts';
import { weightedLoss } from '../program/losses/elementwise-loss.ts';
import { clipByGlobalNorm, globalNorm, optimizerFor } from '../program/optimizers/optimizer.ts';
import { optimizeProgram } from '../program/passes/optimize-program.ts';
import type { Entry, EntryInput, Program, Variable } from '../program/program.ts';
import type { TensorShape, Value } from '../program/value.ts';
import { constantSize } from '../shapes/size.ts';
import { inputShape, layoutOf, predictionShape, writeForwardPass } from './forward-pass.ts';
import type { Model } from './model.ts';

function dataInput(content: 'inputs' | 'targets' | 'weights', shape: TensorShape): EntryInput {
  return { name: content, role: { kind: 'data', content }, type: 'float', shape };
}

const learningRateInput: EntryInput = { name: 'learning rate', role: { kind: 'learning-rate' }, type: 'float', shape: [] };

/** A body whose inputs are in the entry's order, whatever order they were asked for in. */
function ordered(body: Body, inputs: readonly Value[]): Body {
  return { ...body, inputs: inputs.map((value) => value.id) };
}

function parametersVariable(model: Model): Variable | undefined {
  const length = layoutOf(model).reduce((sum, slice) => sum + slice.length, 0);
  return length === 0 ? undefined : { name: 'parameters', role: 'trainable', type: 'float', shape: [constantSize(length)] };
}

/** predict and sample: windows in, predictions out. */
function predictionEntry(model: Model, mode: Mode, trainable: Variable | undefined): Entry {
  const builder = new BodyBuilder();
  const inputs = builder.input('float', inputShape(model));
  const parameters = trainable && builder.input('float', trainable.shape);
  const { predictions, seeds } = writeForwardPass(builder, model, mode, inputs, parameters);
  return {
    inputs: [dataInput('inputs', inputShape(model)), ...seeds.map(({ input }) => input)],
    reads: trainable ? [trainable.name] : [],
    body: ordered(builder.finish([predictions]), [inputs, ...seeds.map(({ value }) => value), ...(parameters ? [parameters] : [])]),
    outputs: ['predictions'],
    assigns: [],
  };
}

/** Windows, targets and weights in; the loss, its two sums and the predictions out. */
function lossEntry(model: Model, mode: Mode, trainable: Variable | undefined): Entry {
  const builder = new BodyBuilder();
  const inputs = builder.input('float', inputShape(model));
  const targets = builder.input('float', predictionShape(model));
  const weights = builder.input('float', predictionShape(model));
  const parameters = trainable && builder.input('float', trainable.shape);
  const { predictions, seeds } = writeForwardPass(builder, model, mode, inputs, parameters);
  const { loss, lossSum, weightSum } = weightedLoss(builder, predictions, targets, weights, model.target);
  const order = [inputs, targets, weights, ...seeds.map(({ value }) => value), ...(parameters ? [parameters] : [])];
  return {
    inputs: [
      dataInput('inputs', inputShape(model)),
      dataInput('targets', predictionShape(model)),
      dataInput('weights', predictionShape(model)),
      ...seeds.map(({ input }) => input),
    ],
    reads: trainable ? [trainable.name] : [],
    body: ordered(builder.finish([loss, lossSum, weightSum, predictions]), order),
    outputs: ['loss', 'lossSum', 'weightSum', 'predictions'],
    assigns: [],
  };
}

/** The loss of a batch, its derived gradient, and one step of the optimiser on the flat vector of weights. */
function trainEntry(model: Model, settings: TrainingSettings, trainable: Variable): { readonly entry: Entry; readonly variables: readonly Variable[] } {
  const forward = lossEntry(model, 'train', trainable);
  const optimizer = optimizerFor(settings.optimizer);
  const variables = [trainable, ...optimizer.variables(trainable.shape)];
  const builder = new BodyBuilder();
  const fed = forward.inputs.map((input) => builder.input(input.type, input.shape));
  const learningRate = builder.input('float', []);
  const state = new Map(variables.map((variable) => [variable.name, builder.input(variable.type, variable.shape)]));
  const read = (name: string): Value => {
    const value = state.get(name);
    if (value === undefined) throw new RangeError(`the optimiser has no variable "${name}"`);
    return value;
  };
  const parameters = read('parameters');
  const { outputs: [loss], gradients: [gradient] } = differentiate(builder, forward.body, [...fed, parameters], 0, [fed.length]);
  if (loss === undefined || gradient === undefined) throw new Error('the training pass has no loss');
  const norm = globalNorm(builder, gradient);
  const clipped = settings.clipGlobalNorm === null ? gradient : clipByGlobalNorm(builder, gradient, norm, settings.clipGlobalNorm);
  const next = optimizer.update(builder, { parameters, gradient: clipped, learningRate, state: read });
  const body = builder.finish([loss, norm, gradient, ...next.values()]);
  return {
    variables,
    entry: {
      inputs: [...forward.inputs, learningRateInput],
      reads: [...state.keys()],
      body: ordered(body, [...fed, learningRate, ...state.values()]),
      outputs: ['loss', 'gradientNorm', 'gradient'],
      assigns: [...next.keys()],
    },
  };
}

/**
 * A checked model as a program: `train` (where there is something to train), `evaluate`, `predict`, and `sample`, which
 * predicts with dropout on. Pure: the same model and settings give the same program.
 */
export function compileProgram(model: Model, settings: TrainingSettings): Program {
  const trainable = parametersVariable(model);
  const train = trainable && trainEntry(model, settings, trainable);
  return optimizeProgram({
    variables: train?.variables ?? [],
    entries: {
      ...(train && { train: train.entry }),
      evaluate: lossEntry(model, 'evaluate', trainable),
      predict: predictionEntry(model, 'predict', trainable),
      sample: predictionEntry(model, 'sample', trainable),
    },
    parameterLayout: layoutOf(model),
  });
}
