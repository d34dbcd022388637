/** Why a Python environment could not be made; what a tool said is kept for whoever wants to know more. */
export class EnvironmentFailure extends Error {
  /**
   * @param {'no-platform' | 'no-python' | 'no-venv' | 'no-index' | 'disk-full' | 'stopped' | 'failed'} kind
   * @param {string} why one sentence without its full stop
   * @param {string} whatToDo one sentence in the imperative, without its full stop
   * @param {string} [output] what a tool said, its last lines
   */
  constructor(kind, why, whatToDo, output = '') {
    super(why);
    this.name = 'EnvironmentFailure';
    this.kind = kind;
    this.whatToDo = whatToDo;
    this.output = output;
  }
}
