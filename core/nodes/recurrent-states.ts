import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Repair } from '../diagnostics/diagnostic.ts';
import { setParameter } from '../params/parse-parameters.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { concatenate, split } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { axisSize, printShape, vectorShape } from '../shapes/shape.ts';
import { constantSize, knownSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs, tensorInput } from './layer-ports.ts';
import type { Feeder, PortDeclaration, ShapeContext, TensorFacts } from './node-type.ts';
import type { RecurrentSettings } from './recurrent-parameters.ts';
import { returnLastStep, widthParameter, widthSetter, type WayOut } from './upstream.ts';

const initialPort = (state: string): string => `initial ${state}`;
const finalPort = (state: string): string => `final ${state}`;

/** What a layer reads, and what each of its states starts with, in Keras's order. */
export function recurrentInputs(stateNames: readonly string[]): readonly PortDeclaration[] {
  return [...layerInputs, ...stateNames.map((state): PortDeclaration => ({
    name: initialPort(state),
    carries: 'tensor',
    optional: true,
    doc: `What the ${state} starts with: (batch, units), or (batch, 2 · units) of a bidirectional layer, forwards beside backwards. Zeros where nothing is wired.`,
  }))];
}

/** What a layer gives, and what each of its states ends with. */
export function recurrentOutputs(stateNames: readonly string[]): readonly PortDeclaration[] {
  return [...layerOutputs, ...stateNames.map((state): PortDeclaration => ({
    name: finalPort(state),
    carries: 'tensor',
    optional: true,
    doc: `The ${state} after the last step that was read: (batch, units), or (batch, 2 · units) of a bidirectional layer, forwards beside backwards.`,
  }))];
}

export function directionsOf({ bidirectional }: RecurrentSettings): 1 | 2 {
  return bidirectional ? 2 : 1;
}

/** Facts on the ports of the final states. */
export function finalStateFacts(stateNames: readonly string[], facts: TensorFacts, settings: RecurrentSettings): Readonly<Record<string, TensorFacts>> {
  const shape = vectorShape(constantSize(directionsOf(settings) * settings.units));
  return Object.fromEntries(stateNames.map((state) => [finalPort(state), { ...facts, shape }]));
}

/** The states that each direction starts with; none where nothing is wired. */
export function initialStatesOf(builder: BodyBuilder, stateNames: readonly string[], inputs: Readonly<Record<string, Value>>, settings: RecurrentSettings): readonly (readonly (Value | undefined)[])[] {
  const directions = directionsOf(settings);
  const halves = stateNames.map((state) => {
    const wired = inputs[initialPort(state)];
    if (wired === undefined || directions === 1) return [wired];
    return split(builder, wired, 1, [settings.units, settings.units]);
  });
  return Array.from({ length: directions }, (_, direction) => halves.map((half) => half[direction]));
}

/** The final states by port, of both directions side by side. */
export function finalStatesByPort(builder: BodyBuilder, stateNames: readonly string[], directions: readonly (readonly Value[])[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(stateNames.map((state, index) => [finalPort(state), concatenate(builder, directions.map((states) => states[index]!), 1)]));
}

type Context = Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders'> & { readonly parameters: RecurrentSettings };

/** What does not fit on the ports of the initial states. */
export function stateFaults(context: Context, stateNames: readonly string[]): readonly Diagnostic[] {
  return stateNames.flatMap((state) => (context.inputs[initialPort(state)] === undefined ? [] : stateFault(context, state)));
}

function stateFault(context: Context, state: string): readonly Diagnostic[] {
  const port = initialPort(state);
  const facts = tensorInput(context, port);
  const feeder = context.feeders[port];
  const { units } = context.parameters;
  const wanted = directionsOf(context.parameters) * units;
  const hasTime = axisSize(facts.shape, 'time') !== undefined;
  const found = knownSize(axisSize(facts.shape, 'feature') ?? constantSize(wanted));
  if (!hasTime && (found === undefined || found === wanted)) return [];
  const ways = (hasTime ? [wireFinalState(feeder, state), returnLastStep(feeder)] : widthWays(context, feeder, found!)).filter((way) => way !== undefined);
  const stated = {
    label: context.label,
    state: port,
    shape: printShape(facts.shape),
    feeder: feeder?.label ?? 'its input',
    wanted: printShape(vectorShape(constantSize(wanted))),
    bidirectional: context.parameters.bidirectional,
    oneSided: !hasTime && context.parameters.bidirectional && found === units,
    ways: ways.map(({ advice }) => advice),
  };
  return [diagnose('state-misfit', { kind: 'node', node: context.node, port }, stated, ways.map(({ repair }) => repair))];
}

/** Where every step of a state was wired: its last one has a port of its own. */
function wireFinalState(feeder: Feeder | undefined, state: string): WayOut | undefined {
  const port = finalPort(state);
  if (feeder === undefined || feeder.outputs[port] === undefined) return undefined;
  const edits: Repair['edits'] = [
    { kind: 'disconnect', wire: feeder.wire.id },
    { kind: 'connect', wire: { ...feeder.wire, from: { node: feeder.node.id, port } } },
  ];
  return { advice: `wire the ${port} of ${feeder.label}`, repair: { title: `Wire the ${port} of ${feeder.label}`, edits } };
}

function widthWays(context: Context, feeder: Feeder | undefined, found: number): readonly (WayOut | undefined)[] {
  const { parameters, node, label } = context;
  const own = { node, label };
  const directions = directionsOf(parameters);
  const isRecurrent = feeder?.type.parameters['bidirectional']?.kind === 'switch';
  const given = isRecurrent && feeder.parameters['bidirectional'] === true ? 2 : 1;
  if (isRecurrent && given !== directions && found === given * parameters.units) {
    const sides = (place: typeof own, both: boolean): WayOut => ({
      advice: `make ${place.label} ${both ? 'bidirectional' : 'read in one direction'}`,
      repair: { title: `Make ${place.label} ${both ? 'bidirectional' : 'read in one direction'}`, edits: setParameter(place, 'bidirectional', both).edits },
    });
    return [sides({ node: feeder.node.id, label: feeder.label }, directions === 2), sides(own, given === 2)];
  }
  const setter = isRecurrent ? feeder : widthSetter(feeder);
  const wanted = (directions * parameters.units) / given;
  return [
    setter === undefined || !Number.isInteger(wanted) ? undefined : setWidth({ node: setter.node.id, label: setter.label }, widthParameter(setter) ?? 'units', wanted),
    found % directions === 0 ? setWidth(own, 'units', found / directions) : undefined,
  ];
}

function setWidth(place: { readonly node: ShapeContext['node']; readonly label: string }, parameter: string, value: number): WayOut {
  return { advice: `set ${parameter} of ${place.label} to ${value}`, repair: setParameter(place, parameter, value) };
}
