import { countOf, listOf, printCount, quote } from './phrases.ts';
import { text } from './text-table.ts';

interface FileFacts {
  readonly file: string;
  /** read, written, listed, created or removed. */
  readonly action: string;
}

function inBytes(bytes: number): string {
  return bytes >= 1 << 20 ? `${Math.floor(bytes / (1 << 20))} MB` : bytes >= 1 << 10 ? `${Math.floor(bytes / (1 << 10))} kB` : `${bytes} bytes`;
}

/** What can be wrong with a run: training, evaluation, prediction, export, the command line. */
export const runTexts = {
  // Files
  'file-missing': text<{ file: string }>('error', ({ file }) => `${file} does not exist. Check the name and the folder.`),
  'folder-missing': text<FileFacts>('error', ({ file, action }) => `${file} could not be ${action}: its folder does not exist. Make the folder first.`),
  'file-no-permission': text<FileFacts>(
    'error',
    ({ file, action }) => `${file} could not be ${action}: permission denied. Change the permissions of the file or its folder, or choose another place.`,
  ),
  'file-system-read-only': text<FileFacts>(
    'error',
    ({ file, action }) => `${file} could not be ${action}: the disk is read-only. Choose a place on another disk.`,
  ),
  'disk-full': text<FileFacts>(
    'error',
    ({ file, action }) => `${file} could not be ${action}: the disk is full. Free some space and try again; what the file held before is untouched.`,
  ),
  'file-is-folder': text<FileFacts>('error', ({ file, action }) => `${file} could not be ${action}: it is a folder, a file was expected. Name a file.`),
  'folder-is-file': text<FileFacts>(
    'error',
    ({ file, action }) => `${file} could not be ${action}: a file stands where a folder was expected. Choose another name.`,
  ),
  'file-too-large': text<{ file: string; limit: number }>(
    'error',
    ({ file, limit }) => `${file} is larger than ${inBytes(limit)}, the most that is read. Was another file meant?`,
  ),
  'file-failed': text<FileFacts & { reason: string }>('error', ({ file, action, reason }) => `${file} could not be ${action}: ${reason}. Try again.`),

  // Run directories
  'run-directory-not-empty': text<{ directory: string }>(
    'error',
    ({ directory }) => `${directory} is not empty: a run is written to a new or an empty folder. Name another one.`,
  ),
  'run-missing': text<{ directory: string }>(
    'error',
    ({ directory }) => `${directory} is not a run: it holds no run.json. Name the folder that the training wrote.`,
  ),
  'run-file-value': text<{ file: string; path: string; problem: string }>(
    'error',
    ({ file, path, problem }) => `${file} is not a run record of this version, at ${path}: ${problem}. Train again.`,
  ),
  'weights-file-damaged': text<{ file: string; reason: string }>(
    'error',
    ({ file, reason }) => `${file} is damaged: ${reason}. Bring it back from a copy, or train again.`,
  ),
  'weights-do-not-fit': text<{ file: string; weight: string; expected: string; found: string }>(
    'error',
    ({ file, weight, expected, found }) =>
      `${file} does not belong to the run's project: ${weight} was expected as ${expected}, found ${found}. Bring both back from one copy, or train again.`,
  ),
  'run-without-weights': text<{ directory: string }>(
    'error',
    ({ directory }) => `${directory} has no weights yet: its training ended before they were written. Resume it, or train again.`,
  ),
  'checkpoint-missing': text<{ directory: string }>(
    'error',
    ({ directory }) => `${directory} cannot be resumed: it holds no checkpoint. Train again.`,
  ),
  'nothing-to-resume': text<{ directory: string; epochs: number }>(
    'error',
    ({ directory, epochs }) => `${directory} has nothing to resume: its ${epochs} epochs are trained. To train on, ask for more epochs.`,
  ),
  'stopped-early-before': text<{ directory: string; epochs: number; patience: number }>(
    'error',
    ({ directory, epochs, patience }) =>
      `${directory} has nothing to resume: it stopped after ${epochs} epochs because ${patience} epochs brought no better loss. Train anew with more patience.`,
  ),

  'nothing-to-start-from': text<{ directory: string }>(
    'error',
    ({ directory }) => `No weight of ${directory} fits this project: layers take the weights that stand under their own id, in their own shape. Name a run of this project, or start afresh.`,
  ),
  'started-partly': text<{ directory: string; fresh: readonly string[] }>(
    'warning',
    ({ directory, fresh }) => `${directory} has no weights that fit ${listOf(fresh.slice(0, 12))}${fresh.length > 12 ? ` and ${fresh.length - 12} more` : ''}: these start afresh, all others with the run's.`,
  ),
  'resumed-elsewhere': text<{ directory: string; before: string; now: string }>(
    'warning',
    ({ directory, before, now }) =>
      `${directory} was trained on ${before} and goes on with ${now}: the last bits of its weights may differ from those of a run that was never stopped.`,
  ),

  'scans-without-kernel': text<{ reason: string }>(
    'warning',
    ({ reason }) => `Recurrent layers run on TensorFlow's own operations here, several times slower and no different: ${reason}.`,
  ),
  'scan-outside-kernel': text<{ reason: string }>(
    'warning',
    ({ reason }) => `This recurrence runs on TensorFlow's own operations, several times slower and no different: ${reason}.`,
  ),

  // Data of a run
  'data-changed': text<{ node: string; file: string }>(
    'warning',
    ({ node, file }) => `${node}: the data changed: evaluate again or retrain. ${file} no longer holds what it held when it was last used.`,
  ),
  'part-without-windows': text<{ part: string }>(
    'error',
    ({ part }) => `The ${part} part holds no window to judge by. Give it a larger share in the Window node, or bring more data.`,
  ),
  'no-validation-windows': text<Record<never, never>>(
    'warning',
    () => 'The validation part holds no window: the weights with the lowest training loss are kept, and nothing says how well they forecast. Give validation a share.',
  ),

  // Training
  'batch-larger-than-data': text<{ batchSize: number; windows: number }>(
    'warning',
    ({ batchSize, windows }) =>
      `A batch of ${printCount(batchSize)} windows was asked for, but the training part holds ${countOf(windows, 'window')}: every step takes all of them, one step an epoch. Make the batch smaller, or train for more epochs.`,
  ),
  'loss-not-finite': text<{ what: string; value: string; step: number; epoch: number; learningRate: number; kept: string }>(
    'error',
    ({ what, value, step, epoch, learningRate, kept }) =>
      `The ${what} became ${value} at step ${step} (epoch ${epoch}), so training stopped; ${kept}. ` +
      `Lower the learning rate (now ${printCount(learningRate)}), or clip the gradient's norm.`,
  ),
  'training-diverged': text<{ from: string; to: string; step: number; epoch: number; learningRate: number; kept: string }>(
    'error',
    ({ from, to, step, epoch, learningRate, kept }) =>
      `The loss grew from ${from} to ${to} at step ${step} (epoch ${epoch}), more than a million times, so training stopped; ${kept}. ` +
      `Lower the learning rate (now ${printCount(learningRate)}).`,
  ),
  'rate-search-stopped': text<Record<never, never>>('note', () => 'The search for a learning rate was stopped; nothing was changed.'),
  'no-rate-found': text<Record<never, never>>(
    'warning',
    () => 'The loss fell at none of the learning rates that were tried, so none can be suggested. Look at the data and the scale of the target, or try another optimiser.',
  ),
  'engine-failed': text<{ step: number; reason: string }>(
    'error',
    ({ step, reason }) => `TensorFlow failed at step ${step}: ${reason}. What was trained before is kept; resume the run, with a smaller batch or model where memory ran out.`,
  ),
  'engine-call-failed': text<{ during: string; reason: string }>('error', ({ during, reason }) => `TensorFlow failed (${during}): ${reason}`),
  'engine-unavailable': text<{ reason: string }>('error', ({ reason }) => `TensorFlow could not be started: ${reason}`),
  'checkpoint-not-written': text<{ reason: string }>('warning', ({ reason }) => `Training goes on, but its state could not be saved: ${reason}`),

  // Forecasting
  'prediction-column-missing': text<{ file: string; column: string; found: readonly string[] }>(
    'error',
    ({ file, column, found }) =>
      `${file} has no column "${column}", which the run was trained on; its numeric columns are ${found.map((name) => `"${name}"`).join(', ')}. Rename or add the column.`,
  ),
  'prediction-too-short': text<{ file: string; rows: number; window: number }>(
    'error',
    ({ file, rows, window }) => `${file} holds ${rows} rows; a forecast of this run reads the last ${window}. Bring at least ${window} rows.`,
  ),
  'prediction-dates-end': text<{ file: string; rows: number }>(
    'error',
    ({ file, rows }) =>
      `${file} has ${countOf(rows, 'row')}, so nobody knows how its dates go on, and the model reads month or day of the week of the time steps that it tells one by one. Give it at least 2 rows.`,
  ),
  'nothing-to-draw': text<{ directory: string }>(
    'error',
    ({ directory }) =>
      `The model of ${directory} has no dropout that is on, so every draw of a forecast would be the same. Insert a Dropout before the last layer, or set the dropout of a recurrent layer, above 0 (the template monte-carlo-dropout shows it), and train again.`,
  ),
  'nothing-to-forecast': text<{ directory: string; targets: readonly string[] }>(
    'error',
    ({ directory, targets }) =>
      `Draws with dropout are made of forecasts, and the model of ${directory} makes none: it ends in ${listOf(targets)}. Leave the samples out.`,
  ),
  'prediction-gap': text<{ file: string; window: number }>(
    'error',
    ({ file, window }) => `${file} has missing values in every window of ${window} rows that was asked for, so nothing can be forecast. Fill them, or set how gaps are filled.`,
  ),

  // Export
  'export-inexpressible': text<{ format: string; label: string; reason: string; others: readonly string[] }>(
    'error',
    ({ format, label, reason, others }) =>
      `${label} cannot be exported as ${format}: ${reason}. ${others.length === 0 ? 'No format can say this model yet.' : `The whole model can leave as ${listOf(others, 'or')}.`}`,
  ),
  'export-scaler-outside': text<{ format: string; others: readonly string[] }>(
    'error',
    ({ format, others }) => `A ${format} export cannot scale by itself: its caller scales, as its card says. With the scaler inside a model can leave as ${listOf(others, 'or')}.`,
  ),
  'export-scaler-columns-alone': text<Readonly<Record<never, never>>>(
    'error',
    () => 'With the scaler inside, an export reads columns in their own unit, and nothing else: the windows of this model hold a mask, labels or categories as well. Export it with the scaler outside; its card says how each is given.',
  ),
  'export-differs': text<{ format: string; difference: string; allowed: string; runtime: string }>(
    'error',
    ({ format, difference, allowed, runtime }) =>
      `The ${format} export does not say what the model says: in ${runtime} its predictions differ by ${difference}, and at most ${allowed} is allowed. Nothing was kept; --allow-unverified keeps it all the same.`,
  ),
  'export-unproven': text<{ format: string; reason: string }>(
    'error',
    ({ format, reason }) => `The ${format} export could not be proven, and --verify asks for it: ${reason}. Nothing was kept.`,
  ),
  'export-check-failed': text<{ format: string; runtime: string; reason: string }>(
    'error',
    ({ format, runtime, reason }) => `${runtime} could not load or run the ${format} export: ${reason}. Nothing was kept; --allow-unverified keeps it all the same.`,
  ),

  // The command line
  defect: text<{ message: string }>('error', ({ message }) => `Unroll itself is at fault: ${message}. Please report it with the lines on standard error.`),
  'wrong-usage': text<{ problem: string; command: string | undefined }>('error', ({ problem, command }) => `${problem} See unroll ${command === undefined ? '' : `${command} `}--help.`),
  'unknown-template': text<{ name: string; known: readonly string[]; nearest: string | undefined }>(
    'error',
    ({ name, known, nearest }) => `There is no template ${quote(name)}; there are ${listOf(known)}.${meant(nearest)}`,
  ),
  'other-file-exists': text<{ file: string; needed: string }>(
    'error',
    ({ file, needed }) => `${file} exists and is not the ${needed} that the template reads, and nothing is overwritten. Choose another folder, or move this file away.`,
  ),
  'name-not-portable': text<{ name: string; problem: string }>(
    'warning',
    ({ name, problem }) => `Windows does not take the name ${quote(name)}: ${problem}. It was kept; name it otherwise before you pass it on.`,
  ),
  'output-not-empty': text<{ path: string }>(
    'error',
    ({ path }) => `${path} exists and is not empty, and nothing is overwritten. Name another one.`,
  ),
  'picture-kind': text<{ out: string }>('error', ({ out }) => `${quote(out)} says neither .svg nor .png: end its name with one of them, .svg for a paper, .png for everything else.`),
  'picture-without-fonts': text('error', () => 'This machine has no font that a PNG picture could be written with, so nothing was written. Install one (on Debian: fonts-dejavu-core), or draw an .svg, which brings its words as words.'),
  'option-unknown-node': text<{ option: string; name: string; nodes: readonly string[]; nearest: string | undefined }>(
    'error',
    ({ option, name, nodes, nearest }) => `${option} names no node of the project: ${quote(name)}; the nodes are ${listOf(nodes)}.${meant(nearest)}`,
  ),
  'option-ambiguous-node': text<{ option: string; name: string; ids: readonly string[] }>(
    'error',
    ({ option, name, ids }) => `${option}: ${ids.length} nodes are called ${quote(name)}. Name one by its id: ${listOf(ids, 'or')}.`,
  ),
  'set-syntax': text<{ found: string }>('error', ({ found }) => `--set expects NODE.PARAMETER=VALUE, such as lstm-1.units=32; found ${quote(found)}.`),
  'set-unknown-parameter': text<{ label: string; parameter: string; declared: readonly string[]; nearest: string | undefined }>(
    'error',
    ({ label, parameter, declared, nearest }) => `${label} has no parameter ${quote(parameter)}; it has ${declared.length === 0 ? 'none' : listOf(declared)}.${meant(nearest)}`,
  ),
  'data-syntax': text<{ found: string }>('error', ({ found }) => `--data expects NODE=FILE.csv, such as series-1=weather.csv; found ${quote(found)}.`),
  'data-not-series': text<{ label: string; series: readonly string[] }>(
    'error',
    ({ label, series }) =>
      `--data: ${label} reads no file; only Series nodes do. ${series.length === 0 ? 'The project has none.' : `The project has ${listOf(series)}.`}`,
  ),
  'stopped-before-training': text<Record<never, never>>('note', () => 'Stopped before the first step: nothing was written.'),
  'project-changed-since-run': text<{ file: string; directory: string }>(
    'warning',
    ({ file, directory }) => `${file} has changed since ${directory} was trained. The run goes on with the project as it was then.`,
  ),
} as const;

function meant(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${quote(nearest)}?`;
}
