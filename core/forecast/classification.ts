/** How well classes are told apart, from what is most probable for each sample. */
export interface ClassScores {
  readonly names: readonly string[];
  /** Share of samples whose most probable class is right. */
  readonly accuracy: number;
  /** Mean over the classes (that occur) of the share of each that is found: 1 / classes for guessing, however uneven they are. */
  readonly balancedAccuracy: number;
  /** Mean over the classes (that occur) of the harmonic mean of precision and recall. */
  readonly f1: number;
  /** Mean of −log of the probability that was given to the true class. */
  readonly crossEntropy: number;
  /** [true class][class said]: numbers of samples. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly { readonly name: string; readonly precision: number; readonly recall: number; readonly f1: number; readonly count: number }[];
}

/** A probability of 0 for what happened is as good as this small. */
const smallestProbability = 1e-7;

/**
 * Scores of probabilities [sample, class] against true classes; samples whose class is missing (−1) are not scored.
 * Source: M. Sokolova and G. Lapalme (2009), A systematic analysis of performance measures for classification tasks,
 * https://doi.org/10.1016/j.ipm.2009.03.002; K. H. Brodersen and others (2010) for balanced accuracy, https://doi.org/10.1109/ICPR.2010.764
 */
export function scoreClasses(names: readonly string[], probabilities: ArrayLike<number>, truth: ArrayLike<number>): ClassScores {
  const width = names.length;
  const confusion = names.map(() => names.map(() => 0));
  let logarithms = 0;
  let count = 0;
  for (let sample = 0; sample < truth.length; sample += 1) {
    const actual = truth[sample]!;
    if (actual < 0) continue;
    confusion[actual]![mostProbable(probabilities, sample, width)]! += 1;
    logarithms -= Math.log(Math.max(smallestProbability, probabilities[sample * width + actual]!));
    count += 1;
  }
  const perClass = names.map((name, own) => {
    const found = confusion[own]![own]!;
    const occurs = confusion[own]!.reduce((sum, cell) => sum + cell, 0);
    const said = confusion.reduce((sum, row) => sum + row[own]!, 0);
    const precision = said === 0 ? 0 : found / said;
    const recall = occurs === 0 ? 0 : found / occurs;
    return { name, precision, recall, f1: found === 0 ? 0 : (2 * precision * recall) / (precision + recall), count: occurs };
  });
  const occurring = perClass.filter((one) => one.count > 0);
  const meanOf = (value: (one: (typeof perClass)[number]) => number): number => occurring.reduce((sum, one) => sum + value(one), 0) / occurring.length;
  return {
    names,
    accuracy: confusion.reduce((sum, row, own) => sum + row[own]!, 0) / count,
    balancedAccuracy: meanOf(({ recall }) => recall),
    f1: meanOf(({ f1 }) => f1),
    crossEntropy: logarithms / count,
    confusion,
    perClass,
  };
}

/** The class with the greatest probability; of equal ones the first. */
export function mostProbable(probabilities: ArrayLike<number>, sample: number, width: number): number {
  let best = 0;
  for (let own = 1; own < width; own += 1) if (probabilities[sample * width + own]! > probabilities[sample * width + best]!) best = own;
  return best;
}

/** Logits [sample, outputs] as probabilities [sample, classes]: a softmax, or of one output the sigmoid of the second class. */
export function probabilitiesOf(logits: ArrayLike<number>, outputs: number): Float64Array {
  const count = logits.length / outputs;
  if (outputs === 1) {
    return Float64Array.from({ length: count * 2 }, (_, position) => {
      const second = 1 / (1 + Math.exp(-logits[Math.floor(position / 2)]!));
      return position % 2 === 1 ? second : 1 - second;
    });
  }
  const probabilities = new Float64Array(logits.length);
  for (let sample = 0; sample < count; sample += 1) {
    const start = sample * outputs;
    let greatest = -Infinity;
    for (let own = 0; own < outputs; own += 1) greatest = Math.max(greatest, logits[start + own]!);
    let sum = 0;
    for (let own = 0; own < outputs; own += 1) sum += probabilities[start + own] = Math.exp(logits[start + own]! - greatest);
    for (let own = 0; own < outputs; own += 1) probabilities[start + own]! /= sum;
  }
  return probabilities;
}
