import { addGram, addProducts, solveNormalEquations } from './normal-equations.ts';

export interface LeastSquaresProblem {
  readonly count: number;
  readonly features: number;
  readonly outputs: number;
  /** Writes the features of a row into an array from `offset` on, every `spacing`-th place. */
  readonly readRow: (row: number, into: Float64Array, offset: number, spacing: number) => void;
  /** [row, output] */
  readonly targets: Float64Array;
  /** [row, output]; 0 leaves a value out, anything else keeps it. */
  readonly weights: Float64Array;
}

export interface LeastSquaresFit {
  /** [output, feature] */
  readonly coefficients: Float64Array;
  /** [output] */
  readonly intercepts: Float64Array;
  /** 'minimum-norm' where some output's normal equations were singular to working precision. */
  readonly method: 'cholesky' | 'minimum-norm';
}

/** Rows that are centred and multiplied at a time: large enough to amortise, small enough to stay in the cache. */
const blockRows = 128;

/**
 * Ordinary least squares with an intercept by centred normal equations. All outputs share one Gram matrix; an output with left-out
 * rows takes those rows' products away from it again, so gaps cost little.
 * Source: Å. Björck (1996), Numerical Methods for Least Squares Problems, section 2.2, https://doi.org/10.1137/1.9781611971484
 */
export function leastSquares(problem: LeastSquaresProblem): LeastSquaresFit {
  const { count, features, outputs, readRow, targets, weights } = problem;
  const featureMeans = meanRow(problem);
  const targetMeans = meanTargets(problem);
  const gram = new Float64Array(features * features);
  const products = new Float64Array(features * outputs);
  const block = new Float64Array(features * blockRows);
  const targetBlock = new Float64Array(outputs * blockRows);
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    block.fill(0);
    targetBlock.fill(0);
    for (let row = 0; row < rows; row += 1) {
      readRow(first + row, block, row, blockRows);
      for (let feature = 0; feature < features; feature += 1) block[feature * blockRows + row]! -= featureMeans[feature]!;
      for (let output = 0; output < outputs; output += 1) {
        const position = (first + row) * outputs + output;
        if (weights[position] !== 0) targetBlock[output * blockRows + row] = targets[position]! - targetMeans[output]!;
      }
    }
    addGram(gram, block, features, blockRows);
    addProducts(products, block, targetBlock, features, outputs, blockRows);
  }

  const coefficients = new Float64Array(outputs * features);
  const intercepts = new Float64Array(outputs);
  let method: LeastSquaresFit['method'] = 'cholesky';
  for (const { leftOut, members } of groupsOfEqualWeights(problem)) {
    const { gram: groupGram, shift } = withoutRows(problem, gram, featureMeans, leftOut);
    const solution = solveNormalEquations(groupGram, products, features, outputs, members, count - leftOut.length);
    if (solution.method === 'minimum-norm') method = 'minimum-norm';
    members.forEach((output, member) => {
      let intercept = targetMeans[output]!;
      for (let feature = 0; feature < features; feature += 1) {
        const coefficient = solution.coefficients[member * features + feature]!;
        coefficients[output * features + feature] = coefficient;
        intercept -= coefficient * (featureMeans[feature]! + shift[feature]!);
      }
      intercepts[output] = intercept;
    });
  }
  return { coefficients, intercepts, method };
}

function meanRow({ count, features, readRow }: LeastSquaresProblem): Float64Array {
  const means = new Float64Array(features);
  const row = new Float64Array(features);
  for (let index = 0; index < count; index += 1) {
    readRow(index, row, 0, 1);
    for (let feature = 0; feature < features; feature += 1) means[feature]! += row[feature]!;
  }
  return means.map((sum) => sum / count);
}

function meanTargets({ count, outputs, targets, weights }: LeastSquaresProblem): Float64Array {
  const sums = new Float64Array(outputs);
  const kept = new Float64Array(outputs);
  for (let position = 0; position < count * outputs; position += 1) {
    if (weights[position] === 0) continue;
    sums[position % outputs]! += targets[position]!;
    kept[position % outputs]! += 1;
  }
  return sums.map((sum, output) => sum / Math.max(1, kept[output]!));
}

interface OutputGroup {
  readonly leftOut: readonly number[];
  readonly members: readonly number[];
}

/** Outputs that leave out the same rows share a factorisation. */
function groupsOfEqualWeights({ count, outputs, weights }: LeastSquaresProblem): readonly OutputGroup[] {
  const groups = new Map<string, { leftOut: number[]; members: number[] }>();
  for (let output = 0; output < outputs; output += 1) {
    const leftOut: number[] = [];
    for (let row = 0; row < count; row += 1) if (weights[row * outputs + output] === 0) leftOut.push(row);
    const key = leftOut.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { leftOut, members: [output] });
    else group.members.push(output);
  }
  return [...groups.values()];
}

/** The Gram matrix of the remaining rows about their own mean, which lies `shift` from the mean of all rows. */
function withoutRows(
  { count, features, readRow }: LeastSquaresProblem,
  gram: Float64Array,
  featureMeans: Float64Array,
  leftOut: readonly number[],
): { readonly gram: Float64Array; readonly shift: Float64Array } {
  const shift = new Float64Array(features);
  const remaining = count - leftOut.length;
  if (leftOut.length === 0 || remaining === 0) return { gram, shift };
  const reduced = gram.slice();
  const row = new Float64Array(features);
  for (const index of leftOut) {
    readRow(index, row, 0, 1);
    for (let feature = 0; feature < features; feature += 1) row[feature]! -= featureMeans[feature]!;
    subtractOuterProduct(reduced, row, 1);
    for (let feature = 0; feature < features; feature += 1) shift[feature]! -= row[feature]! / remaining;
  }
  subtractOuterProduct(reduced, shift, remaining);
  return { gram: reduced, shift };
}

/** Only the upper triangle is kept. */
function subtractOuterProduct(gram: Float64Array, vector: Float64Array, factor: number): void {
  const features = vector.length;
  for (let row = 0; row < features; row += 1) {
    const left = factor * vector[row]!;
    for (let column = row; column < features; column += 1) gram[row * features + column]! -= left * vector[column]!;
  }
}
