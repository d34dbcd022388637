import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { setParameter } from '../params/parse-parameters.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { pad, reshape, slice } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { printShape } from '../shapes/shape.ts';
import { constantSize, knownSize, type Size } from '../shapes/size.ts';
import type { ShapeContext, TensorFacts } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';
import type { WayOut } from './upstream.ts';

/** A kernel or pool that moves over time: `size` taps, `dilation` time steps apart, placed every `stride` time steps. */
export interface SlidingWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'valid' | 'same' | 'causal';
}

/** Where a sliding window stands on a series. */
export interface Placement {
  readonly outputSteps: number;
  /** Time steps of padding. */
  readonly before: number;
  readonly after: number;
}

/** Time steps from the first tap to the last, both included. */
function spanOf({ size, dilation }: SlidingWindow): number {
  return (size - 1) * dilation + 1;
}

/**
 * The places of a sliding window on `steps` time steps, as TensorFlow has them: `valid` stays inside, `same` gives
 * ⌈steps / stride⌉ and pads both sides, the odd step after; `causal` pads before alone, so that nothing is seen of the future.
 */
export function placeWindow(window: SlidingWindow, steps: number): Placement {
  const span = spanOf(window);
  const { stride, padding } = window;
  switch (padding) {
    case 'valid':
      return { outputSteps: Math.floor((steps - span) / stride) + 1, before: 0, after: 0 };
    case 'causal':
      return { outputSteps: Math.floor((steps - 1) / stride) + 1, before: span - 1, after: 0 };
    case 'same': {
      const outputSteps = Math.ceil(steps / stride);
      const total = Math.max((outputSteps - 1) * stride + span - steps, 0);
      const before = Math.floor(total / 2);
      return { outputSteps, before, after: total - before };
    }
  }
}

/** The number of time steps of a layer's input. Throws while it is not known: windows say theirs from the start. */
export function knownTime(time: Size | undefined): number {
  const steps = time && knownSize(time);
  if (steps === undefined) throw new RangeError('the number of time steps is not known');
  return steps;
}

/**
 * What a sliding window reads: (batch, time, feature) at least as long as it spans. With padding a longer one would read
 * nothing but zeros at its first tap, wherever it stands.
 *
 * @param part what messages call the window
 * @param sizeParameter the parameter that makes it shorter
 */
export function slidingInput(
  context: Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders'>,
  window: SlidingWindow,
  part: string,
  sizeParameter: string,
): Result<{ readonly facts: TensorFacts; readonly steps: number; readonly features: Size }> {
  const sequence = sequenceInput(context);
  if (!sequence.ok) return sequence;
  const { facts, time, features } = sequence.value;
  const steps = knownTime(time);
  const span = spanOf(window);
  if (span <= steps) return succeed({ facts, steps, features });
  const size = Math.floor((steps - 1) / window.dilation) + 1;
  const dilation = Math.floor((steps - 1) / (window.size - 1));
  const ways: WayOut[] = [{ advice: `set ${sizeParameter} to ${size}`, repair: setParameter(context, sizeParameter, size) }];
  if (dilation >= 1 && dilation < window.dilation) ways.push({ advice: `set dilation to ${dilation}`, repair: setParameter(context, 'dilation', dilation) });
  const where = { kind: 'node', node: context.node, parameter: sizeParameter } as const;
  const found = { label: context.label, part, span, shape: printShape(facts.shape), feeder: context.feeders['inputs']?.label ?? 'its input' };
  return fail(diagnose('kernel-too-long', where, { ...found, ways: ways.map((way) => way.advice) }, ways.map((way) => way.repair)));
}

/**
 * What each tap of a sliding window meets on a series (batch, time, feature), zeros outside it: for every tap
 * (batch, outputSteps, feature). A tap is the series itself, some time steps earlier or later, and of every `stride`
 * neighbours the first. Each tap is cut and padded for itself, so that its gradient has the series' own length.
 */
export function tapsOf(builder: BodyBuilder, series: Value, window: SlidingWindow): readonly Value[] {
  const [batch, time, features] = series.shape;
  const [steps, wide] = [knownTime(time), features && knownSize(features)];
  if (batch === undefined || wide === undefined) throw new TypeError('a sliding window reads (batch, time, feature), the number of features known');
  const { outputSteps, before } = placeWindow(window, steps);
  const reach = outputSteps * window.stride;
  return Array.from({ length: window.size }, (_, tap) => {
    const from = tap * window.dilation - before;
    const [first, end] = [Math.max(0, from), Math.min(steps, from + reach)];
    const seen = first === 0 && end === steps ? series : slice(builder, series, 1, first, end - first);
    const met = end - first === reach ? seen : pad(builder, seen, 1, first - from, from + reach - end);
    if (window.stride === 1) return met;
    const neighbours = reshape(builder, met, [batch, constantSize(outputSteps), constantSize(window.stride * wide)]);
    return slice(builder, neighbours, 2, 0, wide);
  });
}
