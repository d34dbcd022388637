import type { Rectangle } from '../../../core/drawing/node-geometry.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Middle {
  readonly x: number;
  readonly y: number;
}

function middleOf({ x, y, width, height }: Rectangle): Middle {
  return { x: x + width / 2, y: y + height / 2 };
}

/** How far a point lies ahead in a direction, and aside from it. */
function ahead(from: Middle, to: Middle, direction: Direction): { readonly along: number; readonly aside: number } {
  const across = to.x - from.x;
  const down = to.y - from.y;
  switch (direction) {
    case 'left':
      return { along: -across, aside: Math.abs(down) };
    case 'right':
      return { along: across, aside: Math.abs(down) };
    case 'up':
      return { along: -down, aside: Math.abs(across) };
    case 'down':
      return { along: down, aside: Math.abs(across) };
  }
}

/** The node that an arrow key goes to: the nearest one ahead, where being aside counts twice; undefined: none is ahead. */
export function neighbour<Name>(rectangles: ReadonlyMap<Name, Rectangle>, from: Name, direction: Direction): Name | undefined {
  const start = rectangles.get(from);
  if (start === undefined) return undefined;
  let best: Name | undefined;
  let least = Infinity;
  for (const [name, rectangle] of rectangles) {
    if (name === from) continue;
    const { along, aside } = ahead(middleOf(start), middleOf(rectangle), direction);
    const cost = along + 2 * aside;
    if (along <= 0 || cost >= least) continue;
    least = cost;
    best = name;
  }
  return best;
}
