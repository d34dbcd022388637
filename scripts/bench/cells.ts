/**
 * Cells that no node of the catalogue holds, as data: contenders in TypeScript and in Python read the same description.
 * Every state has `units` features. Widths of weights are 'features' (of the input) or multiples of the units.
 */
export interface CellDescription {
  readonly states: number;
  /** A vector where `rows` is null. */
  readonly weights: readonly {
    readonly name: string;
    readonly rows: 'features' | 'units' | null;
    readonly columns: number;
    readonly initializer: 'glorot_uniform' | 'orthogonal' | 'zeros' | 'ones';
  }[];
  /** In order; values by name. At first there are x, state0, state1, … and the weights. */
  readonly operations: readonly CellOperation[];
  /** The next states; the first is the cell's output. */
  readonly next: readonly string[];
}

export interface CellOperation {
  /** `split`: parts of equal width. `layerNorm`: of a value, with gamma and beta, epsilon 1e-3. */
  readonly operation: 'matmul' | 'add' | 'subtract' | 'multiply' | 'sigmoid' | 'tanh' | 'oneMinus' | 'split' | 'layerNorm';
  readonly from: readonly string[];
  readonly to: readonly string[];
}

function does(operation: CellOperation['operation'], from: string, to: string): CellOperation {
  return { operation, from: from.split(' '), to: to.split(' ') };
}

/** The weighted sum that cells begin with. */
function sum(gates: number): Pick<CellDescription, 'weights' | 'operations'> {
  return {
    weights: [
      { name: 'kernel', rows: 'features', columns: gates, initializer: 'glorot_uniform' },
      { name: 'recurrent_kernel', rows: 'units', columns: gates, initializer: 'orthogonal' },
      { name: 'bias', rows: null, columns: gates, initializer: 'zeros' },
    ],
    operations: [does('matmul', 'x kernel', 'fromInput'), does('matmul', 'state0 recurrent_kernel', 'fromState'), does('add', 'fromInput fromState', 'both'), does('add', 'both bias', 'sum')],
  };
}

const gates = sum(4);
const vector = (name: string, initializer: 'zeros' | 'ones' | 'glorot_uniform', columns = 1) => ({ name, rows: null, columns, initializer }) as const;

/** Gates that see the memory cell (Gers and Schmidhuber, 2000, https://doi.org/10.1109/IJCNN.2000.861302). */
const peepholeLstm: CellDescription = {
  states: 2,
  weights: [...gates.weights, vector('peephole_i', 'ones'), vector('peephole_f', 'ones'), vector('peephole_o', 'ones')],
  operations: [
    ...gates.operations,
    does('split', 'sum', 'zi zf zc zo'),
    does('multiply', 'peephole_i state1', 'pi'), does('add', 'zi pi', 'si'), does('sigmoid', 'si', 'i'),
    does('multiply', 'peephole_f state1', 'pf'), does('add', 'zf pf', 'sf'), does('sigmoid', 'sf', 'f'),
    does('tanh', 'zc', 'candidate'), does('multiply', 'f state1', 'kept'), does('multiply', 'i candidate', 'taken'), does('add', 'kept taken', 'memory'),
    does('multiply', 'peephole_o memory', 'po'), does('add', 'zo po', 'so'), does('sigmoid', 'so', 'o'),
    does('tanh', 'memory', 'shown'), does('multiply', 'o shown', 'hidden'),
  ],
  next: ['hidden', 'memory'],
};

/** One gate that forgets and resets (Zhou and others, 2016, https://arxiv.org/abs/1603.09420). */
const minimalGatedUnit: CellDescription = {
  states: 1,
  weights: [
    ...sum(1).weights,
    { name: 'candidate_kernel', rows: 'features', columns: 1, initializer: 'glorot_uniform' },
    { name: 'candidate_recurrent_kernel', rows: 'units', columns: 1, initializer: 'orthogonal' },
    vector('candidate_bias', 'zeros'),
  ],
  operations: [
    ...sum(1).operations, does('sigmoid', 'sum', 'f'),
    does('multiply', 'f state0', 'reset'), does('matmul', 'x candidate_kernel', 'a'), does('matmul', 'reset candidate_recurrent_kernel', 'b'),
    does('add', 'a b', 'ab'), does('add', 'ab candidate_bias', 'abc'), does('tanh', 'abc', 'candidate'),
    does('oneMinus', 'f', 'rest'), does('multiply', 'rest state0', 'kept'), does('multiply', 'f candidate', 'taken'), does('add', 'kept taken', 'hidden'),
  ],
  next: ['hidden'],
};

/** An LSTM whose sums and memory are normalised over their features (Ba, Kiros and Hinton, 2016, https://arxiv.org/abs/1607.06450). */
const layerNormLstm: CellDescription = {
  states: 2,
  weights: [...gates.weights, vector('gamma', 'ones', 4), vector('beta', 'zeros', 4), vector('memory_gamma', 'ones'), vector('memory_beta', 'zeros')],
  operations: [
    ...gates.operations, does('layerNorm', 'sum gamma beta', 'normal'),
    does('split', 'normal', 'zi zf zc zo'),
    does('sigmoid', 'zi', 'i'), does('sigmoid', 'zf', 'f'), does('tanh', 'zc', 'candidate'), does('sigmoid', 'zo', 'o'),
    does('multiply', 'f state1', 'kept'), does('multiply', 'i candidate', 'taken'), does('add', 'kept taken', 'memory'),
    does('layerNorm', 'memory memory_gamma memory_beta', 'normalMemory'), does('tanh', 'normalMemory', 'shown'), does('multiply', 'o shown', 'hidden'),
  ],
  next: ['hidden', 'memory'],
};

/** The chapter's layer-normalised cell, as core/nodes/layer-norm-rnn.ts has it: for contenders that must be given a cell. */
export const layerNormRnn: CellDescription = {
  states: 1,
  weights: [...sum(1).weights, vector('gamma', 'ones'), vector('beta', 'zeros')],
  operations: [...sum(1).operations, does('layerNorm', 'sum gamma beta', 'normal'), does('tanh', 'normal', 'hidden')],
  next: ['hidden'],
};

/** A cell of `count` operations that nobody designed: each takes what the one before gave, most of them something older too. */
function randomCell(seed: number, count: number): CellDescription {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const { weights, operations: [...operations] } = sum(1);
  const values = ['state0', 'fromInput', 'sum'];
  while (operations.length < count - 2) {
    const kind = (['tanh', 'sigmoid', 'multiply', 'add', 'subtract', 'oneMinus'] as const)[below(6)]!;
    const last = values.at(-1)!;
    const older = values[below(values.length - 1)]!;
    const to = `v${operations.length}`;
    operations.push(does(kind, kind === 'multiply' || kind === 'add' || kind === 'subtract' ? `${last} ${older}` : last, to));
    values.push(to);
  }
  operations.push(does('add', `${values.at(-1)!} sum`, 'total'), does('tanh', 'total', 'hidden'));
  return { states: 1, weights, operations, next: ['hidden'] };
}

export const cells = { 'peephole LSTM': peepholeLstm, 'minimal gated unit': minimalGatedUnit, 'layer-norm LSTM': layerNormLstm, 'random cell': randomCell(15, 15) } as const;
export type CellName = keyof typeof cells;
