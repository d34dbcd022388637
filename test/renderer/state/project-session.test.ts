import { beforeEach, describe, expect, it } from 'vitest';
import { succeed } from '../../../core/diagnostics/result.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import type { OpenedProject, ProjectFacts, ProjectHandle, Saving } from '../../../electron/ipc/project-messages.ts';
import type { RunHandle } from '../../../electron/ipc/run-messages.ts';
import { editDocument, isUnsaved, useDocument } from '../../../renderer/state/document-store.ts';
import { answerClosing, askToClose, receiveFileChange, receiveProject, saveProject } from '../../../renderer/state/project-session.ts';
import { useQuestion, withdrawQuestion } from '../../../renderer/state/questions-store.ts';
import { receiveRunEvent, train, useRuns } from '../../../renderer/state/runs-store.ts';
import { always, standInForDesktop, type Answers, type UnrollDouble } from '../support/unroll-double.ts';
import { chain } from '../canvas/sample-document.ts';

const project: ProjectFacts = { handle: 'project-1' as ProjectHandle, title: 'chain', location: '/home/a/chain.unroll' };
const opened: OpenedProject = { project, document: chain(), unsaved: false, diagnostics: [] };
const run = 'run-1' as RunHandle;

function windowWith(answers: Answers): UnrollDouble {
  return standInForDesktop({ answerClose: always(null), closeProject: always(null), ...answers });
}

const saving = (answer: Saving) => windowWith({ saveProject: always(answer) });
const edit = () => editDocument([{ kind: 'set-parameter', node: nodeId('rnn'), parameter: 'units', value: 5 }]);
const names = (double: UnrollDouble) => double.asked.map(({ name, argument }) => (name === 'answerClose' ? `answerClose ${JSON.stringify(argument)}` : name));

beforeEach(() => {
  windowWith({});
  receiveProject(succeed(opened));
  withdrawQuestion();
});

describe('closing the window', () => {
  it('asks nothing where nothing is lost', async () => {
    const double = windowWith({});
    await askToClose('window');
    expect(names(double)).toEqual(['answerClose {"close":true,"discard":false}']);
  });
  it('asks about unsaved work, and saves it before it closes', async () => {
    edit();
    const double = saving({ kind: 'saved', project });
    await askToClose('window');
    expect(useQuestion.getState().question).toEqual({ kind: 'closing', closes: 'window', unsaved: true, training: false });
    await answerClosing('window', 'save');
    expect(names(double)).toEqual(['saveProject', 'answerClose {"close":true,"discard":false}']);
  });
  it('stays open where saving was dismissed', async () => {
    edit();
    const double = saving({ kind: 'dismissed' });
    await answerClosing('window', 'save');
    expect(names(double)).toEqual(['saveProject', 'answerClose {"close":false,"discard":false}']);
  });
  it('throws work away only when told to', async () => {
    edit();
    const double = windowWith({});
    await answerClosing('window', 'discard');
    expect(names(double)).toEqual(['answerClose {"close":true,"discard":true}']);
  });
  it('asks while a training is under way', async () => {
    // The chain's own split by time leaves no window: by series it can be trained.
    editDocument([{ kind: 'set-parameter', node: nodeId('window'), parameter: 'splitBy', value: 'series' }, { kind: 'set-parameter', node: nodeId('rnn'), parameter: 'returnSequences', value: false }]);
    expect(useDocument.getState().diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    windowWith({ startRun: () => new Promise(() => {}) });
    void train();
    receiveRunEvent({ project: project.handle, run, event: { kind: 'started', seed: 1, epochs: 1, stepsPerEpoch: 1, parameters: 1, finishedEpochs: 0, finishedSteps: 0 } });
    expect(useRuns.getState().state.kind).toBe('active');
    await askToClose('window');
    expect(useQuestion.getState().question).toMatchObject({ kind: 'closing', training: true });
  });
});

describe('saving', () => {
  it('makes the document the saved one', async () => {
    edit();
    saving({ kind: 'saved', project: { ...project, title: 'renamed' } });
    expect(await saveProject()).toBe(true);
    expect([isUnsaved(useDocument.getState()), useDocument.getState().project?.title]).toEqual([false, 'renamed']);
  });
  it('over a file that another program wrote is a question', async () => {
    edit();
    saving({ kind: 'changed-outside' });
    expect(await saveProject()).toBe(false);
    expect([useQuestion.getState().question?.kind, isUnsaved(useDocument.getState())]).toEqual(['changed-outside', true]);
  });
});

it('a file that another program changed or removed leaves what is shown unsaved, and asks', () => {
  receiveFileChange('changed');
  expect([useQuestion.getState().question, isUnsaved(useDocument.getState())]).toEqual([{ kind: 'changed-outside', unsaved: false }, true]);
  receiveFileChange('removed');
  expect(useQuestion.getState().question?.kind).toBe('removed-outside');
});

it('a graph with errors is not trained: the problems are shown', async () => {
  const double = windowWith({});
  editDocument([{ kind: 'remove-node', node: nodeId('forecast') }]);
  await train();
  expect([double.asked, useRuns.getState().state.kind]).toEqual([[], 'idle']);
});
