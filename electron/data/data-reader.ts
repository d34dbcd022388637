import { Worker } from 'node:worker_threads';
import type { DataTask, DataTasks, TaskAnswer, TaskMessage } from './data-tasks.ts';

/** Reads data in a thread of its own: no window stutters while a large file is parsed. Needs no TensorFlow. */
export interface DataReader extends DataTasks {
  readonly close: () => Promise<void>;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The thread starts with the first task, and again after a crash. */
export function createDataReader(workerFile: string): DataReader {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(workerFile);
    started.unref();
    started.on('message', (answer: TaskAnswer) => {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if ('crash' in answer) waiting?.reject(new Error(answer.crash));
      else waiting?.resolve(answer.result as never);
    });
    started.on('error', (error) => end(started, error instanceof Error ? error : new Error(String(error))));
    started.on('exit', (code) => end(started, new Error(`The data thread ended with code ${code}.`)));
    return started;
  }

  function end(ended: Worker, error: Error): void {
    if (worker !== ended) return;
    worker = null;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  function ask<Task extends DataTask>(task: Task) {
    return (argument: Parameters<DataTasks[Task]>[0]): ReturnType<DataTasks[Task]> => {
      worker ??= start();
      lastId += 1;
      const message: TaskMessage = { id: lastId, task, argument };
      const answered = new Promise((resolve, reject) => {
        pending.set(message.id, { resolve, reject });
      });
      worker.postMessage(message);
      return answered as ReturnType<DataTasks[Task]>;
    };
  }

  return {
    preview: ask('preview'),
    read: ask('read'),
    plot: ask('plot'),
    sample: ask('sample'),
    baselines: ask('baselines'),
    close: async () => {
      const ending = worker;
      worker = null;
      await ending?.terminate();
    },
  };
}
