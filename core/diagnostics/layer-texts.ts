import { alternatives, countOf, listOf, printCount, quote } from './phrases.ts';
import { text } from './text-table.ts';

/** What can be wrong with a layer's parameters on what it receives. */
export const layerTexts = {
  'target-width': text<{ label: string; wanted: number; what: string; per: string; shape: string; feeder: string; way: string }>(
    'error',
    ({ label, wanted, what, per, shape, feeder, way }) => `${label} wants ${countOf(wanted, 'value')} per ${per} (${what}) but receives ${shape} from ${feeder}: ${way}.`,
  ),
  'no-such-label': text<{ label: string; name: string; what: string; known: readonly string[] }>('error', ({ label, name, what, known }) =>
    known.length === 0
      ? `${label} needs a label that ${what}, and the series have none: let the Series node read a CSV file with a series column and a column that is constant within every series, or take the generator.`
      : `${label}: there is no label ${quote(name)} that ${what}; there ${known.length === 1 ? 'is' : 'are'} ${listOf(known.map(quote))}.`),
  'not-two-classes': text<{ label: string; name: string; count: number }>('error', ({ label, name, count }) =>
    `${label} has the binary loss, which tells two classes apart, but ${quote(name)} has ${countOf(count, 'class', 'classes')}: take the categorical loss.`),
  'one-class': text<{ label: string; name: string; only: string }>('error', ({ label, name, only }) =>
    `${label}: every training sample is of the class ${quote(only)} of ${quote(name)}, so there is nothing to tell apart: choose another label, or split the data otherwise.`),
  'class-with-one-member': text<{ label: string; name: string; classes: readonly string[] }>('error', ({ label, name, classes }) =>
    `${label}: the ${classes.length === 1 ? 'class' : 'classes'} ${listOf(classes.map(quote))} of ${quote(name)} ${classes.length === 1 ? 'has' : 'have'} fewer than two samples in the training part, too few to learn from: gather more, join classes, or enlarge the training share.`),
  'iterate-not-further': text<{ label: string; iterateTo: number; horizon: number }>('error', ({ label, iterateTo, horizon }) =>
    `${label} iterates to ${countOf(iterateTo, 'step')}, but forecasts ${printCount(horizon)} in one go: iterate to more than ${printCount(horizon)}, or to none.`),
  'iterate-needs-all-columns': text<{ label: string; missing: readonly string[] }>('error', ({ label, missing }) =>
    `${label} iterates, so its forecasts are fed back as whole rows, but ${listOf(missing.map(quote))} ${missing.length === 1 ? 'is' : 'are'} not forecast: forecast all columns, read fewer in the Series node, or do not iterate.`),
  'iterate-categories': text<{ label: string; window: string; names: readonly string[]; horizon: number; iterateTo: number }>('error', ({ label, window, names, horizon, iterateTo }) =>
    `${label} iterates to ${countOf(iterateTo, 'step')}, so windows move on into time steps that have not come, but ${window} gives ${names.length === 1 ? 'a category' : 'categories'} of every time step, and no forecast tells ${listOf(names.map(quote))} of the next: forecast all ${printCount(iterateTo)} steps in one go instead of ${printCount(horizon)}, take the ${names.length === 1 ? 'category' : 'categories'} out of ${window}, or do not iterate.`),
  'iterate-centred': text<{ label: string; impute: string }>('error', ({ label, impute }) =>
    `${label} iterates, so its forecasts are fed back into the window in the level of the data, but ${impute} centres windows, so that the network reads them about their own mean: do not iterate, or do not centre windows.`),
  'iterate-quantiles': text<{ label: string; horizon: number; iterateTo: number }>('error', ({ label, horizon, iterateTo }) =>
    `${label} forecasts several quantiles and iterates to ${countOf(iterateTo, 'step')}, but only one number can be fed back as the value that follows: forecast all ${printCount(iterateTo)} steps in one go instead of ${printCount(horizon)}, do not iterate, or forecast one quantile.`),
  'quantiles-disordered': text<{ label: string; levels: readonly number[]; mended: readonly number[] }>('error', ({ label, levels, mended }) =>
    levels.length === 0
      ? `${label} has an empty list of quantiles: give levels such as 0.1, 0.5, 0.9, or none for the single one.`
      : `${label} has the quantiles ${listOf(levels.map(String))}, which must rise from the first to the last without one twice: ${mended.length === 1 ? 'give' : 'give them as'} ${listOf(mended.map(String))}.`),
  'horizon-weights': text<{ label: string; found: number; horizon: number }>('error', ({ label, found, horizon }) =>
    found === horizon
      ? `${label} weighs every step of the horizon with 0, so nothing counts: give one of them a weight above 0, or none to weigh all alike.`
      : `${label} has ${countOf(found, 'horizon weight')}, but its horizon is ${countOf(horizon, 'step')}: give one weight a step, or none to weigh all alike.`),
  'kernel-too-long': text<{ label: string; part: string; span: number; shape: string; feeder: string; ways: readonly string[] }>(
    'error',
    ({ label, part, span, shape, feeder, ways }) =>
      `${label} receives ${shape} from ${feeder}, but its ${part} spans ${countOf(span, 'time step')}, more than there are: ${alternatives(ways)}.`,
  ),
  'stride-and-dilation': text<{ label: string; stride: number; dilation: number }>(
    'error',
    ({ label, stride, dilation }) =>
      `${label} has stride ${printCount(stride)} and dilation ${printCount(dilation)}, but one of them must be 1: set stride to 1, or set dilation to 1.`,
  ),
  'shapes-differ': text<{ label: string; rule: string; first: string; firstFeeder: string; second: string; secondFeeder: string; ways: readonly string[] }>(
    'error',
    ({ label, rule, first, firstFeeder, second, secondFeeder, ways }) =>
      `${label} receives ${first} from ${firstFeeder} and ${second} from ${secondFeeder}; ${rule}: ${ways.length === 0 ? 'wire it to layers that fit' : alternatives(ways)}.`,
  ),
  'single-vector-expected': text<{ label: string; shape: string; feeder: string; ways: readonly string[] }>(
    'error',
    ({ label, shape, feeder, ways }) => `${label} receives ${shape} from ${feeder} and wants one vector per series, (batch, feature): ${alternatives(ways)}.`,
  ),
  'state-misfit': text<{
    label: string; state: string; shape: string; feeder: string; wanted: string; bidirectional: boolean; oneSided: boolean; ways: readonly string[];
  }>(
    'error',
    ({ label, state, shape, feeder, wanted, bidirectional, oneSided, ways }) => {
      const why = oneSided ? ', a state for each of its two directions, but this is the state of one' : bidirectional ? ', the states of both directions side by side' : ', a number for each unit';
      return `${label} receives ${shape} from ${feeder} as its ${state} and wants ${wanted}${why}: ${ways.length === 0 ? 'wire it to a layer that fits' : alternatives(ways)}.`;
    },
  ),
  'stateful-backwards': text<{ label: string; bidirectional: boolean }>('error', ({ label, bidirectional }) =>
    `${label} is stateful and ${bidirectional ? 'bidirectional' : 'goes backwards'}, but a way back starts at the end of a window, and what would precede it is not read yet: let it read in one direction, forwards, or let it start each window anew.`),
  'stateful-and-wired': text<{ label: string; ports: readonly string[] }>('error', ({ label, ports }) =>
    `${label} is stateful, so it starts with the states of the window before, but its ${listOf(ports)} ${ports.length === 1 ? 'is' : 'are'} wired as well: take the ${ports.length === 1 ? 'wire' : 'wires'} off, or let it start each window anew.`),
  'stateful-stride': text<{ label: string; window: string; length: number; stride: number }>('error', ({ label, window, length, stride }) =>
    `${label} is stateful, so each window must begin where the one before ended, but ${window} moves on by ${countOf(stride, 'time step')} and is ${countOf(length, 'time step')} long: set stride of ${window} to ${printCount(length)}, or let ${label} start each window anew.`),
  'stateful-iterated': text<{ label: string; target: string }>('error', ({ label, target }) =>
    `${target} iterates its forecasts, which moves windows on by its horizon, but ${label} is stateful and knows its states only where a window ends: do not iterate, or let ${label} start each window anew.`),
  'stateful-pieces': text<{ series: number; stretches: number; batchSize: number; windows: number }>('note', ({ series, stretches, batchSize, windows }) =>
    `States are carried along ${countOf(stretches, 'stretch', 'stretches')} of about ${countOf(windows, 'window')}, because a batch has ${countOf(batchSize, 'row')} and there ${series === 1 ? 'is' : 'are'} ${countOf(series, 'run')} of windows that follow each other. A smaller batch carries them further, a batch of 1 all the way.`),
  'too-many-pieces': text<{ label: string; truncateAfter: number; steps: number; pieces: number; mostPieces: number; least: number }>(
    'error',
    ({ label, truncateAfter, steps, pieces, mostPieces, least }) =>
      `${label} truncates its gradient after ${countOf(truncateAfter, 'time step')}, which cuts the ${countOf(steps, 'time step')} that it reads into ${printCount(pieces)} pieces; ${printCount(mostPieces)} are allowed: set truncateAfter to ${printCount(least)} or more, or to nothing.`,
  ),
  'too-few-steps': text<{ label: string; shape: string; feeder: string; wanted: string; way: string }>(
    'error',
    ({ label, shape, feeder, wanted, way }) => `${label} receives ${shape} from ${feeder}, but ${wanted}: ${way}.`,
  ),
  'uneven-reshape': text<{ label: string; shape: string; feeder: string; values: number; steps: number; way: string }>(
    'error',
    ({ label, shape, feeder, values, steps, way }) =>
      `${label} receives ${shape} from ${feeder}, ${countOf(values, 'value')} per series, which do not divide into ${countOf(steps, 'time step')}: ${way}.`,
  ),
  'embedding-needs-window': text<{ label: string; feeder: string }>('error', ({ label, feeder }) =>
    `${label} reads categories, whole numbers that a Window gives, but is fed by ${feeder}: wire it to the Window itself.`),
  'window-without-categories': text<{ label: string; window: string }>('error', ({ label, window }) =>
    `${label} reads a category, but ${window} gives none: choose its categories (month or day of week where the Series has a calendar, or a category column of a CSV file).`),
  'not-a-category': text<{ label: string; fromLast: number; window: string; names: readonly string[] }>('error', ({ label, fromLast, window, names }) =>
    names.length === 0
      ? `${label} reads feature ${fromLast} from the last, and ${window} has fewer.`
      : `${label} reads feature ${fromLast} from the last, which is no category of ${window}: its categories are its last ${countOf(names.length, 'feature')}, ${listOf(names.map(quote))}.`),
  'too-many-categories': text<{ label: string; inputDimension: number; name: string; count: number }>('error', ({ label, inputDimension, name, count }) =>
    `${label} has a row for each of ${countOf(inputDimension, 'category', 'categories')}, but ${quote(name)} has ${count}: set its input dimension to ${count}.`),
  'no-feature-left': text<{ label: string; shape: string; feeder: string; before: number; after: number }>('error', ({ label, shape, feeder, before, after }) =>
    `${label} receives ${shape} from ${feeder} and leaves out ${countOf(before, 'feature')} before and ${after} after, all there are: leave out fewer.`),
  'no-such-category': text<{ label: string; name: string; known: readonly string[] }>('error', ({ label, name, known }) =>
    known.length === 0
      ? `${label}: there is no category ${quote(name)}, and the series have none: read a file with dates and switch on the calendar of the Series, or name a category column of its file.`
      : `${label}: there is no category ${quote(name)}; there ${known.length === 1 ? 'is' : 'are'} ${listOf(known.map(quote))}.`),
  'impute-needs-mask': text<{ label: string; window: string }>('error', ({ label, window }) =>
    `${label} fills gaps, but the windows of ${window} do not say where values are missing or hidden, and 0 is a value like any other: switch on the mask of ${window}.`),
  'impute-needs-gaps': text<{ label: string; series: string; gaps: string }>('error', ({ label, series, gaps }) =>
    `${label} fills gaps, but the gaps of ${series} are set to ${quote(gaps)}, so that none would reach it: set them to "keep".`),
  'second-impute': text<{ label: string; first: string }>('error', ({ label, first }) =>
    `${label} hides values as ${first} does, and all targets of a graph see the same windows: choose the columns of both in ${first}, and remove ${label}.`),
  'window-steps-expected': text<{ label: string; shape: string; feeder: string; windowLength: number; way: string }>(
    'error',
    ({ label, shape, feeder, windowLength, way }) =>
      `${label} receives ${shape} from ${feeder} and wants a vector for each of the ${countOf(windowLength, 'time step')} of the window: keep them all (stride 1, causal padding, nothing cropped), or ${way}.`,
  ),
} as const;
