import { countOf, listOf, printCount, quote } from './phrases.ts';
import { text } from './text-table.ts';

/** What can be wrong with a file that is imported, and what of it is not taken over. */
export const importTexts = {
  // Refusals
  'import-not-archive': text<{ file: string; found: string }>(
    'error',
    ({ file, found }) => `${file} is no .keras file: ${found}. Save the model with Keras 3 (model.save("model.keras")) and import that.`,
  ),
  'import-archive-entry': text<{ file: string; entry: string; problem: string }>(
    'error',
    ({ file, entry, problem }) => `${file} is refused: its entry ${quote(entry)} ${problem}. Keras writes no such archive; save the model again.`,
  ),
  'import-too-much': text<{ file: string; what: string; found: number; limit: number; unit: string }>(
    'error',
    ({ file, what, found, limit, unit }) => `${file} is refused: ${what} ${printCount(found)} ${unit}, and at most ${printCount(limit)} are read.`,
  ),
  'import-value': text<{ file: string; path: string; expected: string; found: string }>(
    'error',
    ({ file, path, expected, found }) => `${file}, ${path}: expected ${expected}, found ${found}. Save the model again with Keras 3.`,
  ),
  'import-code': text<{ file: string; layer: string; code: string }>(
    'error',
    ({ file, layer, code }) => `${file} is refused: ${layer} is ${code}, code of its own that a file can only name. Unroll runs nothing that a file names: put layers of Keras in its place and save the model again.`,
  ),
  'import-inputs': text<{ file: string; problem: string }>(
    'error',
    ({ file, problem }) => `${file} cannot become a project: ${problem}. Unroll's models read one window of a series: (batch, time, feature).`,
  ),
  'import-weights': text<{ file: string; place: string; problem: string }>(
    'error',
    ({ file, place, problem }) => `${file} is refused: its weights at ${place} ${problem}. Save the model again with Keras 3.`,
  ),
  'import-weights-shape': text<{ file: string; place: string; weight: string; expected: string; found: string }>(
    'error',
    ({ file, place, weight, expected, found }) => `${file}: the ${weight} at ${place} was expected as ${expected}, found ${found}. The file's weights do not belong to its layers; save the model again.`,
  ),
  'import-name-unknown': text<{ found: string }>('error', ({ found }) => `Only .keras files (Keras 3) can be imported; found ${quote(found)}.`),
  'import-columns': text<{ file: string; found: readonly string[]; features: number }>(
    'error',
    ({ file, found, features }) =>
      `The model reads ${countOf(features, 'column')} and ${file} has ${found.length === 0 ? 'none that is numeric' : listOf(found.map((name) => quote(name)))}: choose ${features === 1 ? 'it' : `${features} of them, in the order in which the model reads them,`} with --columns.`,
  ),

  // What was not taken over
  'import-unknown-layers': text<{ layers: readonly string[] }>(
    'warning',
    ({ layers }) => `Unroll cannot compute ${listOf(layers)}: ${layers.length === 1 ? 'it stands' : 'they stand'} in the graph as unknown, with what the file says. Put layers in ${layers.length === 1 ? 'its' : 'their'} place; the weights of the others came along.`,
  ),
  'import-settings-left': text<{ label: string; settings: readonly string[] }>(
    'note',
    ({ label, settings }) => `${label}: ${listOf(settings)} ${settings.length === 1 ? 'is' : 'are'} not taken over. ${settings.length === 1 ? 'It changes' : 'They change'} how the layer is trained, not what it computes.`,
  ),
  'import-shared-layer': text<{ label: string; times: number }>(
    'note',
    ({ label, times }) => `${label} is used ${times} times with the same weights; here each use has a copy, which training lets go its own way.`,
  ),
  'import-compile-left': text<{ what: string }>('note', ({ what }) => `${what} is not taken over: choose one in the training settings or at the target.`),
  'import-series-open': text<{ label: string; window: number; features: number }>(
    'note',
    ({ label, window, features }) => `A Keras model says nothing of its data: choose ${label}'s file. The model reads windows of ${countOf(window, 'time step')} with ${countOf(features, 'column')}, scaled as it was trained.`,
  ),
  'import-window-open': text<{ window: number }>('note', ({ window }) => `The model reads windows of any length; ${window} was put in: set the one it was trained with.`),
  'import-horizon-guessed': text<{ label: string; outputs: number; horizon: number; columns: string }>(
    'note',
    ({ label, outputs, horizon, columns }) => `The model gives ${countOf(outputs, 'number')}; ${label} takes them as ${countOf(horizon, 'time step')} ahead of ${columns}. Set its horizon and columns where that is wrong.`,
  ),
  'import-stateful': text<{ layers: readonly string[]; window: number }>(
    'note',
    ({ layers, window }) => `${listOf(layers)} ${layers.length === 1 ? 'carries its' : 'carry their'} states from each window to the next: windows follow each other, with a stride of ${printCount(window)}, and states start at zero with every series and every epoch.`,
  ),
  'import-vector-input': text<{ features: number }>('note', ({ features }) => `The model reads ${countOf(features, 'number')} in a row; they are taken as a window of one column, written side by side by a Flatten.`),
  'import-project-differs': text<Record<never, never>>('note', () => 'The project inside the file does not describe its model any more, so the model was read as Keras says it.'),
  'import-notes': text<{ sentences: readonly string[]; more: number }>('note', ({ sentences, more }) => `${sentences.join(' ')}${more === 0 ? '' : ` ${countOf(more, 'more note')}: unroll import prints all.`}`),
  'imported-run': text<{ run: string }>('note', ({ run }) => `The weights came along as the run ${run}: judge, export or train on from it. A training that is simply started draws fresh weights.`),
} as const;
