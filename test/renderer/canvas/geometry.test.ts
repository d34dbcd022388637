import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { arrangeEdits } from '../../../renderer/canvas/geometry/arrange.ts';
import { graphGeometry, wireNear } from '../../../core/drawing/graph-geometry.ts';
import { neighbour } from '../../../renderer/canvas/geometry/neighbour.ts';
import { freePosition, gridStep, overlap, type Rectangle } from '../../../core/drawing/node-geometry.ts';
import { distanceToCurve, pointOnCurve, wireCurve } from '../../../core/drawing/wire-geometry.ts';
import { chain, node, wire, withNodes } from './sample-document.ts';

describe('arranging', () => {
  it('puts every node right of those that feed it, without overlaps, on the grid, and keeps the upper left corner', () => {
    const branched = withNodes(chain(), node('lstm', 'lstm'), node('norm', 'layer-norm'));
    const graph = { ...branched, wires: [...branched.wires, wire('w5', 'window.windows lstm.inputs'), wire('w6', 'lstm.outputs norm.inputs')] };
    const arranged = applyEdits(graph, arrangeEdits(graph));
    const { rectangles } = graphGeometry(arranged);
    for (const { from, to } of graph.wires) expect(rectangles.get(to.node)!.x).toBeGreaterThan(rectangles.get(from.node)!.x + 160);
    const all = [...rectangles.values()];
    expect(all.some((first, index) => all.slice(index + 1).some((second) => overlap(first, second, 0)))).toBe(false);
    expect(all.every(({ x, y }) => x % gridStep === 0 && y % gridStep === 0)).toBe(true);
    expect([Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))]).toEqual([0, 0]);
  });
  it('has nothing to do a second time', () => {
    const arranged = applyEdits(chain(), arrangeEdits(chain()));
    expect(arrangeEdits(arranged)).toEqual([]);
  });
});

const rectangle = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }), width: fc.constant(160), height: fc.constant(72) });

it('a new node finds a place that nothing else has', () => {
  fc.assert(
    fc.property(fc.array(rectangle, { maxLength: 20 }), rectangle, (taken, wish) => {
      const found = { ...wish, ...freePosition(wish, wish, taken) };
      expect(taken.filter((other) => overlap(found, other, 0))).toEqual([]);
    }),
  );
});

describe('wires', () => {
  it('start and end at their ports, and every point of a curve lies on it', () => {
    fc.assert(
      fc.property(rectangle, rectangle, fc.integer({ min: 0, max: 24 }), (start, end, sample) => {
        const curve = wireCurve(start, end);
        expect(distanceToCurve(curve, pointOnCurve(curve, sample / 24))).toBeLessThan(1e-6);
      }),
    );
  });
  it('are found near a point, the nearest first, and not from afar', () => {
    const graph = chain();
    const geometry = graphGeometry(graph);
    expect(wireNear(geometry, graph.wires, { x: 440, y: 60 }, 24)?.id).toBe('w2');
    expect(wireNear(geometry, graph.wires, { x: 440, y: 200 }, 24)).toBeUndefined();
  });
});

describe('arrow keys', () => {
  const places: ReadonlyMap<string, Rectangle> = new Map([
    ['left', { x: 0, y: 0, width: 160, height: 72 }],
    ['right', { x: 240, y: 0, width: 160, height: 72 }],
    ['far', { x: 480, y: 0, width: 160, height: 72 }],
    ['below', { x: 240, y: 120, width: 160, height: 72 }],
  ]);
  it.each([
    ['left', 'right', 'right'],
    ['right', 'right', 'far'],
    ['right', 'down', 'below'],
    ['below', 'up', 'right'],
    ['left', 'left', undefined],
  ] as const)('from %s %s: %s', (from, direction, expected) => {
    expect(neighbour(places, from, direction)).toBe(expected);
  });
});

it('a node without a place is still drawn, and its wires lead to it', () => {
  const graph = { ...chain(), layout: {} };
  const { rectangles, curveOf } = graphGeometry(graph);
  expect(rectangles.get(nodeId('rnn'))).toMatchObject({ x: 480, width: 160 });
  expect(curveOf(graph.wires[0]!)).toBeDefined();
});
