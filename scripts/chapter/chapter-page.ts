import { chanceOfDifference, median } from '../bench/statistics.ts';
import type { TrainedSeed } from './chapter-experiment.ts';
import { chapterRows, horizonOf } from './chapter-rows.ts';
import type { ChapterRow, ChapterTask } from './chapter-rows.ts';
import type { ChapterResults } from './chapter-results.ts';

/** What the notebook has of the two tasks beside networks, and what a program that draws the same series must find to the last digit. */
const exactNumbers = {
  'one step': { naive: 0.020211367, leastSquares: 0.002931 },
  'ten steps': { naive: 0.25697407, leastSquares: 0.015488 },
} as const;

/** A network's median may be so many times the notebook's figure. */
const allowance = 1.15;

/** The seeds that a network is judged by; others only tell how much it depends on them. */
const lastSeed = 5;

export function promised(runs: readonly TrainedSeed[] = []): readonly TrainedSeed[] {
  return runs.filter(({ seed }) => seed <= lastSeed);
}

const figure = (value: number): string => value.toPrecision(3);

export function exactTask(task: ChapterTask): 'one step' | 'ten steps' {
  return horizonOf(task) === 1 ? 'one step' : 'ten steps';
}

/** The same to every digit that is given, or off by a rounding of float32, in which the notebook sums. */
function isExactly(found: number, given: number): boolean {
  const digits = String(given).replace(/^0\.0*/u, '').length;
  return Number(found.toPrecision(digits)) === given || Math.abs(found / given - 1) < 2 ** -23;
}

/** Rows whose median is beyond 1.15 × the notebook's and beyond what Keras itself reaches, and exact numbers that are not exact. */
export function missed(results: ChapterResults): readonly string[] {
  const networks = chapterRows.flatMap(({ id, title, notebook }) => {
    const errors = promised(results.unroll[id]).map(({ error }) => error);
    if (errors.length === 0 || notebook === null) return [];
    const own = median(errors);
    const keras = (results.keras[id] ?? []).map(({ error }) => error);
    if (own <= allowance * notebook || own <= Math.max(0, ...keras)) return [];
    return [`${title}: the median ${figure(own)} is above ${allowance} × the notebook's ${notebook}${keras.length === 0 ? '' : ` and above Keras's ${figure(Math.max(...keras))}`}`];
  });
  const exact = (['one step', 'ten steps'] as const).flatMap((task) => {
    const found = results.exact[task];
    if (found === undefined) return [];
    return (['naive', 'leastSquares'] as const)
      .filter((name) => !isExactly(found[name], exactNumbers[task][name]))
      .map((name) => `${name}, ${task}: ${found[name]} is not ${exactNumbers[task][name]}`);
  });
  const best = results.best.map(({ test }) => test);
  const slow = results.best.filter(({ seconds }) => seconds > mostSeconds).map(({ seed, seconds }) => `best of all, seed ${seed}: ${seconds.toFixed(0)} s of processor time, more than ${mostSeconds}`);
  return [...networks, ...exact, ...(best.length > 0 && median(best) > bestBound ? [`best of all: the median ${figure(median(best))} is above ${bestBound}`] : []), ...slow];
}

/** The notebook's LSTM took 88 s; within them the best network must reach this on the test part. */
const mostSeconds = 88;
const bestBound = 0.0022;

function range(values: readonly number[]): string {
  return values.length === 1 ? '' : `${figure(Math.min(...values))} – ${figure(Math.max(...values))}`;
}

function inSeeds(count: number): string {
  return count === 1 ? 'one seed' : `${count} seeds`;
}

function networkLine(row: ChapterRow, mark: string, results: ChapterResults, floor: number): string {
  const own = promised(results.unroll[row.id]);
  const keras = results.keras[row.id] ?? [];
  const errors = own.map(({ error }) => error);
  const cells = own.length === 0
    ? ['–', '–', '–', '–']
    : [`**${figure(median(errors))}**`, `${range(errors)}${own.length < 5 ? ` (${inSeeds(own.length)})` : ''}`, `${(median(errors) / floor).toFixed(1)} ×`, median(own.map(({ msPerStep }) => msPerStep)).toFixed(2)];
  const theirs = keras.length === 0 ? ['–', '–'] : [`${figure(median(keras.map(({ error }) => error)))} (${[inSeeds(keras.length), range(keras.map(({ error }) => error))].filter((part) => part !== '').join(': ')})`, median(keras.map(({ msPerStep }) => msPerStep)).toFixed(1)];
  return `| ${row.title}${mark} | ${cells[0]} | ${cells[1]} | ${cells[2]} | ${row.notebook ?? '–'} | ${theirs[0]} | ${cells[3]} | ${theirs[1]} | ${row.notebookMs ?? '–'} |`;
}

const marks = ['¹', '²', '³'] as const;

/** The tables of the page: tasks that share their baselines share a table. */
const tables: readonly { readonly heading: string; readonly tasks: readonly ChapterTask[]; readonly baselines: boolean }[] = [
  { heading: 'One step ahead', tasks: ['one step'], baselines: true },
  { heading: 'Ten steps ahead, forecast after the last step', tasks: ['ten steps, iterated', 'ten steps'], baselines: true },
  { heading: 'Ten steps ahead, forecast at every step (error of the last step)', tasks: ['ten steps at every step'], baselines: false },
];

function table({ heading, tasks, baselines: withBaselines }: (typeof tables)[number], results: ChapterResults): readonly string[] {
  const task = exactTask(tasks[0]!);
  const exact = results.exact[task];
  const floor = exact?.floor ?? Number.NaN;
  const rows = chapterRows.filter((row) => tasks.includes(row.task));
  const baselines = exact === undefined || !withBaselines ? [] : [
    `| naive: the last value${task === 'one step' ? '' : ', ten times'} | **${exact.naive.toPrecision(8)}** | exact | ${(exact.naive / floor).toFixed(1)} × | ${exactNumbers[task].naive} | – | – | – | – |`,
    `| least squares on the 50 values, in closed form | **${exact.leastSquares.toPrecision(task === 'one step' ? 4 : 5)}** | exact | ${(exact.leastSquares / floor).toFixed(1)} × | – | – | – | – | – |`,
  ];
  const noted = rows.filter(({ note }) => note !== undefined);
  const markOf = (row: ChapterRow): string => (row.note === undefined ? '' : ` ${marks[noted.indexOf(row)] ?? '*'}`);
  return [
    `## ${heading}`, '',
    '| | median | range | floor | notebook | Keras | ms a step | Keras, ms | notebook, ms |', '|---|---|---|---|---|---|---|---|---|',
    ...baselines, ...rows.map((row) => networkLine(row, markOf(row), results, floor)), '', ...noted.flatMap((row) => [`${markOf(row).trim()} ${row.title}: ${row.note ?? ''}.`, '']),
  ];
}

/** Networks that both were trained with many more seeds: whether the two differ by more than chance. */
function manySeeds(results: ChapterResults): readonly string[] {
  const lines = chapterRows.flatMap(({ id, title, notebook }) => {
    const [own, keras] = [results.unroll[id] ?? [], results.keras[id] ?? []].map((runs) => runs.map(({ error }) => error));
    if (own!.length <= lastSeed || keras!.length <= lastSeed) return [];
    const cell = (errors: readonly number[]): string => `${figure(median(errors))} | ${range(errors)} | ${errors.length}`;
    return [`| ${title} | ${cell(own!)} | ${cell(keras!)} | ${notebook ?? '–'} | ${chanceOfDifference(own!, keras!).toFixed(2)} |`];
  });
  return lines.length === 0 ? [] : [
    '## A network that depends on its seed', '',
    'Where seeds differ by a factor of two, five of them say little: here are many more, of the same network, settings and data in Unroll and in Keras. *Chance*: how often two such samples of one and the same distribution differ so much or more (Mann and Whitney\'s test); only a small one would speak for a difference.', '',
    '| | median | range | seeds | Keras: median | range | seeds | notebook | chance |', '|---|---|---|---|---|---|---|---|---|', ...lines, '',
  ];
}

const epochsShown = [1, 5, 10, 15, 20] as const;

/** The same training in both: what differs is arithmetic alone. */
function sameStarts(results: ChapterResults): readonly string[] {
  const lines = chapterRows.flatMap(({ id, title }) => {
    const found = results.sameStart[id];
    if (found === undefined) return [];
    const apart = Math.max(...found.unroll.map((own, epoch) => Math.abs(own / found.keras[epoch]! - 1)));
    const lineOf = (name: string, errors: readonly number[]): string => `| ${title} | ${name} | ${epochsShown.map((epoch) => errors[epoch - 1]?.toPrecision(5) ?? '–').join(' | ')} | ${apart.toExponential(1)} |`;
    return [lineOf('Unroll', found.unroll), lineOf('Keras', found.keras)];
  });
  return lines.length === 0 ? [] : [
    '## From the same weights, in the same order', '',
    'Networks that Keras trains from the weights that Unroll drew by seed 1, with the windows of every epoch in Unroll\'s order: the error on the validation part after so many epochs, and by how much of it the two are apart at most, over all 20.', '',
    `| | in | ${epochsShown.map((epoch) => `after ${epoch}`).join(' | ')} | apart |`, '|---|---|---|---|---|---|---|---|', ...lines, '',
  ];
}

function comparisons(results: ChapterResults): readonly string[] {
  const of = (id: string) => promised(results.unroll[id]);
  const [recurrent, dense, rectified] = [of('simple-20-20-1'), of('simple-20-20-dense'), of('simple-20-20-dense-relu')];
  if (recurrent.length === 0 || dense.length === 0 || rectified.length === 0) return [];
  const error = (runs: readonly { readonly error: number }[]): number => median(runs.map((run) => run.error));
  const time = (runs: readonly { readonly msPerStep: number }[]): string => `${median(runs.map(({ msPerStep }) => msPerStep)).toFixed(2)} ms a step`;
  return [
    '## Two questions of the chapter', '',
    `- **SimpleRNN(1) or Dense(1) as the last layer?** ${figure(error(recurrent))} at ${time(recurrent)} with the recurrent one, ${figure(error(dense))} at ${time(dense)} with Dense.`,
    `- **ReLU or tanh?** ${figure(error(rectified))} with ReLU, from ${figure(Math.min(...rectified.map((run) => run.error)))} to ${figure(Math.max(...rectified.map((run) => run.error)))} by seed; ${figure(error(dense))} with tanh.`, '',
  ];
}

function bestLines(results: ChapterResults): readonly string[] {
  if (results.best.length === 0) return [];
  const tests = results.best.map(({ test }) => test);
  const floor = results.exact['ten steps']?.floor ?? Number.NaN;
  return [
    '## A network of our own', '',
    `The template *Best ten steps* (\`unroll new best-ten-steps\`), trained for at most ${mostSeconds} s, which is what the notebook's LSTM took; the seconds are processor time on one thread, checks on the validation part included: the clock of a machine that does other work as well says little. The epoch that is best on the validation part is kept; the test part is looked at once, afterwards. The notebook's best, WaveNet, has 0.0072 on the validation part.`, '',
    '| seed | validation | test | processor time | best epoch |', '|---|---|---|---|---|',
    ...results.best.map(({ seed, validation, test, seconds, epochs, bestEpoch }) => `| ${seed} | ${figure(validation)} | ${figure(test)} | ${seconds.toFixed(0)} s | ${bestEpoch} of ${epochs} |`), '',
    `Median of ${inSeeds(tests.length)} on the test part: **${figure(median(tests))}**, ${(median(tests) / floor).toFixed(2)} × the floor, ${(0.0072 / median(tests)).toFixed(1)} times less than the notebook's best.`, '',
  ];
}

function missedLines(results: ChapterResults): readonly string[] {
  const sentences = missed(results);
  return sentences.length === 0 ? [] : ['## What is missed', '', ...sentences.map((sentence) => `- ${sentence}.`), ''];
}

/** The page as Markdown: nothing on it is written by hand but words. */
export function chapterPage(results: ChapterResults): string {
  const floors = results.exact['one step'] !== undefined && results.exact['ten steps'] !== undefined
    ? `Fitted so, ${results.exact['one step'].floor.toPrecision(3)} is left one step ahead and ${results.exact['ten steps'].floor.toPrecision(3)} over ten.`
    : '';
  return [
    '# The chapter, reproduced', '',
    '<!-- Written by npm run chapter. -->', '',
    'Every network of chapter 15 of A. Géron, *Hands-On Machine Learning*, 2nd edition, by the settings of its [notebook](https://github.com/ageron/handson-ml2): 10,000 series of NumPy\'s seed 42, 7,000 to train and 2,000 to validate, windows of 50 steps, batches of 32, 20 epochs, Adam. Mean squared error on the validation part with the weights of the last epoch, as the notebook gives it: the median and the range of seeds 1 to 5; a range that reaches far up has a seed that went astray, at these learning rates.', '',
    `*Floor*: what is left where the generator is known and only its two frequencies and two offsets must be found in the 50 noisy values, by least squares. ${floors} *Keras*: the same data, settings and last epoch, in Keras 3.`, '',
    '![Errors of every network beside the notebook, Keras and the floor](images/chapter.svg)', '',
    ...tables.flatMap((own) => table(own, results)),
    ...manySeeds(results),
    ...sameStarts(results),
    ...comparisons(results),
    ...bestLines(results),
    ...missedLines(results),
    '## How it was measured', '',
    ...Object.entries(results.measured).map(([part, words]) => `- ${part}: ${words}`), '',
    'Times of a step depend on what else the machine does, and a load above the number of cores makes them much too long; [performance.md](performance.md) measures them beside their rivals.', '',
    '`npm run chapter` trains everything again and writes this page; `npm run chapter -- --keras 2` lets Keras do the same for two seeds, `npm run chapter -- --same-start` from the same weights in the same order.', '',
  ].join('\n');
}
