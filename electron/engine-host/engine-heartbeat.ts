import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { beatMilliseconds, beats } from './heartbeat.ts';

const counter = new Int32Array(workerData as SharedArrayBuffer);
const standardOutput = 1;
let last = -1;

setInterval(() => {
  const turns = Atomics.load(counter, 0);
  // Straight to the pipe: a worker's console goes through the main thread, which may be deep in TensorFlow.
  writeSync(standardOutput, turns === last ? beats.busy : beats.moving);
  last = turns;
}, beatMilliseconds);
