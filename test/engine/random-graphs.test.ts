import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../core/check/check-document.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { agreementOf } from '../support/graph-agreement.ts';
import { randomGraph } from '../support/random-graph.ts';
import { targetEndings } from '../support/random-targets.ts';

const range = (start: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => start + index);
const typesNamed = (role: string): readonly string[] => [...catalog.values()].filter((type) => type.role === role).map(({ type }) => type);

describe('random graphs are whole, valid documents', () => {
  const graphs = range(0, 300).map(randomGraph);

  it('without an error, a warning or a node that leads nowhere, and survive saving', () => {
    for (const { number, document, data } of graphs) {
      expect({ number, findings: checkDocument(document, data).diagnostics }).toEqual({ number, findings: [] });
      const read = parseDocument(serializeDocument(document));
      expect(read.ok ? read.value.document : read.diagnostics).toEqual(document);
    }
  });

  it('that hold every node type of the catalogue, with every choice and both states of every switch', () => {
    const nodes = graphs.flatMap(({ document }) => document.nodes);
    for (const name of [...typesNamed('data'), ...typesNamed('layer'), ...typesNamed('target')]) {
      const own = nodes.filter(({ type }) => type === name);
      expect([name, own.length > 0]).toEqual([name, true]);
      for (const [parameter, declaration] of Object.entries(catalog.get(name)!.parameters)) {
        if (typesNamed('data').includes(name) || (declaration.kind !== 'switch' && declaration.kind !== 'choice')) continue;
        const drawn = new Set(own.map(({ parameters }) => parameters[parameter]));
        const options = declaration.kind === 'switch' ? [true, false] : declaration.options;
        // An activation is one of many; recurrent layers leave out those that would never settle.
        expect({ name, parameter, few: drawn.size < Math.min(options.length, 4) }).toEqual({ name, parameter, few: false });
      }
    }
  });

  it('that end in every target there is: a new one needs its ending in random-targets.ts', () => {
    expect([...targetEndings.keys()].toSorted()).toEqual(typesNamed('target').toSorted());
  });
});

// `npm run random-graphs -- --count 1000` takes many more.
it.each(range(0, 60))('random graph %i trains a step with finite gradients, and the engine agrees with float64 in both spellings of scan', (number) => {
  expect(agreementOf(randomGraph(number)).faults).toEqual([]);
});
