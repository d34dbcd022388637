/**
 * The size of an axis: a number, a symbol that is known only when the model runs (the batch), or an affine
 * expression of one symbol, floored: floor((factor · symbol + addend) / divisor). Always in normal form, so that
 * equal sizes are equal data.
 */
export type Size =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'expression'; readonly symbol: string; readonly factor: number; readonly addend: number; readonly divisor: number };

export function constantSize(value: number): Size {
  return { kind: 'constant', value };
}

export function symbolSize(symbol: string): Size {
  return { kind: 'expression', symbol, factor: 1, addend: 0, divisor: 1 };
}

/** The number of series in one call: the one symbol that every tensor of a model shares. */
export const batchSize: Size = symbolSize('batch');

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? Math.abs(first) : greatestCommonDivisor(second, first % second);
}

function normalize(symbol: string, factor: number, addend: number, divisor: number): Size {
  if (factor === 0) return constantSize(Math.floor(addend / divisor));
  const common = greatestCommonDivisor(greatestCommonDivisor(factor, addend), divisor);
  return { kind: 'expression', symbol, factor: factor / common, addend: addend / common, divisor: divisor / common };
}

export function addToSize(size: Size, addend: number): Size {
  if (size.kind === 'constant') return constantSize(size.value + addend);
  return normalize(size.symbol, size.factor, size.addend + addend * size.divisor, size.divisor);
}

/** The sum of two sizes of one symbol; a floored expression plus another has no normal form and throws, as do two symbols. */
export function addSizes(first: Size, second: Size): Size {
  if (second.kind === 'constant') return addToSize(first, second.value);
  if (first.kind === 'constant') return addToSize(second, first.value);
  if (first.symbol !== second.symbol || first.divisor !== 1 || second.divisor !== 1) {
    throw new RangeError(`cannot add the sizes ${printSize(first)} and ${printSize(second)}`);
  }
  return normalize(first.symbol, first.factor + second.factor, first.addend + second.addend, 1);
}

/** Exact for every constant, and for expressions without a floor; a floored expression times a number has no normal form and throws. */
export function multiplySize(size: Size, factor: number): Size {
  if (size.kind === 'constant') return constantSize(size.value * factor);
  if (size.divisor !== 1) throw new RangeError(`cannot multiply the floored size ${printSize(size)}`);
  return normalize(size.symbol, size.factor * factor, size.addend * factor, 1);
}

/** floor(size / divisor); floors of floors fold into one, since floor(floor(a / b) / c) = floor(a / (b · c)). */
export function divideSize(size: Size, divisor: number): Size {
  if (size.kind === 'constant') return constantSize(Math.floor(size.value / divisor));
  return normalize(size.symbol, size.factor, size.addend, size.divisor * divisor);
}

/** The product of several sizes, at most one of which may be symbolic. */
export function productOfSizes(sizes: readonly Size[]): Size {
  const symbolic = sizes.filter((size) => size.kind !== 'constant');
  const constant = sizes.reduce((product, size) => (size.kind === 'constant' ? product * size.value : product), 1);
  const [only, another] = symbolic;
  if (another !== undefined) throw new RangeError('a product of two symbolic sizes is not affine');
  return only === undefined ? constantSize(constant) : multiplySize(only, constant);
}

export function sizesEqual(first: Size, second: Size): boolean {
  if (first.kind === 'constant') return second.kind === 'constant' && first.value === second.value;
  return (
    second.kind === 'expression' &&
    first.symbol === second.symbol &&
    first.factor === second.factor &&
    first.addend === second.addend &&
    first.divisor === second.divisor
  );
}

export type SizeBindings = Readonly<Record<string, number>>;

/** The number a size stands for, given its symbol's value. Throws if the symbol is not bound. */
export function evaluateSize(size: Size, bindings: SizeBindings): number {
  if (size.kind === 'constant') return size.value;
  const value = bindings[size.symbol];
  if (value === undefined) throw new RangeError(`the size "${size.symbol}" is not known here`);
  return Math.floor((size.factor * value + size.addend) / size.divisor);
}

/** The number, where the size is one; undefined where it waits for a symbol. */
export function knownSize(size: Size): number | undefined {
  return size.kind === 'constant' ? size.value : undefined;
}

export function printSize(size: Size): string {
  if (size.kind === 'constant') return String(size.value);
  const product = size.factor === 1 ? size.symbol : `${size.factor}·${size.symbol}`;
  const sign = size.addend < 0 ? '−' : '+';
  const sum = size.addend === 0 ? product : `${product} ${sign} ${Math.abs(size.addend)}`;
  return size.divisor === 1 ? sum : `⌊(${sum}) / ${size.divisor}⌋`;
}
