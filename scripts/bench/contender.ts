import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ContenderLine, Parts, Ready, Task, Timed } from './protocol.ts';
import type { BenchLayer, TrainingCase } from './training-cases.ts';

/** Something that trains the benchmark's cases: how it is called, and the command that starts it on a case's folder. */
export interface ContenderKind {
  readonly engine: string;
  /** Whether it has every layer of a case; written by hand step by step, a layer would say nothing about the engine. */
  readonly has: (own: TrainingCase) => boolean;
  /** What it can be asked to do; everything, where left out. */
  readonly does?: (task: Task) => boolean;
  readonly command: (folder: string) => readonly [string, ...string[]];
}

export interface Contender {
  readonly engine: string;
  readonly does: (task: Task) => boolean;
  readonly ready: Ready;
  readonly run: (task: Task, count: number) => Promise<Timed>;
  /** Unroll alone. */
  readonly parts: (count: number) => Promise<Parts>;
  readonly stop: () => void;
}

const here = (name: string): string => fileURLToPath(new URL(`./contenders/${name}`, import.meta.url));

const everything = (): boolean => true;

function unlessSome(isMissing: (layer: BenchLayer) => boolean): ContenderKind['has'] {
  return ({ layers }) => !layers.some(isMissing);
}

function inNode(engine: string, file: string, has: ContenderKind['has']): ContenderKind {
  return { engine, has, command: (folder) => [process.execPath, '--import', 'tsx', here(file), folder] };
}

export const ownContender = inNode('unroll', 'unroll.ts', everything);
/** tfjs knows the GRU as first published only, and cannot differentiate a dilated convolution; its layers take no cells from outside. */
export const tfjsLayersContender = inNode('tfjs-layers', 'tfjs-layers.ts', unlessSome((layer) =>
  'cell' in layer || layer.kind === 'bidirectional-lstm' || (layer.kind === 'gru' && layer.resetAfter) || (layer.kind === 'conv1d' && layer.dilation > 1) || isWide(layer)));

/** On what Unroll's own writer of ONNX files makes of a case. */
export const onnxContender: ContenderKind = { ...inNode('onnxruntime', 'onnxruntime.ts', everything), does: ({ kind }) => kind === 'predict' };

/** Seconds a step: it would hold up the others for minutes, and no promise speaks of it. */
const isWide = (layer: BenchLayer): boolean => layer.kind === 'lstm' && layer.units >= 64;

export function pythonContenders(python: string): readonly ContenderKind[] {
  // In PyTorch a cell from outside is a loop in Python; in Keras, a cell given to its RNN layer. PyTorch has no recurrent dropout.
  const keras = unlessSome(({ kind }) => kind === 'described-cell');
  const pytorch = unlessSome((layer) => layer.kind === 'described-cell' || layer.kind === 'bidirectional-lstm' || (layer.kind === 'gru' && !layer.resetAfter));
  const engines = { jax: everything, 'pytorch-1': pytorch, 'pytorch-2': pytorch, keras, 'keras-jit': keras, 'keras-fit': keras };
  return Object.entries(engines).map(([engine, has]) => ({
    engine,
    has,
    command: (folder) => [python, here('rivals.py'), folder, engine],
  }));
}

/** Starts a contender on a case and waits until it is ready. Throws with its own words where it is not. */
export async function startContender(kind: ContenderKind, folder: string): Promise<Contender> {
  const [command, ...words] = kind.command(folder);
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => { complaints = `${complaints}${chunk.toString()}`.slice(-2000); });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<ContenderLine> => {
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${kind.engine} ended early: ${complaints.trim()}`);
      if (line.value.startsWith('{')) return JSON.parse(line.value) as ContenderLine;
    }
  };
  const ready = await next();
  if (ready.kind !== 'ready') throw new Error(`${kind.engine} did not say that it is ready`);
  return {
    engine: kind.engine,
    does: kind.does ?? (() => true),
    ready,
    run: async (task, count) => {
      child.stdin.write(task.kind === 'train' ? `run ${count}\n` : `predict ${count} ${task.series}\n`);
      const timed = await next();
      if (timed.kind !== 'timed') throw new Error(`${kind.engine} gave no times`);
      return timed;
    },
    parts: async (count) => {
      child.stdin.write(`parts ${count}\n`);
      const parts = await next();
      if (parts.kind !== 'parts') throw new Error(`${kind.engine} did not take its step apart`);
      return parts;
    },
    stop: () => { child.stdin.end(); child.kill(); },
  };
}
