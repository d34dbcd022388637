import type { NodeCategory } from '../nodes/node-type.ts';

/** One outline a category, on a grid of 16 × 16: what a colour says is said by a form too. */
const outlines: Readonly<Record<NodeCategory, string>> = {
  data: 'M1.5 8.5c2-7 4.3-7 6.5 0s4.5 7 6.5 0',
  recurrent: 'M2 11h6.5a4 4 0 1 0-3.9-5M8 8.5 10.5 11 8 13.5',
  convolution: 'M2.5 2.5h7v7h-7zM6.5 6.5h7v7h-7z',
  normalization: 'M2 12.5c3.5 0 3.5-9 6-9s2.5 9 6 9',
  regularization: 'M3.5 3.5h.01M8 3.5h.01M12.5 3.5h.01M3.5 8h.01M3.5 12.5h.01M8 12.5h.01M12.5 12.5h.01M6.5 6.5l3 3M9.5 6.5l-3 3M12.5 8h.01',
  dense: 'M3.5 3v10M12.5 3v10M3.5 3.5l9 9M3.5 12.5l9-9',
  merge: 'M2.5 3.5 8 8l-5.5 4.5M8 8h5.5',
  target: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  unknown: 'M5.5 5.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.5h.01',
};

export function categoryOutline(category: NodeCategory): string {
  return outlines[category];
}
