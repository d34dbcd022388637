import { beforeEach, describe, expect, it } from 'vitest';
import { nodeId } from '../../../core/graph/identifiers.ts';
import type { ProjectFacts, ProjectHandle } from '../../../electron/ipc/project-messages.ts';
import { currentDocument, editDocument, endEdit, isUnsaved, markSaved, redoEdit, setDataReading, showProject, undoEdit, useDocument } from '../../../renderer/state/document-store.ts';
import { selectNodes, useSelection } from '../../../renderer/state/selection-store.ts';
import { chain } from '../canvas/sample-document.ts';

const project: ProjectFacts = { handle: 'project-1' as ProjectHandle, title: 'chain', location: null };
const rnn = nodeId('rnn');
const setUnits = (value: number) => editDocument([{ kind: 'set-parameter', node: rnn, parameter: 'units', value }], 'rnn units');
const units = () => currentDocument().nodes.find((node) => node.id === rnn)?.parameters['units'];

beforeEach(() => showProject({ project, document: chain(), unsaved: false, diagnostics: [] }));

describe('an edit', () => {
  it('brings the shapes and the diagnostics of the same moment with it', () => {
    setUnits(0);
    expect(useDocument.getState().diagnostics.map(({ code }) => code)).toContain('parameter-value');
    setUnits(7);
    expect(useDocument.getState().survey.propagation.facts.get(rnn)?.outputs['outputs']).toMatchObject({ shape: [{ name: 'batch' }, { name: 'time' }, { name: 'feature', size: { value: 7 } }] });
  });
  it('that only moves a node checks nothing again', () => {
    const { survey } = useDocument.getState();
    editDocument([{ kind: 'move-node', node: rnn, position: { x: 8, y: 8 } }]);
    expect(useDocument.getState().survey).toBe(survey);
  });
  it('of several parts is undone and redone as one', () => {
    editDocument([{ kind: 'remove-node', node: rnn }, { kind: 'set-training', training: { epochs: 3 } }]);
    undoEdit();
    expect(currentDocument()).toEqual(chain());
    redoEdit();
    expect([currentDocument().nodes.length, currentDocument().training.epochs]).toEqual([4, 3]);
  });
  it('typed into one field is one step until the field is left', () => {
    setUnits(1);
    setUnits(12);
    endEdit();
    setUnits(123);
    undoEdit();
    expect(units()).toBe(12);
    undoEdit();
    expect(units()).toBe(20);
  });
});

describe('unsaved work', () => {
  it('is an edit that the file does not have; undoing it is being saved again', () => {
    expect(isUnsaved(useDocument.getState())).toBe(false);
    setUnits(3);
    expect(isUnsaved(useDocument.getState())).toBe(true);
    undoEdit();
    expect(isUnsaved(useDocument.getState())).toBe(false);
  });
  it('is left where an edit was made while the file was being written', () => {
    setUnits(3);
    const written = currentDocument();
    endEdit();
    setUnits(4);
    markSaved(project, written);
    expect(isUnsaved(useDocument.getState())).toBe(true);
    undoEdit();
    expect(isUnsaved(useDocument.getState())).toBe(false);
  });
});

it('what reading the data shows enters the shapes', () => {
  editDocument([{ kind: 'set-parameter', node: nodeId('series'), parameter: 'source', value: 'csv' }, { kind: 'set-parameter', node: nodeId('series'), parameter: 'file', value: 'a.csv' }]);
  setDataReading({ facts: { [nodeId('series')]: { columns: ['high', 'low'], seriesCount: 1, steps: 900 } }, diagnostics: [] });
  expect(useDocument.getState().survey.propagation.facts.get(nodeId('window'))?.outputs['windows']).toMatchObject({ shape: [{}, {}, { size: { value: 2 } }] });
});

it('what is removed is no longer selected', () => {
  selectNodes([rnn, nodeId('dense')]);
  editDocument([{ kind: 'remove-node', node: rnn }]);
  expect([...useSelection.getState().nodes]).toEqual(['dense']);
});
