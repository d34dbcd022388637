import type { BodyBuilder } from '../program/body-builder.ts';
import { concatenate, matmul, multiply, split } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { constantSize, knownSize } from '../shapes/size.ts';
import { dropoutMask, dropsIn } from './dropout-mask.ts';
import type { Mode } from './node-type.ts';
import type { CellStep } from './recurrence.ts';

export interface DropoutRates {
  /** Of the features of the input. */
  readonly dropout: number;
  /** Of the units of the hidden state on its way into the next step. */
  readonly recurrentDropout: number;
}

/** How many masks there are for the input and for the hidden state; 0: nothing is dropped, 1: one for all gates. */
export interface MaskCounts {
  readonly input: number;
  readonly hidden: number;
}

/** As in Keras 3: each gate drops in its own way as soon as recurrent dropout is on; input dropout alone has one mask for all. */
export function maskCounts(mode: Mode, { dropout, recurrentDropout }: DropoutRates, gates: number): MaskCounts {
  const hidden = dropsIn(mode, recurrentDropout) ? gates : 0;
  return { hidden, input: dropsIn(mode, dropout) ? Math.max(1, hidden) : 0 };
}

interface MaskSite {
  readonly builder: BodyBuilder;
  readonly node: string;
  readonly rates: DropoutRates;
  readonly counts: MaskCounts;
  readonly directions: number;
  readonly batch: Value['shape'][number];
  readonly features: number;
  readonly units: number;
}

function maskName(part: keyof MaskCounts, index: number): string {
  return `${part === 'input' ? 'input' : 'hidden state'} dropout mask ${index + 1}`;
}

/**
 * The masks of each direction by name: [batch, features] for the input, [batch, units] for the hidden state, drawn once for
 * a whole series (Gal and Ghahramani, 2016, https://arxiv.org/abs/1512.05287). All come from one draw, in Keras's order:
 * direction by direction, the input's before the hidden state's.
 */
export function drawMasks(site: MaskSite, seed: () => Value): readonly Readonly<Record<string, Value>>[] {
  const { builder, node, rates, counts, directions, batch, features, units } = site;
  const own = [
    ...Array.from({ length: counts.input }, (_, index) => ({ name: maskName('input', index), width: features, rate: rates.dropout })),
    ...Array.from({ length: counts.hidden }, (_, index) => ({ name: maskName('hidden', index), width: units, rate: rates.recurrentDropout })),
  ];
  if (own.length === 0) return Array.from({ length: directions }, () => ({}));
  const masks = Array.from({ length: directions }, () => own).flat();
  const widths = masks.map(({ width }) => width);
  const uniform = builder.emitOne('random-uniform', [seed()], { shape: [batch, constantSize(widths.reduce((sum, width) => sum + width, 0))] });
  const drawn = split(builder, uniform, 1, widths).map((piece, index) => {
    const { name, rate } = masks[index]!;
    return [name, builder.name(dropoutMask(builder, piece, rate), { node, name })] as const;
  });
  return Array.from({ length: directions }, (_, direction) => Object.fromEntries(drawn.slice(direction * own.length, (direction + 1) * own.length)));
}

function blockName(kernel: string, index: number): string {
  return `${kernel}, block ${index + 1}`;
}

/**
 * What a cell reads, with the kernels that meet a mask a gate cut into their gates' blocks of columns: before the scan, so
 * that each is an invariant of its own.
 */
export function cutKernels(builder: BodyBuilder, weights: Readonly<Record<string, Value>>, counts: MaskCounts, units: number): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(weights).flatMap(([name, value]): readonly (readonly [string, Value])[] => {
    const masks = name === 'kernel' ? counts.input : name.endsWith('recurrent_kernel') ? counts.hidden : 0;
    const columns = knownSize(value.shape.at(-1)!);
    const blocks = masks > 1 && columns !== undefined ? columns / units : 1;
    if (blocks === 1) return [[name, value]];
    return split(builder, value, 1, Array.from({ length: blocks }, () => units)).map((block, index) => [blockName(name, index), block]);
  }));
}

/** value · kernel inside a cell; with a mask a gate, each block of the kernel's columns reads the value through its own. */
export function maskedProduct({ builder, weight }: CellStep, value: Value, kernel: string, part: keyof MaskCounts, gates: readonly number[]): Value {
  const masks = gates.map((gate) => weight(maskName(part, gate)));
  const [mask, second] = masks;
  if (mask === undefined) return matmul(builder, value, weight(kernel));
  if (second === undefined) return matmul(builder, multiply(builder, value, mask), weight(kernel));
  return concatenate(builder, masks.map((own, index) => matmul(builder, multiply(builder, value, own), weight(blockName(kernel, index)))), 1);
}
