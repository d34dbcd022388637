import { parentPort } from 'node:worker_threads';
import type { CsvReader, DataAccess } from '../../engine/training/read-series.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { parseCsv } from '../../formats/csv/parse-csv.ts';
import { baselineLosses } from './baseline-losses.ts';
import type { DataTask, DataTasks, TaskAnswer, TaskMessage } from './data-tasks.ts';
import { plotSeries } from './plot-series.ts';
import { previewData } from './preview-data.ts';
import { readData } from './read-data.ts';
import { readSample } from './read-sample.ts';
import { createSeriesCache } from './series-cache.ts';

const readCsv: CsvReader = (bytes, file, choice) => parseCsv(bytes, { file, ...choice });
const access: DataAccess = { files: openFileDoor(), readCsv };
const cache = createSeriesCache(access);

const tasks: DataTasks = {
  preview: (argument) => previewData(access.files, argument),
  read: (argument) => readData(cache, argument),
  plot: (argument) => plotSeries(cache, argument),
  sample: (argument) => readSample(cache, argument),
  baselines: (argument) => baselineLosses(access, argument),
};

const port = parentPort;
if (port === null) throw new Error('The data worker runs as a worker thread only.');

port.on('message', (message: TaskMessage) => {
  void answerTo(message).then((answer) => port.postMessage(answer));
});

async function answerTo({ id, task, argument }: TaskMessage): Promise<TaskAnswer> {
  const run = tasks[task satisfies DataTask] as (argument: unknown) => ReturnType<DataTasks[DataTask]>;
  try {
    return { id, result: await run(argument) };
  } catch (error) {
    return { id, crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
