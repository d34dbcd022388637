import type { Variable } from '../../core/program/program.ts';

/** The axis sizes of a variable. Throws for a symbolic one: variables have none. */
export function constantShape({ name, shape }: Variable): readonly number[] {
  return shape.map((size) => {
    if (size.kind !== 'constant') throw new TypeError(`variable ${name} has a size that is no constant`);
    return size.value;
  });
}
