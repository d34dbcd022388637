import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { topologicalOrder } from '../../../core/graph/topological-order.ts';

const ids = (text: string) => Array.from(text, nodeId);
const arrows = (text: string) => text.split(' ').filter(Boolean).map((pair) => ({ from: nodeId(pair[0]!), to: nodeId(pair[1]!) }));

describe('topologicalOrder', () => {
  it.each([
    ['abc', '', 'abc'],
    ['abc', 'ca', 'bca'],
    ['abcd', 'dc cb ba', 'dcba'],
    ['abcd', 'ac bc ac cd', 'abcd'],
    ['ab', 'xa', 'ab'],
  ])('orders %s with %s as %s', (nodes, dependencies, expected) => {
    expect(topologicalOrder(ids(nodes), arrows(dependencies))).toEqual({ order: ids(expected), cycle: null });
  });

  it.each([
    ['a', 'aa', '', 'a'],
    ['abc', 'ab bc ca', '', 'abc'],
    ['abcd', 'ab bc cb cd', 'a', 'bc'],
    ['xabc', 'ba cb ac', 'x', 'acb'],
  ])('finds the cycle of %s with %s', (nodes, dependencies, order, cycle) => {
    expect(topologicalOrder(ids(nodes), arrows(dependencies))).toEqual({ order: ids(order), cycle: ids(cycle) });
  });

  it('orders what can be ordered, or shows a real cycle, whatever the graph', () => {
    const letter = fc.constantFrom(...ids('abcdefgh'));
    fc.assert(
      fc.property(fc.uniqueArray(letter), fc.array(fc.record({ from: letter, to: letter })), (nodes, dependencies) => {
        const inside = dependencies.filter(({ from, to }) => nodes.includes(from) && nodes.includes(to));
        const { order, cycle } = topologicalOrder(nodes, dependencies);
        for (const { from, to } of inside) if (order.includes(to)) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
        for (const { from, to } of inside) if (order.includes(to)) expect(order).toContain(from);
        expect(cycle === null).toBe(order.length === nodes.length);
        cycle?.forEach((node, index) => {
          const next = cycle[(index + 1) % cycle.length];
          expect(inside.some(({ from, to }) => from === node && to === next)).toBe(true);
        });
      }),
    );
  });
});
