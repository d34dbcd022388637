import { readFileSync } from 'node:fs';
import { compileProgram } from '../../core/compile/compile-program.ts';
import { buildModel } from '../../core/compile/build-model.ts';
import { takesSequence, type Model } from '../../core/compile/model.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { OptimizerSettings } from '../../core/graph/training-settings.ts';
import type { Program } from '../../core/program/program.ts';

interface Golden {
  readonly features: number;
  readonly outputs: number;
  readonly learningRate: number;
  readonly weightNames: readonly string[];
  readonly float32: { readonly predictions: string; readonly gradient: string; readonly loss: number; readonly afterOneStep: string };
  readonly float64: { readonly losses: readonly number[]; readonly afterTwentySteps: string };
}

interface Goldens {
  readonly exactBetas: { readonly beta_1: number; readonly beta_2: number };
  readonly batch: number;
  readonly window: number;
  readonly steps: number;
  readonly models: Readonly<Record<string, Golden>>;
}

const place = (name: string): URL => new URL(name, import.meta.url);

/** What keras-goldens.py wrote. */
export const goldens = JSON.parse(readFileSync(place('./keras-goldens.json'), 'utf8')) as Goldens;

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer;
}

export const decodeFloat32 = (base64: string): Float32Array => new Float32Array(bytesOf(base64));
export const decodeFloat64 = (base64: string): Float64Array => new Float64Array(bytesOf(base64));

/** sin(frequency · k + phase), the formula of keras-goldens.py. */
export function wave(count: number, frequency: number, phase: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => Math.sin(frequency * index + phase));
}

function readTemplate(name: string): GraphDocument {
  const parsed = parseDocument(readFileSync(place(`../../assets/templates/${name}.unroll`), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  return parsed.value.document;
}

export interface GoldenModel {
  readonly golden: Golden;
  readonly model: Model;
  readonly program: Program;
  /** Weights of keras-goldens.py, in the layout of the program. */
  readonly startWeights: Float64Array;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** The template's model with the goldens' shorter window, and the numbers that it is tried on. */
export function goldenModel(name: string, betas = { beta1: 0.9, beta2: 0.999 }): GoldenModel {
  const golden = goldens.models[name];
  if (golden === undefined) throw new Error(`there is no golden named ${name}`);
  const document = readTemplate(name);
  const nodes = document.nodes.map((node) => (node.type === 'window' ? { ...node, parameters: { ...node.parameters, window: goldens.window } } : node));
  const columns = golden.features === 1 ? ['co2'] : ['precipitation', 'temp_max', 'temp_min', 'wind'];
  const facts = document.nodes.filter((node) => node.type === 'series').map((node) => [node.id, { columns, seriesCount: 1, steps: 1000 }] as const);
  const model = buildModel({ ...document, nodes }, Object.fromEntries(facts));
  if (!model.ok) throw new Error(model.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  const optimizer: OptimizerSettings = { kind: 'adam', learningRate: golden.learningRate, ...betas, epsilon: 1e-7, amsgrad: false };
  const program = compileProgram(model.value, { ...document.training, optimizer, clipping: null });
  const startWeights = Float64Array.from(program.parameterLayout.flatMap((slice, index) =>
    [...wave(slice.length, 0.7, index)].map((value) => (slice.weight === 'gamma' ? 1 : 0) + 0.3 * value)));
  const targetSize = goldens.batch * golden.outputs * (model.value.targets.some(takesSequence) ? goldens.window : 1);
  return {
    golden,
    model: model.value,
    program,
    startWeights,
    inputs: wave(goldens.batch * goldens.window * golden.features, 0.37, 0.5),
    targets: Float64Array.from({ length: targetSize }, (_, index) => Math.cos(0.23 * index)),
  };
}
