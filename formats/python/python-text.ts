/** A value as it stands in a Python program. */
export type PythonValue = string | number | boolean | null | RawPython | readonly PythonValue[];

/** Python that is written as it is: a name, a call. */
export interface RawPython {
  readonly raw: string;
}

export interface PythonArgument {
  /** null: by position. */
  readonly name: string | null;
  readonly value: PythonValue;
}

const lineWidth = 100;

export function raw(text: string): RawPython {
  return { raw: text };
}

/** A value in Python's spelling; lists of numbers stay lists. Throws RangeError for a number that no program states. */
export function pythonValue(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'number') return 'raw' in value ? value.raw : `[${value.map(pythonValue).join(', ')}]`;
  if (!Number.isFinite(value)) throw new RangeError(`a program states no ${value}`);
  return String(value);
}

/** JSON's escapes are Python's, but for characters that Python's source must not hold. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** A tuple: (3, 1), or (3,). */
export function tuple(values: readonly PythonValue[]): RawPython {
  const inner = values.map(pythonValue).join(', ');
  return raw(values.length === 1 ? `(${inner},)` : `(${inner})`);
}

/** A call on one line, or with an argument a line where it would be long. `prefix` is what stands before it on its line. */
export function pythonCall(callee: string, given: readonly PythonArgument[], prefix = ''): string {
  const spelled = given.map(({ name, value }) => (name === null ? pythonValue(value) : `${name}=${pythonValue(value)}`));
  const line = `${callee}(${spelled.join(', ')})`;
  if (prefix.length + line.length <= lineWidth) return line;
  const indent = ' '.repeat(prefix.length - prefix.trimStart().length);
  return `${callee}(\n${spelled.map((argument) => `${indent}    ${argument},`).join('\n')}\n${indent})`;
}

/** An assignment of a list, with so many items a line as fit. */
export function pythonList(name: string, values: readonly PythonValue[]): string {
  const line = `${name} = ${pythonValue(values)}`;
  if (line.length <= lineWidth) return line;
  return `${name} = [\n${values.map((value) => `    ${pythonValue(value)},`).join('\n')}\n]`;
}

/** Words for a comment or a docstring: one line, without what would end it. */
export function plainWords(text: string): string {
  return text.replaceAll(/[\p{Control}\u2028\u2029]+/gu, ' ').replaceAll('\\', '/').replaceAll('"', "'").trim();
}

/** Words Python keeps for itself. */
const keywords = new Set(
  'false none true and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(' '),
);

/** A name in Python's manner: "SimpleRNN 2" → "simple_rnn_2". */
export function pythonIdentifier(label: string): string {
  const name = label.replaceAll(/([a-z])([A-Z])/gu, '$1_$2').replaceAll(/[^A-Za-z0-9]+/gu, '_').replaceAll(/^_+|_+$/gu, '').toLowerCase();
  return /^[a-z]/u.test(name) && !keywords.has(name) ? name : `layer_${name}`;
}
