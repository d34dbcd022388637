import { layerTexts } from './layer-texts.ts';
import { alternatives, countOf, listOf, printBytes, printCount, quote } from './phrases.ts';
import { text } from './text-table.ts';

function didYouMean(near: string | undefined, known: readonly string[], what: string): string {
  if (near !== undefined) return `did you mean ${quote(near)}?`;
  return known.length === 0 ? `it has no ${what}.` : `${what}: ${listOf(known.slice(0, 12).map(quote))}.`;
}

function orElse(ways: readonly string[], otherwise: string): string {
  return ways.length === 0 ? otherwise : alternatives(ways);
}

/** What can be wrong with a graph and its parameters. */
export const graphTexts = {
  'duplicate-node': text<{ label: string; other: string; node: string }>(
    'error',
    ({ label, other, node }) => `${label} and ${other} share the id ${quote(node)}; every node needs its own: give one another id.`,
  ),
  'unknown-node-type': text<{ label: string; type: string; near: string | undefined; known: readonly string[] }>(
    'error',
    ({ label, type, near, known }) => `${label} is of the type ${quote(type)}, which does not exist; ${didYouMean(near, known, 'types')}`,
  ),
  'unknown-layer': text<{ label: string; className: string; origin: string; reason: string; reads: string | undefined; gives: string | undefined }>(
    'error',
    ({ label, className, origin, reason, reads, gives }) =>
      `${label} is ${className === '' ? 'a layer' : `the layer ${className}`}${origin === '' ? '' : ` of ${origin}`} that Unroll cannot compute${reason === '' ? '' : `: ${reason}`}. To train, judge or export the model, put layers in its place that ${
        reads === undefined || gives === undefined ? 'do the same' : `make ${gives} of ${reads}`
      }, or take it out.`,
  ),
  'unknown-parameter': text<{ label: string; parameter: string; near: string | undefined; declared: readonly string[] }>(
    'error',
    ({ label, parameter, near, declared }) => `${label} has no parameter ${quote(parameter)}; ${didYouMean(near, declared, 'parameters')}`,
  ),
  'unknown-choice': text<{ label: string; parameter: string; found: string; near: string | undefined; options: readonly string[] }>(
    'error',
    ({ label, parameter, found, near, options }) => `${label}: ${parameter} cannot be ${found}; ${didYouMean(near, options, 'choices')}`,
  ),
  'parameter-value': text<{ label: string; parameter: string; found: string; expected: string; advice: string }>(
    'error',
    ({ label, parameter, found, expected, advice }) => `${label}: ${parameter} is ${found}, but must be ${expected}: ${advice}.`,
  ),
  'wire-to-nowhere': text<{ end: 'starts' | 'ends'; node: string }>(
    'error',
    ({ end, node }) => `A wire ${end} at the node ${quote(node)}, which does not exist: remove the wire.`,
  ),
  'unknown-port': text<{ label: string; direction: 'input' | 'output'; port: string; near: string | undefined; ports: readonly string[] }>(
    'error',
    ({ label, direction, port, near, ports }) => `${label} has no ${direction} ${quote(port)}; ${didYouMean(near, ports, `${direction}s`)}`,
  ),
  'series-into-tensor': text<{ from: string; to: string }>(
    'error',
    ({ from, to }) => `${from} gives series; ${to} reads windows or the output of a layer: insert Window between them.`,
  ),
  'tensor-into-series': text<{ from: string; to: string }>(
    'error',
    ({ from, to }) => `${from} gives tensors of samples; ${to} reads series: wire it before the Window.`,
  ),
  'two-wires-into-input': text<{ label: string; port: string; from: readonly string[] }>(
    'error',
    ({ label, port, from }) => `${label} takes one wire at ${quote(port)} but has ${printCount(from.length)}, from ${listOf(from)}: remove all but one.`,
  ),
  'unwired-input': text<{ label: string; port: string; carries: 'series' | 'tensor' }>(
    'error',
    ({ label, port, carries }) =>
      `${label} has nothing wired to its input ${quote(port)}: connect ${carries === 'series' ? 'a Series or Scale node' : 'a Window or a layer'}.`,
  ),
  cycle: text<{ labels: readonly string[]; from: string; to: string }>(
    'error',
    ({ labels, from, to }) =>
      `${[...labels, labels[0]].join(' → ')} is a cycle, and a graph has none (recurrence lives inside recurrent layers): remove a wire, for example from ${from} to ${to}.`,
  ),
  'no-target': text<Record<never, never>>('error', () => 'The graph has no target: add a Forecast, Classify or Regress node and wire the last layer to it.'),
  'weightless-targets': text<{ labels: readonly string[] }>(
    'error',
    ({ labels }) => `${listOf(labels)} ${labels.length === 1 ? 'has' : 'all have'} weight 0, so training has nothing to make small: give a target a weight above 0.`,
  ),
  'mixed-windows': text<{ label: string; windows: readonly string[] }>(
    'error',
    ({ label, windows }) => `${label} mixes samples of ${listOf(windows)}; everything a model reads comes from one Window: wire its inputs from the same one.`,
  ),
  'targets-of-two-windows': text<{ label: string; windows: readonly string[] }>(
    'error',
    ({ label, windows }) => `${label} ends what starts at ${windows[1]}, other targets end what starts at ${windows[0]}; a model learns from the samples of one Window: wire all from the same one, or keep the other in a project of its own.`,
  ),
  'unused-node': text<{ label: string; target: string }>(
    'warning',
    ({ label, target }) => `${label} does not lead to ${target}: it is left out of the model; wire it in or remove it.`,
  ),
  'scaled-twice': text<{ label: string; feeder: string }>(
    'error',
    ({ label, feeder }) => `${label} receives series that are scaled already, by way of ${feeder}; series are scaled once: remove one of the Scale nodes.`,
  ),
  'no-data-file': text<{ label: string }>('error', ({ label }) => `${label} reads a CSV file, but none is chosen: set its file, or take the generator.`),
  'unknown-column': text<{ label: string; column: string; columns: readonly string[]; near: string | undefined }>(
    'error',
    ({ label, column, columns, near }) => `${label}: there is no numeric column ${quote(column)}; ${didYouMean(near, columns, 'columns')}`,
  ),
  'columns-unknown': text<{ label: string }>(
    'error',
    ({ label }) => `${label}: the number of columns is not known before its file is read: read the file, or name the columns.`,
  ),
  'too-many-values': text<{ label: string; series: number; steps: number; limit: number; most: number }>(
    'error',
    ({ label, series, steps, limit, most }) =>
      `${label} would generate ${printCount(series)} series of ${countOf(steps, 'time step')}, ${printCount(series * steps)} values, but at most ${printCount(limit)} are allowed: make ${printCount(most)} series or fewer, or shorter ones.`,
  ),
  'sequence-expected': text<{ label: string; shape: string; feeder: string; advice: string | undefined }>(
    'error',
    ({ label, shape, feeder, advice }) =>
      `${label} receives ${shape} from ${feeder} and wants a sequence, (batch, time, feature): ${advice ?? 'wire it to a layer that returns sequences'}.`,
  ),
  'vector-expected': text<{ label: string; shape: string; readOut: string | undefined; feeder: string; ways: readonly string[] }>(
    'error',
    ({ label, shape, readOut, feeder, ways }) =>
      readOut === undefined
        ? `${label} receives ${shape} from ${feeder} and wants one vector per series: ${alternatives(ways)}.`
        : `${readOut} receives ${shape}; ${label} wants one vector per series: ${alternatives(ways)}.`,
  ),
  'sequence-expected-by-target': text<{ label: string; shape: string; readOut: string | undefined; feeder: string; ways: readonly string[] }>(
    'error',
    ({ label, shape, feeder, ways }) => `${label} receives ${shape} from ${feeder} and wants one vector per time step: ${alternatives(ways)}.`,
  ),
  'prediction-width': text<{
    label: string;
    per: string;
    wanted: number;
    horizon: number;
    targetColumns: number;
    /** Quantiles of each value. */
    levels: number;
    shape: string;
    feeder: string;
    ways: readonly string[];
  }>(
    'error',
    ({ label, per, wanted, horizon, targetColumns, levels, shape, feeder, ways }) =>
      `${label} wants ${countOf(wanted, 'value')} per ${per} (horizon ${printCount(horizon)} × ${countOf(targetColumns, 'column')}${levels === 1 ? '' : ` × ${countOf(levels, 'quantile')}`}) but receives ${shape} from ${feeder}: ${orElse(ways, 'make the horizon shorter')}.`,
  ),
  'weights-too-large': text<{ label: string; shape: string; weights: number; total: number; bytes: number; limit: number }>(
    'error',
    ({ label, shape, weights, total, bytes, limit }) =>
      `${label} reads ${shape} and has ${printCount(weights)} weights of the model's ${printCount(total)}; training them takes ${printBytes(bytes)} (weight, gradient and two optimiser moments, 4 bytes each), more than the ${printBytes(limit)} allowed: make it smaller.`,
  ),
  'nothing-to-train': text<{ label: string }>(
    'error',
    ({ label }) => `No layer before ${label} has weights, so there is nothing to train: add a recurrent layer or a Dense.`,
  ),
  ...layerTexts,
  'more-findings': text<{ count: number }>('note', ({ count }) => `${countOf(count, 'more finding')}: mend these first and look again.`),
} as const;
