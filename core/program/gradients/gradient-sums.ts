import type { BodyBuilder } from '../body-builder.ts';
import { add } from '../expressions.ts';
import type { Value, ValueId } from '../value.ts';

/** What has flowed back to each forward value so far; several uses of a value add up. */
export class GradientSums {
  readonly #builder: BodyBuilder;
  readonly #sums = new Map<ValueId, Value>();

  constructor(builder: BodyBuilder) {
    this.#builder = builder;
  }

  contribute(forward: ValueId, gradient: Value): void {
    const sum = this.#sums.get(forward);
    this.#sums.set(forward, sum === undefined ? gradient : add(this.#builder, sum, gradient));
  }

  of(forward: ValueId): Value | undefined {
    return this.#sums.get(forward);
  }
}
