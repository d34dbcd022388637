/** Longer words are not compared: nobody mistypes by a few letters in a page of text. */
const longestWord = 64;

/**
 * The least number of letters inserted, deleted, replaced or swapped with a neighbour that turns one word into the other
 * (optimal string alignment: F. Damerau, 1964, https://doi.org/10.1145/363958.363994).
 */
export function editDistance(first: string, second: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const replaced = previous[column - 1]! + (first[row - 1] === second[column - 1] ? 0 : 1);
      const cheapest = Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      current.push(swapped ? Math.min(cheapest, beforePrevious[column - 2]! + 1) : cheapest);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[second.length]!;
}

function sameLetters(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}

/** The candidate that was most likely meant; undefined where none is near. */
export function nearMiss(found: string, candidates: readonly string[]): string | undefined {
  if (found.length > longestWord) return undefined;
  const word = sameLetters(found);
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1;
  for (const candidate of candidates) {
    if (candidate.length > longestWord) continue;
    const distance = editDistance(word, sameLetters(candidate));
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}
