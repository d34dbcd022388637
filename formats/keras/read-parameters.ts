import type { LayerNodeType } from '../../core/nodes/node-type.ts';
import type { ParameterDeclaration, ParsedParameters } from '../../core/params/parameter-declaration.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import { parseParameters } from '../../core/params/parse-parameters.ts';
import { printJson, type Json } from './json-value.ts';
import { initializerName, regularizerPart } from './training-words.ts';

export type ReadParameters =
  | { readonly kind: 'fit'; readonly parameters: Json; readonly left: readonly string[] }
  | { readonly kind: 'misfit'; readonly reason: string };

/** Parameters that Keras calls otherwise than we do; all others are our names in snake case. */
const otherKeys: Readonly<Record<string, string>> = { stride: 'strides', dilation: 'dilation_rate', deviation: 'stddev' };
const otherKeysOf: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'repeat-vector': { steps: 'n' } };

/** Parameters that are part of a value of Keras's. */
const partsOf: Readonly<Record<string, Readonly<Record<string, (config: Json) => unknown>>>> = {
  crop: { before: ({ cropping }) => pairOf(cropping)[0], after: ({ cropping }) => pairOf(cropping)[1] },
  pad: { before: ({ padding }) => pairOf(padding)[0], after: ({ padding }) => pairOf(padding)[1] },
  reshape: { steps: ({ target_shape: shape }) => (Array.isArray(shape) ? (shape as unknown[])[0] : undefined) },
  concatenate: { axis: ({ axis }) => (axis === 1 ? 'time' : axis === -1 ? 'feature' : undefined) },
};

/** Settings that change how a layer is trained and how fast, and not what it computes: they need not be ours. */
const trainingOnly = /_(?:initializer|regularizer|constraint)$|^(?:activity_regularizer|trainable|noise_shape)$/u;
/** Settings that say nothing of what is computed without masks. */
const saysNothing = new Set(['name', 'dtype', 'unroll', 'implementation', 'zero_output_for_mask', 'use_cudnn', 'synchronized', 'batch_shape', 'batch_input_shape', 'return_state', 'supports_masking', 'seed', 'renorm_momentum', 'renorm_clipping']);

/** Our parameters from Keras's configuration of the layer; a misfit names what would make another function of it. */
export function readParameters(type: LayerNodeType, file: Json, write: (parameters: ParsedParameters) => Json, axes: number | undefined): ReadParameters {
  const config = Object.fromEntries(Object.entries(file).map(([key, value]) => [key, canonical(key, value, axes)]));
  const parameters: Record<string, unknown> = {};
  const left = new Set<string>();
  for (const [name, declaration] of Object.entries(type.parameters)) {
    const found = parameterFrom(type.type, name, declaration, config);
    if (found.kind === 'value') parameters[name] = found.value;
    else if (found.kind === 'left') left.add(found.key);
  }
  const parsed = parseParameters(type.parameters, parameters, { node: nodeId('imported'), label: type.title });
  if (!parsed.ok) {
    const [first] = parsed.diagnostics;
    const name = first?.where.kind === 'node' ? first.where.parameter : undefined;
    const key = name === undefined ? 'a setting' : keyOf(type.type, name);
    return { kind: 'misfit', reason: `its ${key} is ${printJson(config[key])}, which Unroll does not have` };
  }
  const written = write(parsed.value);
  for (const [key, value] of Object.entries(config)) {
    if (saysNothing.has(key)) continue;
    const verdict = Object.hasOwn(written, key) ? compare(key, value, canonical(key, written[key], axes)) : judgeOther(key, value);
    if (verdict === 'other function') return { kind: 'misfit', reason: `its ${key} is ${printJson(value)}, which Unroll does not have` };
    if (verdict === 'other training') left.add(key);
  }
  return { kind: 'fit', parameters: parsed.value, left: [...left] };
}

type Verdict = 'same' | 'other training' | 'other function';

/** A setting that we write as well. */
function compare(key: string, value: unknown, written: unknown): Verdict {
  if (sameValue(value, written)) return 'same';
  if (key.endsWith('_initializer')) return initializerName(value, 'kernelInitializer') === written ? 'same' : 'other training';
  // Of a regulariser the parts were read one by one.
  if (key.endsWith('_regularizer')) return 'same';
  return trainingOnly.test(key) ? 'other training' : 'other function';
}

/** A setting that we know nothing of: off, it says nothing. */
function judgeOther(key: string, value: unknown): Verdict {
  if (value === null || value === false || (key === 'data_format' && value === 'channels_last') || (key === 'trainable' && value === true) || key.endsWith('_initializer')) return 'same';
  return trainingOnly.test(key) ? 'other training' : 'other function';
}

type Found = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'left'; readonly key: string } | { readonly kind: 'none' };

function parameterFrom(type: string, name: string, declaration: ParameterDeclaration, config: Json): Found {
  const part = partsOf[type]?.[name];
  if (part !== undefined) {
    const value = part(config);
    return value === undefined ? { kind: 'none' } : { kind: 'value', value };
  }
  const penalty = /^(kernel|bias|recurrent)L([12])$/u.exec(name);
  if (penalty !== null) {
    const key = `${penalty[1]}_regularizer`;
    const value = regularizerPart(config[key], penalty[2] === '1' ? 'l1' : 'l2');
    return value === undefined ? { kind: 'left', key } : { kind: 'value', value };
  }
  const key = keyOf(type, name);
  if (!Object.hasOwn(config, key)) return { kind: 'none' };
  if (name.endsWith('Initializer')) {
    const value = initializerName(config[key], name);
    return value === undefined ? { kind: 'left', key } : { kind: 'value', value };
  }
  const value = config[key];
  const isNumber = declaration.kind === 'integer' || declaration.kind === 'optional-integer' || declaration.kind === 'real';
  return { kind: 'value', value: isNumber && Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value };
}

function keyOf(type: string, name: string): string {
  return otherKeysOf[type]?.[name] ?? otherKeys[name] ?? name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

/** Sizes along time that Keras writes as a number or as a list of one. */
const listsOfOne = new Set(['kernel_size', 'strides', 'dilation_rate', 'pool_size']);

/** One spelling of what Keras writes in several: lists of one number, the last axis counted from either end. */
function canonical(key: string, value: unknown, axes: number | undefined): unknown {
  if (listsOfOne.has(key) && typeof value === 'number') return [value];
  if (key === 'axis') {
    const axis: unknown = Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
    return axes !== undefined && axis === axes - 1 ? -1 : axes === 3 && axis === -2 ? 1 : axis;
  }
  if ((key === 'cropping' || key === 'padding') && typeof value === 'number') return [value, value];
  // The second size follows from the first: Keras has made sure that they fit.
  if (key === 'target_shape' && Array.isArray(value) && value.length === 2) return [(value as unknown[])[0], -1];
  return value;
}

function sameValue(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function pairOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value, value];
}
