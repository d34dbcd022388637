import { describe, expect, it } from 'vitest';
import { documentLimits } from '../../../core/document/limits.ts';
import type { JsonObject } from '../../../core/document/migrations.ts';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import type { Diagnostic } from '../../../core/diagnostics/diagnostic.ts';
import { valueAt } from '../../../core/document/value-path.ts';
import { defaultOptimizers } from '../../../core/graph/training-defaults.ts';
import { sampleDocument } from './sample-document.ts';

const content = serializeDocument(sampleDocument);

function refuse(text: string): readonly Diagnostic[] {
  const result = parseDocument(text);
  expect(result.ok, 'the file was read').toBe(false);
  return result.ok ? [] : result.diagnostics;
}

function messages(text: string): readonly string[] {
  return refuse(text).map((diagnostic) => diagnostic.message);
}

type Change = readonly [path: readonly (string | number)[], value: unknown];

/** The sample file with other values at some paths; undefined takes the member away. */
function changed(...changes: readonly Change[]): string {
  const project: unknown = JSON.parse(content);
  for (const [path, value] of changes) {
    const parent = valueAt(project, path.slice(0, -1)) as Record<string | number, unknown>;
    parent[path.at(-1)!] = value;
  }
  return JSON.stringify(project);
}

describe('a file that is not a project', () => {
  it.each([
    ['', 'The project file is empty. Start a new one with: unroll new TEMPLATE.'],
    ['hello\nworld', 'This is not an Unroll project: expected a JSON document with "format": "unroll-project", found a file that begins with "hello".'],
    ['[1, 2]', 'This is not an Unroll project: expected a JSON document with "format": "unroll-project", found a list of 2 items.'],
    ['{"nodes": []}', 'This is not an Unroll project: expected a JSON document with "format": "unroll-project", found a JSON document without "format".'],
    ['{"format": "drawing"}', 'This is not an Unroll project: expected a JSON document with "format": "unroll-project", found "format": "drawing".'],
  ])('%j is refused', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  it('is refused by its size alone, before it is parsed', () => {
    const text = `{"format": "unroll-project", "name": "${'x'.repeat(documentLimits.characters)}`;
    expect(messages(text)).toEqual([
      'The project file holds 8,388,646 characters; at most 8,388,608 are read. ' +
        'A project holds the drawing only: data belongs in a file of its own that a Series node names.',
    ]);
  });

  it('is refused when a newer Unroll made it', () => {
    expect(messages(changed([['version'], 3]))).toEqual([
      'This project was made by a newer Unroll (format 3; this one reads up to 2). Update Unroll to open it; the file is left as it is.',
    ]);
  });

  it.each([0, 1.5, '1', null])('is refused when its version is %j', (version) => {
    expect(messages(changed([['version'], version]))).toEqual([
      `version: expected a whole number from 1 to 2, found ${JSON.stringify(version)}.`,
    ]);
  });
});

describe('a file that is not JSON', () => {
  it('is said to be cut off, with the place', () => {
    const lines = content.split('\n').slice(0, 12);
    expect(messages(lines.join('\n'))).toEqual([
      'The project file ends too early, at line 12, column 31: expected a member name in double quotes, found the end of the file. ' +
        'It was cut off: bring it back from a copy.',
    ]);
  });

  it('is said to be cut off wherever the cut is', () => {
    for (let length = 1; length < content.trimEnd().length; length += 1) {
      expect(refuse(content.slice(0, length)).map((diagnostic) => diagnostic.code)).toEqual(['project-truncated']);
    }
  });

  it('is refused with line, column, expected and found', () => {
    expect(messages('{\n  "format": "unroll-project",\n  "version": 1,\n  name: "x"\n}')).toEqual([
      'The project file is not valid JSON at line 4, column 3: expected a member name in double quotes, found name.',
    ]);
  });
});

describe('a wrong value', () => {
  it.each<[string, readonly Change[], string]>([
    ['of the wrong kind', [[['nodes', 1, 'parameters', 'window'], {}]],
      'nodes[1].parameters.window: expected a text, a finite number, true, false, null, or a list of texts and numbers, found an object.'],
    ['out of range', [[['training', 'epochs'], 0]],
      'training.epochs: expected a whole number from 1 to 1,000,000, found 0.'],
    ['of an unknown kind', [[['training', 'optimizer', 'kind'], 'adma']],
      'training.optimizer.kind: expected "sgd", "rmsprop", "adam" or "adamw", found "adma".'],
    ['that is missing', [[['nodes', 0, 'label'], undefined]],
      'nodes[0].label is missing: expected a text of 1 to 200 characters.'],
    ['that is no id', [[['nodes', 0, 'id'], 'a b']],
      'nodes[0].id: expected an id of 1 to 64 letters, digits, "-" and "_", found "a b".'],
    ['under a name that no parameter can have', [[['nodes', 0, 'parameters', 'a-b'], 1]],
      'nodes[0].parameters["a-b"]: expected a parameter name of 1 to 64 letters and digits, found the name "a-b".'],
    ['under an unknown name', [[['training', 'epoch'], 3]],
      'training.epoch is not a member that Unroll knows here; known are epochs, batchSize, seed, optimizer, schedule, clipping, weightAveraging, earlyStoppingPatience. Did you mean "epochs"?'],
    ['for an id that is used twice', [[['nodes', 1, 'id'], 'series-1'], [['wires'], []], [['layout'], {}]],
      'nodes[1].id: the id "series-1" is already used by nodes[0]; every id is used once.'],
    ['for a node that is not there', [[['wires', 0, 'to', 'node'], 'windw-1']],
      'wires[0].to.node: there is no node with the id "windw-1". Did you mean "window-1"?'],
    ['for the place of a node that is not there', [[['layout', 'lstm-9'], { x: 1, y: 1 }]],
      'layout["lstm-9"]: there is no node with the id "lstm-9".'],
  ])('%s is refused with its path', (_, changes, message) => {
    expect(messages(changed(...changes))).toEqual([message]);
  });

  it('carries its path as data too', () => {
    const [diagnostic] = refuse(changed([['nodes', 1, 'parameters', 'window'], {}]));
    expect(diagnostic?.where).toEqual({ kind: 'value', path: ['nodes', 1, 'parameters', 'window'] });
  });

  it('is not a number too large for a computer', () => {
    const text = content.replace('"window": 50', '"window": 1e999');
    expect(messages(text)).toEqual([
      'nodes[1].parameters.window: expected a text, a finite number, true, false, null, or a list of texts and numbers, found Infinity.',
    ]);
  });

  it('is not listed more than twenty times', () => {
    const listed = messages(changed([['wires'], Array.from({ length: 100 }, () => 7)]));
    expect(listed).toHaveLength(21);
    expect(listed.at(-1)).toBe('80 more errors of this kind; mend the first ones and look again.');
  });
});

describe('too many entries', () => {
  it.each<[string, readonly Change[], string]>([
    ['nodes', [[['nodes'], Array.from({ length: 2001 }, () => 0)]], 'nodes holds 2,001 entries; at most 2,000 are read.'],
    ['wires', [[['wires'], Array.from({ length: 8001 }, () => 0)]], 'wires holds 8,001 entries; at most 8,000 are read.'],
    ['parameters', [[['nodes', 0, 'parameters'], Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, 0]))]],
      'nodes[0].parameters holds 101 entries; at most 100 are read.'],
    ['columns', [[['nodes', 0, 'parameters', 'columns'], Array.from({ length: 2001 }, () => 'a')]],
      'nodes[0].parameters.columns holds 2,001 entries; at most 2,000 are read.'],
  ])('of %s are refused before they are looked at', (_, changes, message) => {
    expect(messages(changed(...changes))).toEqual([message]);
  });
});

describe('a file of an older format', () => {
  const migrations = [
    { from: 2, change: 'titles are names', migrate: ({ title, ...rest }: JsonObject) => ({ ...rest, name: `${title as string}!` }) },
    { from: 1, change: 'headings are titles', migrate: ({ heading, ...rest }: JsonObject) => ({ ...rest, title: `${heading as string}?` }) },
  ];
  const old = changed([['version'], 1], [['heading'], 'Sample'], [['name'], undefined]);

  it('is brought to the newest one, a version at a time in the order of their numbers, and says so', () => {
    const result = parseDocument(old, { newest: 3, migrations });
    expect(result.ok && result.value.document).toEqual({ ...sampleDocument, name: 'Sample?!' });
    expect(result.ok && result.value.notes.map((note) => [note.severity, note.message])).toEqual([
      ['note', 'The project was in format 1 and was brought to format 3: headings are titles; titles are names. Saving writes the new format.'],
    ]);
  });

  it.each([
    [null, null],
    [0.5, { kind: 'global-norm', limit: 0.5 }],
  ])('of format 1 with gradients clipped to the norm %j has %j as its clipping, and a constant rate', (clipGlobalNorm, clipping) => {
    const { schedule: _, clipping: __, weightAveraging: ___, ...training } = sampleDocument.training;
    const { amsgrad: ____, ...optimizer } = defaultOptimizers.adam;
    const result = parseDocument(changed([['version'], 1], [['training'], { ...training, optimizer, clipGlobalNorm }]));
    expect(result.ok && result.value.document).toEqual({ ...sampleDocument, training: { ...sampleDocument.training, clipping } });
    expect(result.ok && result.value.notes.map((note) => note.message)).toEqual([
      "The project was in format 1 and was brought to format 2: the training settings tell the learning rate's schedule, how gradients are clipped, and whether weights are averaged. Saving writes the new format.",
    ]);
  });

  it('of format 1 is refused by the path of its bad value, as any other', () => {
    expect(messages(changed([['version'], 1], [['training'], 7]))).toEqual(['training: expected the training settings: an object, found 7.']);
  });

  it('needs every step of the way', () => {
    expect(() => parseDocument(old, { newest: 4, migrations })).toThrow('Expected one migration from project format 3, found 0.');
  });

  it('has nothing to say when it is of the newest one', () => {
    const result = parseDocument(content);
    expect(result.ok && result.value.notes).toEqual([]);
  });
});
