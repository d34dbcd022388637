import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** A squared pivot of the unit-diagonal Gram matrix below this says that a feature is a combination of others to working precision. */
const smallestPivot = 1e-11;
/** Features whose centred sum of squares is below this part of the largest one are constant up to rounding. */
const constantFeature = 1e-14;
const regularisation = 1e-9;
const refinements = 12;

/** gram += block · blockᵀ, upper triangle only; block has shape [feature, row], gram [feature, feature]. */
export function addGram(gram: Float64Array, block: Float64Array, features: number, rows: number): void {
  for (let left = 0; left < features; left += 1) {
    const leftStart = left * rows;
    let right = left;
    // Four products at a time reuse each value of the left row while it is in a register.
    for (; right + 3 < features; right += 4) {
      const start = right * rows;
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let row = 0; row < rows; row += 1) {
        const value = block[leftStart + row]!;
        sum0 += value * block[start + row]!;
        sum1 += value * block[start + rows + row]!;
        sum2 += value * block[start + 2 * rows + row]!;
        sum3 += value * block[start + 3 * rows + row]!;
      }
      const to = left * features + right;
      gram[to]! += sum0;
      gram[to + 1]! += sum1;
      gram[to + 2]! += sum2;
      gram[to + 3]! += sum3;
    }
    for (; right < features; right += 1) gram[left * features + right]! += dot(block, leftStart, block, right * rows, rows);
  }
}

/** products += block · targetsᵀ; products has shape [feature, output], block [feature, row], targets [output, row]. */
export function addProducts(products: Float64Array, block: Float64Array, targets: Float64Array, features: number, outputs: number, rows: number): void {
  for (let feature = 0; feature < features; feature += 1) {
    for (let output = 0; output < outputs; output += 1) {
      products[feature * outputs + output]! += dot(block, feature * rows, targets, output * rows, rows);
    }
  }
}

/**
 * Solves gram · coefficients = products for the outputs `members`, after scaling the features to a unit diagonal.
 * By Cholesky decomposition; where a pivot vanishes (constant or repeated columns, more features than rows) by iterated Tikhonov
 * regularisation from zero with λ = 1e-9, which converges to the minimum-norm solution on the directions that the data determine.
 * Features without variance get the coefficient 0, as the minimum norm demands.
 * `gram` [feature, feature] of `rows` rows is read in its upper triangle, `products` has shape [feature, output]; the result [member, feature].
 * Source: J. D. Riley (1955), Solving systems of linear equations with a positive definite, symmetric, but possibly ill-conditioned
 * matrix, https://doi.org/10.2307/2002065; H. W. Engl, M. Hanke and A. Neubauer (1996), Regularization of Inverse Problems, section 5.1
 */
export function solveNormalEquations(
  gram: Float64Array,
  products: Float64Array,
  features: number,
  outputs: number,
  members: readonly number[],
  rows: number,
): { readonly coefficients: Float64Array; readonly method: 'cholesky' | 'minimum-norm' } {
  const coefficients = new Float64Array(members.length * features);
  let largest = 0;
  for (let feature = 0; feature < features; feature += 1) largest = Math.max(largest, gram[feature * features + feature]!);
  const kept: number[] = [];
  for (let feature = 0; feature < features; feature += 1) {
    if (gram[feature * features + feature]! > constantFeature * largest) kept.push(feature);
  }
  if (kept.length === 0) return { coefficients, method: 'minimum-norm' };
  const lengths = kept.map((feature) => Math.sqrt(gram[feature * features + feature]!));
  const unitGram = new Matrix(kept.length, kept.length);
  for (let row = 0; row < kept.length; row += 1) {
    for (let column = row; column < kept.length; column += 1) {
      const value = row === column ? 1 : gram[kept[row]! * features + kept[column]!]! / (lengths[row]! * lengths[column]!);
      unitGram.set(row, column, value);
      unitGram.set(column, row, value);
    }
  }
  const right = new Matrix(kept.length, members.length);
  for (let row = 0; row < kept.length; row += 1) {
    members.forEach((output, member) => right.set(row, member, products[kept[row]! * outputs + output]! / lengths[row]!));
  }
  const { solution, isSingular } = solvePositive(unitGram, right, rows);
  for (let row = 0; row < kept.length; row += 1) {
    for (let member = 0; member < members.length; member += 1) {
      coefficients[member * features + kept[row]!] = solution.get(row, member) / lengths[row]!;
    }
  }
  return { coefficients, method: isSingular || kept.length < features ? 'minimum-norm' : 'cholesky' };
}

function solvePositive(gram: Matrix, right: Matrix, rows: number): { readonly solution: Matrix; readonly isSingular: boolean } {
  // Centring takes one dimension, so no more rows than features cannot determine them: the attempt would be wasted.
  const cholesky = rows > gram.rows ? new CholeskyDecomposition(gram) : null;
  if (cholesky?.isPositiveDefinite() && cholesky.lowerTriangularMatrix.diagonal().every((pivot) => pivot * pivot > smallestPivot)) {
    return { solution: cholesky.solve(right), isSingular: false };
  }
  const regularised = new CholeskyDecomposition(Matrix.add(gram, Matrix.eye(gram.rows).mul(regularisation)));
  let solution = regularised.solve(right);
  for (let pass = 1; pass < refinements; pass += 1) {
    solution = Matrix.add(solution, regularised.solve(Matrix.sub(right, gram.mmul(solution))));
  }
  return { solution, isSingular: true };
}

function dot(left: Float64Array, leftStart: number, right: Float64Array, rightStart: number, length: number): number {
  let sum = 0;
  for (let position = 0; position < length; position += 1) sum += left[leftStart + position]! * right[rightStart + position]!;
  return sum;
}
