import { describe, expect, it } from 'vitest';
import type { GraphEdit } from '../../core/graph/edit.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { writeSmallProject } from './small-project.ts';
import { emptyFolder, unroll } from './unroll-command.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** The small project with another target in the forecast's place. */
function asks(type: string, parameters: Parameters = {}): readonly GraphEdit[] {
  return [
    { kind: 'remove-node', node: nodeId('forecast') },
    { kind: 'add-node', node: { id: nodeId('target'), type, label: 'target', parameters } },
    { kind: 'connect', wire: { id: wireId('asked'), from: { node: nodeId('dense'), port: 'outputs' }, to: { node: nodeId('target'), port: 'predictions' } } },
  ];
}

const set = (node: string, parameter: string, value: ParameterValue): GraphEdit => ({ kind: 'set-parameter', node: nodeId(node), parameter, value });

/** What lets the small project fill gaps. */
const imputes: readonly GraphEdit[] = [set('window', 'mask', true), set('rnn', 'returnSequences', true), set('dense', 'units', 1)];

async function check(edits: readonly GraphEdit[]): Promise<string> {
  const folder = await emptyFolder();
  const { code, output, errors } = await unroll(folder, 'check', await writeSmallProject(folder, ...edits));
  expect([code, output]).toEqual([1, '']);
  return errors;
}

describe('a target that does not fit is refused', () => {
  it.each<[string, readonly GraphEdit[], string]>([
    ['more values than classes', asks('classify'), 'error at target.predictions: target wants 2 values per series (one logit for each of 2 classes) but receives (batch, 4 feature) from dense: set units of dense to 2.\n' +
      '  mend: Set units of dense to 2\n'],
    ['a label that is not there', asks('classify', { label: 'slower wave' }), 'error at target.label: target: there is no label "slower wave" that names classes; there is "faster wave".\n  mend: Set label of target to "faster wave"\n'],
    ['a label that is no number', [...asks('regress', { labels: ['faster wave'] }), set('dense', 'units', 1)], 'error at target.labels: target: there is no label "faster wave" that is a number; there are "frequency 1", "frequency 2", "offset 1" and "offset 2".\n' +
      '  mend: Set labels of target to none\n'],
    ['a sequence', [...asks('regress'), set('rnn', 'returnSequences', true)], 'error at target.predictions: target receives (batch, 20 time, 4 feature) from dense and wants one vector per series, (batch, feature): ' +
      'set rnn to return its last step, or insert Global Average Pooling.\n  mend: Set rnn to return its last step\n  mend: Insert Global Average Pooling before target\n'],
    ['gaps that no window shows', [...asks('impute'), set('rnn', 'returnSequences', true), set('dense', 'units', 1)], 'error: target fills gaps, but the windows of window do not say where values are missing or hidden, and 0 is a value like any other: switch on the mask of window.\n' +
      '  mend: Set mask of window to true\n'],
    ['gaps that are filled before', [...asks('impute'), ...imputes, set('waves', 'source', 'csv'), set('waves', 'file', 'waves.csv'), set('waves', 'gaps', 'linear')], 'error: target fills gaps, but the gaps of waves are set to "linear", so that none would reach it: set them to "keep".\n' +
      '  mend: Set gaps of waves to "keep"\n'],
    ['one vector for all time steps', [...asks('impute'), ...imputes, set('rnn', 'returnSequences', false)], 'error at target.predictions: target receives (batch, 1 feature) from dense and wants one vector per time step: set rnn to return sequences.\n' +
      '  mend: Set rnn to return sequences\n'],
    ['more values than columns', [...asks('impute'), ...imputes, set('dense', 'units', 4)], 'error at target.predictions: target wants 1 value per time step (one for each of 1 column) but receives (batch, 20 time, 4 feature) from dense: set units of dense to 1.\n' +
      '  mend: Set units of dense to 1\n'],
    ['values hidden twice', [
      ...asks('impute'), ...imputes,
      { kind: 'add-node', node: { id: nodeId('second'), type: 'impute', label: 'second', parameters: {} } },
      { kind: 'connect', wire: { id: wireId('asked-2'), from: { node: nodeId('dense'), port: 'outputs' }, to: { node: nodeId('second'), port: 'predictions' } } },
    ], 'error: second hides values as target does, and all targets of a graph see the same windows: choose the columns of both in target, and remove second.\n  mend: Remove second\n'],
    ['nothing that counts', [set('forecast', 'weight', 0)], 'error: forecast has weight 0, so training has nothing to make small: give a target a weight above 0.\n  mend: Set weight of forecast to 1\n'],
    ['a second Window', [
      { kind: 'add-node', node: { id: nodeId('window-2'), type: 'window', label: 'window 2', parameters: { window: 20, splitBy: 'series' } } },
      { kind: 'add-node', node: { id: nodeId('flat'), type: 'flatten', label: 'flat', parameters: {} } },
      { kind: 'add-node', node: { id: nodeId('read'), type: 'dense', label: 'read', parameters: { units: 2 } } },
      { kind: 'add-node', node: { id: nodeId('target'), type: 'classify', label: 'target', parameters: {} } },
      ...([['waves', 'series', 'window-2', 'series'], ['window-2', 'windows', 'flat', 'inputs'], ['flat', 'outputs', 'read', 'inputs'], ['read', 'outputs', 'target', 'predictions']] as const).map(
        ([from, port, to, input], position): GraphEdit => ({ kind: 'connect', wire: { id: wireId(`more-${position}`), from: { node: nodeId(from), port }, to: { node: nodeId(to), port: input } } })),
    ], 'error: target ends what starts at window 2, other targets end what starts at window; a model learns from the samples of one Window: wire all from the same one, or keep the other in a project of its own.\n'],
  ])('%s', async (_, edits, errors) => {
    expect(await check(edits)).toBe(errors);
  });
});
