import type { TrainingSettings } from '../graph/training-settings.ts';
import type { Mode } from '../nodes/node-type.ts';
import { BodyBuilder } from '../program/body-builder.ts';
import { add, multiply, scalar } from '../program/expressions.ts';
import { differentiate } from '../program/gradients/differentiate.ts';
import type { Body } from '../program/instruction.ts';
import { weightedLoss } from '../program/losses/elementwise-loss.ts';
import { clipGradient, globalNorm } from '../program/optimizers/clipping.ts';
import { optimizerFor } from '../program/optimizers/optimizer.ts';
import { averageWeights, weightAverageVariables } from '../program/optimizers/weight-average.ts';
import { optimizeProgram } from '../program/passes/optimize-program.ts';
import { nameOfTarget, type Entry, type EntryInput, type Program, type Variable } from '../program/program.ts';
import type { TensorShape, Value } from '../program/value.ts';
import { constantSize } from '../shapes/size.ts';
import { inputShape, layoutOf, movingVariables, targetShape, weightShape, writeForwardPass, type ModelState } from './forward-pass.ts';
import type { Model } from './model.ts';
import { withPenaltyGradient } from './weight-penalty.ts';

function dataInput(content: 'inputs', shape: TensorShape): EntryInput {
  return { name: content, role: { kind: 'data', content }, type: 'float', shape };
}

function targetInput(content: 'targets' | 'weights', target: number, shape: TensorShape): EntryInput {
  return { name: nameOfTarget(content, target), role: { kind: 'data', content, target }, type: 'float', shape };
}

function predictionNames(model: Model): readonly string[] {
  return model.targets.map((_, index) => nameOfTarget('predictions', index));
}

/** Σ weight · loss over the targets. */
function totalLoss(builder: BodyBuilder, { targets }: Model, losses: readonly { readonly loss: Value }[]): Value {
  return losses
    .map(({ loss }, index) => (targets[index]!.weight === 1 ? loss : multiply(builder, scalar(builder, targets[index]!.weight), loss)))
    .reduce((sum, loss) => add(builder, sum, loss));
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

/** The variables that a forward pass reads: the trainable vector, where there is one, then the moving statistics. */
interface StateVariables {
  readonly trainable: Variable | undefined;
  readonly moving: readonly Variable[];
}

/** The state as inputs of a body, with the variables' names and values in one order. */
function stateInputs(builder: BodyBuilder, { trainable, moving }: StateVariables): ModelState & { readonly names: readonly string[]; readonly values: readonly Value[] } {
  const variables = [...(trainable ? [trainable] : []), ...moving];
  const values = variables.map((variable) => builder.input(variable.type, variable.shape));
  const byName = new Map(variables.map(({ name }, index) => [name, values[index]!]));
  return { parameters: trainable && byName.get(trainable.name), moving: byName, names: [...byName.keys()], values };
}

/** predict and sample: windows in, predictions out; states that are carried in and out. */
function predictionEntry(model: Model, mode: Mode, variables: StateVariables): Entry {
  const builder = new BodyBuilder();
  const inputs = builder.input('float', inputShape(model));
  const state = stateInputs(builder, variables);
  const { predictions, seeds, carried } = writeForwardPass(builder, model, mode, inputs, state);
  const more = [...carried, ...seeds];
  return {
    inputs: [dataInput('inputs', inputShape(model)), ...more.map(({ input }) => input)],
    reads: state.names,
    body: ordered(builder.finish([...predictions, ...carried.map(({ next }) => next)]), [inputs, ...more.map(({ value }) => value), ...state.values]),
    outputs: [...predictionNames(model), ...carried.map(({ input }) => input.name)],
    assigns: [],
  };
}

/** Windows, targets and weights in; the loss, its two sums and the predictions out. In mode `train`, moving statistics move. */
function lossEntry(model: Model, mode: Mode, variables: StateVariables): Entry {
  const builder = new BodyBuilder();
  const inputs = builder.input('float', inputShape(model));
  const fed = model.targets.map((target) => ({
    target,
    targets: builder.input('float', targetShape(model, target)),
    weights: builder.input('float', weightShape(model, target)),
  }));
  const state = stateInputs(builder, variables);
  const { predictions, seeds, movedStatistics, carried } = writeForwardPass(builder, model, mode, inputs, state);
  const losses = fed.map(({ target, targets, weights }, index) => weightedLoss(builder, predictions[index]!, targets, weights, target.loss));
  const loss = totalLoss(builder, model, losses);
  const order = [inputs, ...fed.flatMap(({ targets, weights }) => [targets, weights]), ...[...carried, ...seeds].map(({ value }) => value), ...state.values];
  return {
    inputs: [
      dataInput('inputs', inputShape(model)),
      ...model.targets.flatMap((target, index) => [
        targetInput('targets', index, targetShape(model, target)),
        targetInput('weights', index, weightShape(model, target)),
      ]),
      ...[...carried, ...seeds].map(({ input }) => input),
    ],
    reads: state.names,
    body: ordered(builder.finish([
      loss, ...losses.flatMap(({ lossSum, weightSum }) => [lossSum, weightSum]), ...predictions, ...carried.map(({ next }) => next), ...movedStatistics.values(),
    ]), order),
    outputs: ['loss', ...model.targets.flatMap((_, index) => [nameOfTarget('lossSum', index), nameOfTarget('weightSum', index)]), ...predictionNames(model), ...carried.map(({ input }) => input.name)],
    assigns: [...movedStatistics.keys()],
  };
}

/** The loss of a batch, its derived gradient, one step of the optimiser on the flat vector of weights, and moving statistics moved. */
function trainEntry(
  model: Model,
  settings: TrainingSettings,
  trainable: Variable,
  moving: readonly Variable[],
): { readonly entry: Entry; readonly optimizerVariables: readonly Variable[] } {
  const forward = lossEntry(model, 'train', { trainable, moving });
  const optimizer = optimizerFor(settings.optimizer);
  const { weightAveraging, clipping } = settings;
  const optimizerVariables = [...optimizer.variables(trainable.shape), ...(weightAveraging === null ? [] : weightAverageVariables(trainable.shape))];
  const variables = [trainable, ...moving, ...optimizerVariables];
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
  const forwardInputs = [...fed, ...forward.reads.map(read)];
  const { outputs, gradients: [lossGradient] } = differentiate(builder, forward.body, forwardInputs, 0, [fed.length]);
  const [loss] = outputs;
  const moved = outputs.slice(forward.outputs.length);
  const carried = forward.inputs.filter(({ role }) => role.kind === 'carried').map(({ name }) => name);
  if (loss === undefined || lossGradient === undefined) throw new Error('the training pass has no loss');
  const gradient = withPenaltyGradient(builder, model, trainable, parameters, lossGradient);
  const norm = globalNorm(builder, gradient);
  const clipped = clipping === null ? gradient : clipGradient(builder, gradient, norm, layoutOf(model), clipping);
  const updated = optimizer.update(builder, { parameters, gradient: clipped, learningRate, state: read });
  const averaged = weightAveraging === null ? [] : averageWeights(builder, updated.get('parameters') ?? parameters, read, weightAveraging.momentum);
  const next = new Map([...updated, ...averaged]);
  const body = builder.finish([loss, norm, gradient, ...carried.map((name) => outputs[forward.outputs.indexOf(name)]!), ...next.values(), ...moved]);
  return {
    optimizerVariables,
    entry: {
      inputs: [...forward.inputs, learningRateInput],
      reads: [...state.keys()],
      body: ordered(body, [...fed, learningRate, ...state.values()]),
      outputs: ['loss', 'gradientNorm', 'gradient', ...carried],
      assigns: [...next.keys(), ...forward.assigns],
    },
  };
}

/**
 * A checked model as a program: `train` (where there is something to train), `evaluate`, `predict`, and `sample`, which
 * predicts with dropout on. Pure: the same model and settings give the same program.
 */
export function compileProgram(model: Model, settings: TrainingSettings): Program {
  const trainable = parametersVariable(model);
  const moving = movingVariables(model);
  const train = trainable && trainEntry(model, settings, trainable, moving);
  const state = { trainable, moving };
  return optimizeProgram({
    variables: [...(trainable ? [trainable] : []), ...moving, ...(train?.optimizerVariables ?? [])],
    entries: {
      ...(train && { train: train.entry }),
      evaluate: lossEntry(model, 'evaluate', state),
      predict: predictionEntry(model, 'predict', state),
      sample: predictionEntry(model, 'sample', state),
    },
    parameterLayout: layoutOf(model),
  });
}
