import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../core/document/parse-document.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { eventChannel } from '../../electron/ipc/channels.ts';
import { eventNames, requestNames } from '../../electron/ipc/channel-names.ts';
import { requests } from '../../electron/ipc/contract.ts';
import { sampleDocument } from '../core/document/sample-document.ts';

describe('the contract', () => {
  test('has one row for every name', () => {
    expect(Object.keys(requests).sort()).toEqual([...requestNames].sort());
    expect(new Set([...requestNames, ...eventNames]).size).toBe(requestNames.length + eventNames.length);
  });

  test('has no channel for an event that it does not name', () => {
    expect(() => eventChannel('anything' as never)).toThrow('There is no event "anything".');
  });

  test('gives a document to the main process as a project file would', () => {
    const given = { project: 'project-1f', document: structuredClone(sampleDocument) };
    const parsed = requests.keepDraft.parser.parse(given);
    const read = parseDocument(serializeDocument(sampleDocument));
    expect(read.ok && parsed.document).toEqual(read.ok && read.value.document);
  });

  test.each([
    ['newProject', { template: '../secret' }],
    ['newProject', { template: null, path: '/secret' }],
    ['startUp', {}],
    ['openRecent', { recent: '/home/someone/a.unroll' }],
    ['saveProject', { project: 'project-1f', document: { name: 'a' }, as: false, overwrite: false }],
    ['changePreferences', { theme: 'pink' }],
    ['readSeries', { project: 'project-1f', document: sampleDocument, node: 'series-1', series: -1, range: null, points: 100 }],
    ['exportRun', { run: 'run-1f', format: 'exe', scaler: 'outside', keepUnverified: false }],
    ['exportRun', { run: 'run-1f', format: 'keras', scaler: 'outside', keepUnverified: false, out: '/secret' }],
    ['exportRun', { run: 'run-1f', format: 'onnx', scaler: 'elsewhere', keepUnverified: false }],
    ['editText', { command: 'executeJavaScript' }],
  ] as const)('refuses %s with %j', (name, argument) => expect(requests[name].parser.safeParse(argument).success).toBe(false));
});
