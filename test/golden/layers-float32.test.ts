import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../support/run-on-tensorflow.ts';
import { caseName, goldenBody, layerGoldens } from './layer-goldens.ts';

const backend = testBackend();

// Layer normalisation of nearly equal numbers loses digits in float32, whoever computes it.
const tolerance = 1e-4;

describe('the engine computes every layer, forwards and backwards, as Keras does', () => {
  it.each(layerGoldens.map((golden) => [caseName(golden), golden] as const))('%s', (_, golden) => {
    const bodyCase = goldenBody(golden);
    expect(() => expectClose(runOnTensorFlow(backend, bodyCase), bodyCase.expected, tolerance)).not.toThrow();
  });
});
