import type { KerasLayer } from '../keras/keras-layers.ts';
import { kerasDefaults } from './keras-defaults.ts';
import { pythonCall, raw, tuple } from './python-text.ts';
import type { PythonArgument, PythonValue } from './python-text.ts';

type Config = Readonly<Record<string, unknown>>;

/** Arguments that a person gives by position, because the class says what they are. */
const firstArguments = new Set(['units', 'filters', 'rate', 'stddev', 'n', 'target_shape', 'dims', 'activation']);

/** `layers.LSTM(32, return_sequences=True, name="Encoder")`; `prefix` is what stands before it on its line. */
export function layerCall({ name, className, config, cell, wrapper }: KerasLayer, prefix: string): string {
  const own = classArguments(className, config);
  const cells: readonly PythonArgument[] = cell === undefined ? [] : [{ name: null, value: raw(pythonCall(cell.className, classArguments('cell', cell.config))) }];
  const named: PythonArgument = { name: 'name', value: name };
  if (wrapper === undefined) return pythonCall(`layers.${className}`, [...cells, ...own, named], prefix);
  const inner = raw(pythonCall(`layers.${className}`, [...cells, ...own]));
  return pythonCall(`layers.${wrapper.className}`, [{ name: null, value: inner }, ...classArguments(wrapper.className, wrapper.config), named], prefix);
}

/** What a class is told: everything but what it takes where nothing is said. */
export function classArguments(className: string, config: Config): readonly PythonArgument[] {
  const defaults = className === 'cell' ? cellDefaults : (kerasDefaults[className] ?? {});
  let isFirst = true;
  return Object.entries(config).flatMap(([key, given]): readonly PythonArgument[] => {
    const value = spelledValue(key, given);
    const usual = defaults[key];
    if (usual !== undefined && isSame(value, usual)) return [];
    const byPosition = isFirst && firstArguments.has(key) && !Object.hasOwn(defaults, key);
    isFirst = false;
    return [{ name: byPosition ? null : key, value }];
  });
}

/** Of the cell classes that go along. */
const cellDefaults: Readonly<Record<string, PythonValue>> = { ...kerasDefaults['SimpleRNN'], recurrent_activation: 'sigmoid', unit_forget_bias: true, epsilon: 0.001 };

/** One number for one axis, a pair for the two ends, a tuple for a shape, a call for an object of Keras's. */
function spelledValue(key: string, given: unknown): PythonValue {
  if (Array.isArray(given)) {
    const values = given as readonly PythonValue[];
    return values.length === 1 && key !== 'target_shape' ? values[0]! : tuple(values);
  }
  if (typeof given === 'object' && given !== null) {
    const { module, class_name: name, config } = given as { readonly module: string; readonly class_name: string; readonly config: Config };
    const stated = Object.entries(config).map(([option, value]): PythonArgument => ({ name: option, value: value as PythonValue }));
    return raw(pythonCall(`${module}.${name}`, stated));
  }
  return given as PythonValue;
}

function isSame(value: PythonValue, usual: PythonValue): boolean {
  return value === usual;
}
