const largestSeed = 2 ** 32 - 1;
const mostSeeds = 1_000;

/** Reads `1..5`, `1,2,3` or `1..3,7`. Returns a sentence that says what is wrong where it cannot. */
export function parseSeeds(text: string): readonly number[] | string {
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const range = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(part);
    if (range === null) return `Expected whole numbers such as 1..5 or 1,2,3, found "${text}".`;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (first > largestSeed || last > largestSeed) return `A seed is a whole number from 0 to ${largestSeed}.`;
    if (last < first) return `The range ${part.trim()} runs backwards.`;
    if (seeds.length + last - first >= mostSeeds) return `At most ${mostSeeds} seeds are trained in one go.`;
    for (let seed = first; seed <= last; seed += 1) seeds.push(seed);
  }
  const repeated = seeds.find((seed, position) => seeds.indexOf(seed) !== position);
  return repeated === undefined ? seeds : `The seed ${repeated} is named twice.`;
}
