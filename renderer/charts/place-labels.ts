/**
 * Where labels of one height stand beside their lines so that none covers another: as near to the wished middles as they
 * can be, in the same order, within the extent (top first, all in pixels). Labels that cannot all fit are spread evenly.
 */
export function placeLabels(wished: readonly number[], height: number, extent: number): readonly number[] {
  const order = wished.map((_, index) => index).sort((first, second) => wished[first]! - wished[second]!);
  const room = Math.min(height, extent / Math.max(1, wished.length));
  const placed = new Array<number>(wished.length).fill(0);
  let lowest = room / 2;
  for (const index of order) {
    const middle = Math.max(wished[index]!, lowest);
    placed[index] = middle;
    lowest = middle + room;
  }
  let highest = extent - room / 2;
  for (const index of order.toReversed()) {
    const middle = Math.min(placed[index]!, highest);
    placed[index] = middle;
    highest = middle - room;
  }
  return placed;
}
