import type { Entry } from '../../core/program/program.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import type { Variables } from './training-state.ts';

/** The states of stateful layers on their way from a call of an entry to the next: without such layers, nothing. */
export interface CarriedStates {
  /** To be asked of every call. */
  readonly outputs: readonly string[];
  /** What a call of so many rows is fed: what row i ended with where it continues, else zeros. */
  readonly feeds: (continues: Uint8Array) => NamedTensors;
  readonly keep: (outputs: NamedTensors) => void;
  /** What is carried now, by name. */
  readonly now: () => Variables;
}

/** `start`: what an earlier session carried. */
export function createCarriedStates(entry: Entry | undefined, start: Variables = new Map()): CarriedStates {
  const widths = new Map((entry?.inputs ?? []).filter(({ role }) => role.kind === 'carried').map(({ name, shape }) => [name, evaluateSize(shape[1]!, {})]));
  const outputs = [...widths.keys()];
  let states: Variables = start;
  return {
    outputs,
    feeds: (continues) => Object.fromEntries(outputs.map((name): [string, TensorData] => {
      const width = widths.get(name)!;
      const values = new Float32Array(continues.length * width);
      const before = states.get(name)?.values;
      continues.forEach((goesOn, row) => {
        if (goesOn !== 0 && before !== undefined) values.set(before.subarray(row * width, (row + 1) * width), row * width);
      });
      return [name, { type: 'float', shape: [continues.length, width], values }];
    })),
    keep: (results) => {
      states = new Map(outputs.map((name) => [name, results[name]!]));
    },
    now: () => states,
  };
}

export function carriesStates(entry: Entry | undefined): boolean {
  return entry?.inputs.some(({ role }) => role.kind === 'carried') ?? false;
}
