import { registeredPackage } from './keras-config.ts';
import { cellClassNames } from './cell-classes.ts';
import type { ImportPlace } from './import-refusal.ts';
import { isObject, printJson } from './json-value.ts';

/** What Keras itself brings: a name of its own package, a plain value of Python, or an operation. */
const kerasModule = /^keras(?:\.|$)/u;
const ownCells = new Set(cellClassNames.map((name) => `${registeredPackage}>${name}`));

/**
 * Refuses a model that can only be run by resolving a name in the file to code: Lambda layers, functions, and classes that
 * are not Keras's. Nothing of it is ever looked up. Our own cell classes are known by name, and are computed by our own nodes.
 */
export function refuseForeignCode(place: ImportPlace, layers: readonly unknown[]): void {
  for (const layer of layers) look(layer, isObject(layer) ? printJson(nameOf(layer)) : 'a layer');

  function look(value: unknown, layer: string): void {
    if (Array.isArray(value)) for (const entry of value) look(entry, layer);
    else if (isObject(value)) {
      const code = codeOf(value);
      if (code !== null) throw place.code(`the layer ${layer}`, code);
      for (const entry of Object.values(value)) look(entry, layer);
    }
  }
}

function nameOf({ name, config }: Readonly<Record<string, unknown>>): unknown {
  return name ?? (isObject(config) ? config['name'] : undefined);
}

function codeOf({ class_name: className, module, registered_name: registered, config }: Readonly<Record<string, unknown>>): string | null {
  if (typeof className !== 'string') return null;
  if (className === 'Lambda' || className === '__lambda__') return 'a Lambda';
  if (className === 'function') return `the function ${printJson(config)}`;
  if (typeof registered === 'string' && registered.includes('>') && !ownCells.has(registered)) return `the custom object ${printJson(registered)}`;
  if (typeof module === 'string' && !kerasModule.test(module) && module !== 'builtins') return `the class ${printJson(`${module}.${className}`)}`;
  return null;
}
