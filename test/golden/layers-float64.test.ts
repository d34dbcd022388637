import { describe, expect, it } from 'vitest';
import { catalog, layerType } from '../../core/nodes/catalog.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import { contextFor, namedShape } from '../core/nodes/run-layer.ts';
import { expectClose } from '../support/expect-close.ts';
import { caseName, goldenBody, layerGoldens, penaltyOf } from './layer-goldens.ts';

/** Keras's float64, rounded to float32. */
const tolerance = 1e-6;

it('no layer escapes: each has golden numbers', () => {
  const layers = [...catalog.values()].filter(({ role }) => role === 'layer').map(({ type }) => type);
  expect([...new Set(layerGoldens.map(({ type }) => type))].toSorted()).toEqual(layers.toSorted());
});

describe('every layer computes, forwards and backwards, what Keras computes', () => {
  it.each(layerGoldens.map((golden) => [caseName(golden), golden] as const))('%s', (_, golden) => {
    const { body, inputs, batch, expected } = goldenBody(golden);
    expect(() => expectClose(evaluateBody(body, inputs, { batch }), expected, tolerance)).not.toThrow();
  });
});

describe('every layer says what it is as Keras says it', () => {
  it.each(layerGoldens.map((golden) => [caseName(golden), golden] as const))('%s', (_, { type: name, parameters, inputs, config, wrapper, finalStates }) => {
    const type = layerType(name);
    expect(type.keras === null).toBe(config === undefined);
    const context = contextFor(type, parameters, inputs.map(namedShape));
    for (const [key, value] of Object.entries(type.keras?.config(context.parameters) ?? {})) expect({ [key]: config?.[key] }).toEqual({ [key]: key === 'return_state' ? finalStates !== undefined : value });
    const around = type.keras?.wrapper?.(context.parameters) ?? null;
    expect(around === null ? undefined : { class_name: around.className, ...around.config }).toEqual(wrapper);
  });
});

it('every layer penalises the sizes of its weights as Keras does', () => {
  const penalised = layerGoldens.filter(({ penalty }) => penalty !== undefined);
  expect(penalised.length).toBeGreaterThan(20);
  for (const golden of penalised) expect([caseName(golden), penaltyOf(golden)]).toEqual([caseName(golden), expect.closeTo(golden.penalty!, 6)]);
});
