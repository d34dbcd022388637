import type { BodyBuilder } from '../program/body-builder.ts';
import { greater, scalar, select } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import type { Mode } from './node-type.ts';

/** Whether a layer drops anything: while training, and where forecasts are sampled (Monte Carlo dropout). */
export function dropsIn(mode: Mode, rate: number): boolean {
  return (mode === 'train' || mode === 'sample') && rate > 0;
}

/** 0 where a uniform number in [0, 1) lies below the rate, 1 / (1 − rate) elsewhere. Shape: that of the numbers. */
export function dropoutMask(builder: BodyBuilder, uniform: Value, rate: number): Value {
  const dropped = greater(builder, scalar(builder, rate), uniform);
  return select(builder, dropped, scalar(builder, 0), scalar(builder, 1 / (1 - rate)));
}
