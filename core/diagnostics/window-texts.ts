import { countOf, quote } from './phrases.ts';
import { text } from './text-table.ts';

/** What the app's window says of files, data, engine and itself. */
export const windowTexts = {
  // The window and the main process
  'request-refused': text<{ request: string; problem: string }>(
    'error',
    ({ request, problem }) => `Unroll refused a request of its own window (${request}: ${problem}). Please report this; your work is untouched.`,
  ),
  'request-failed': text<{ request: string; reason: string }>(
    'error',
    ({ request, reason }) => `Something went wrong inside Unroll (${request}: ${reason}). Please report this; your work is untouched.`,
  ),
  'handle-unknown': text<{ thing: string }>('error', ({ thing }) => `This ${thing} is no longer there. Open it again.`),

  // Project files
  'project-changed-outside': text<{ file: string }>(
    'warning',
    ({ file }) => `${file} was changed by another program since it was opened. Save over it, save under another name, or read it again.`,
  ),
  'project-open-elsewhere': text<{ file: string }>('error', ({ file }) => `${file} is open in another window. Save under another name, or close that window first.`),
  'draft-recovered': text<{ title: string }>('note', ({ title }) => `${title} was brought back with its unsaved changes. Save it to keep them.`),
  'draft-damaged': text<{ file: string }>('error', ({ file }) => `The unsaved work in ${file} cannot be read: the file is damaged.`),
  'recent-missing': text<{ file: string }>('error', ({ file }) => `${file} is no longer there. It was taken off the list of recent projects.`),
  'save-first': text<Record<never, never>>('error', () => 'The command needs a project file. Save the project first.'),

  // Drops and data
  'drop-nothing': text<Record<never, never>>('error', () => 'Nothing that Unroll can open was dropped. Drop one CSV file, one project (*.unroll), or one Keras model (*.keras).'),
  'drop-several': text<{ count: number }>('error', ({ count }) => `${countOf(count, 'file')} were dropped; one at a time is opened. Drop one CSV file, one project (*.unroll), or one Keras model (*.keras).`),
  'drop-foreign': text<{ name: string }>(
    'error',
    ({ name }) => `${quote(name)} is neither a CSV file nor an Unroll project nor a Keras model. Drop a text file with a line of column names and one line a time step (.csv, .tsv, .txt), a project (*.unroll), or a model (*.keras).`,
  ),
  'drop-folder': text<{ name: string }>('error', ({ name }) => `${quote(name)} is a folder. Drop one file of it: a CSV file, a project (*.unroll), or a Keras model (*.keras).`),
  'drop-spreadsheet': text<{ name: string }>('error', ({ name }) => `${quote(name)} is a spreadsheet, which Unroll does not read. Save the sheet with the series as CSV, one line of column names above, and drop that file.`),
  'drop-old-model': text<{ name: string }>('error', ({ name }) => `${quote(name)} is a model in an older format of Keras. Load it in Keras 3, save it with model.save("model.keras"), and drop that file.`),
  'drop-without-project': text<{ name: string }>('error', ({ name }) => `${quote(name)} is data, and no project is open to take it. Open or start a project first.`),
  'data-not-chosen': text<{ label: string; file: string }>(
    'error',
    ({ label, file }) => `${label} names the file ${quote(file)}, which was not chosen for this project in a file dialog. Choose it, so that Unroll may read it.`,
  ),
  'data-moved': text<{ label: string; file: string }>('error', ({ label, file }) => `The data of ${label} is no longer at ${file}. Find the file, or choose another.`),
  'series-missing': text<{ label: string }>('error', ({ label }) => `${label} has no series to show: its data could not be read.`),
  'window-node-missing': text<{ label: string }>('error', ({ label }) => `${label} leads to no Window node that is in order, so there are no samples yet. Wire it to a Window.`),
  'sample-missing': text<{ part: string; count: number }>('error', ({ part, count }) => `The ${part} part has ${countOf(count, 'sample')}: there is none of that number.`),

  // Engine and runs
  'engine-ended': text<{ how: string; kept: string }>('error', ({ how, kept }) => `The engine ended unexpectedly (${how}). ${kept}`),
  'engine-hung': text<{ seconds: string; kept: string }>('error', ({ seconds, kept }) => `The engine has not answered for ${seconds} seconds and was ended. ${kept}`),
  'engine-silent': text<Record<never, never>>('warning', () => 'The engine is not answering. Unroll waits for it; you can stop the run.'),
  'engine-not-started': text<{ reason: string }>('error', ({ reason }) => `The engine could not be started: ${reason}. Run \`npm run setup -- --verify\` in the checkout, or install Unroll again.`),
  'engine-restart-needed': text<Record<never, never>>('note', () => 'This model needs TensorFlow with other settings: it is started again for it.'),
  'run-under-way': text<Record<never, never>>('error', () => 'A run of this project is under way. Stop it first.'),
  'engine-busy': text<Record<never, never>>(
    'error',
    () => 'The engine is training in another window. Wait for it, or let Preferences → Engine give every run a process of its own.',
  ),
} as const;
