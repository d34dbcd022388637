import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { sampleDocument } from './sample-document.ts';

function read(content: string): GraphDocument {
  const result = parseDocument(content);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  return result.value.document;
}

describe('a project file', () => {
  it('reads like this', () => {
    expect(serializeDocument(sampleDocument)).toBe(`{
  "format": "unroll-project",
  "version": 2,
  "name": "Sample",
  "nodes": [
    {
      "id": "series-1",
      "type": "series",
      "label": "Weather",
      "parameters": {
        "columns": ["max", "min"],
        "file": "weather.csv",
        "source": "csv"
      }
    },
    {
      "id": "window-1",
      "type": "window",
      "label": "Window 1",
      "parameters": {
        "stride": 1,
        "window": 50
      }
    }
  ],
  "wires": [
    { "id": "wire-1", "from": { "node": "series-1", "port": "series" }, "to": { "node": "window-1", "port": "series" } }
  ],
  "definitions": [
    {
      "name": "Minimal gated unit",
      "inputs": ["x", "state"],
      "outputs": ["state"],
      "nodes": [
        {
          "id": "add-1",
          "type": "add",
          "label": "Add",
          "parameters": {}
        }
      ],
      "wires": []
    }
  ],
  "data": [
    { "node": "series-1", "file": "weather.csv", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  ],
  "training": {
    "epochs": 20,
    "batchSize": 32,
    "seed": 1,
    "optimizer": {
      "kind": "adam",
      "learningRate": 0.001,
      "beta1": 0.9,
      "beta2": 0.999,
      "epsilon": 1e-7,
      "amsgrad": false
    },
    "schedule": {
      "kind": "constant"
    },
    "clipping": null,
    "weightAveraging": null,
    "earlyStoppingPatience": 5
  },
  "layout": {
    "series-1": { "x": 0, "y": 0 },
    "window-1": { "x": 240, "y": -8 }
  }
}
`);
  });

  it('gives back, for any document, the document that was written', () => {
    fc.assert(fc.property(arbitraryDocument, (document) => {
      expect(read(serializeDocument(document))).toEqual(document);
    }));
  });

  it('is the same text after reading and writing it again, for any document', () => {
    fc.assert(fc.property(arbitraryDocument, (document) => {
      const content = serializeDocument(document);
      expect(serializeDocument(read(content))).toBe(content);
    }));
  });

  it('is JSON, for any document', () => {
    fc.assert(fc.property(arbitraryDocument, (document) => {
      expect(JSON.parse(serializeDocument(document))).toEqual({ format: 'unroll-project', version: 2, ...document });
    }));
  });

  it('does not depend on the order in which parameters were set or nodes were moved', () => {
    const reversed: GraphDocument = {
      ...sampleDocument,
      nodes: sampleDocument.nodes.map((node) => ({ ...node, parameters: Object.fromEntries(Object.entries(node.parameters).reverse()) })),
      layout: Object.fromEntries(Object.entries(sampleDocument.layout).reverse()),
    };
    expect(serializeDocument(reversed)).toBe(serializeDocument(sampleDocument));
  });
});
