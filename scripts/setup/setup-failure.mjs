/** A step that could not be done: why, what to do about it, and what a tool said. */
export class SetupFailure extends Error {
  /**
   * @param {string} why one sentence
   * @param {string} whatToDo one sentence in the imperative
   * @param {string} [output] what a tool said, shortened
   */
  constructor(why, whatToDo, output = '') {
    super(why);
    this.name = 'SetupFailure';
    this.whatToDo = whatToDo;
    this.output = output;
  }
}

/** @param {unknown} error @returns {string} the lines a person reads under the name of the failed step */
export function describeFailure(error) {
  if (!(error instanceof SetupFailure)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `  why:        ${text}\n  what to do: run \`npm run setup\` again; if it fails the same way, please report these lines.`;
  }
  const output = error.output.trim();
  const quoted = output === '' ? '' : `\n${output.replace(/^/gm, '    | ')}`;
  return `  why:        ${error.message}${quoted}\n  what to do: ${error.whatToDo}`;
}
