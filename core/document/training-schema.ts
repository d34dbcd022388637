import { z } from 'zod';
import { listOf, quote } from '../diagnostics/phrases.ts';
import { clippingKinds, optimizerKinds, scheduleKinds } from '../graph/training-defaults.ts';
import { real, strict, whole } from './schema-parts.ts';

const share = real('a number from 0 up to, not including, 1', (value) => value >= 0 && value < 1);
const wholeShare = real('a number from 0 to 1', (value) => value >= 0 && value <= 1);
const positive = real('a number greater than 0', (value) => value > 0);
const positiveShare = real('a number greater than 0, at most 1', (value) => value > 0 && value <= 1);
const openShare = real('a number greater than 0 and below 1', (value) => value > 0 && value < 1);
const notNegative = real('a number of at least 0', (value) => value >= 0);
const length = real('a number of at least 0.01', (value) => value >= 0.01);
const atLeastOne = real('a number of at least 1', (value) => value >= 1);
const yesOrNo = z.boolean({ error: 'true or false' });

function oneOf(kinds: readonly string[]): string {
  return listOf(kinds.map(quote), 'or');
}

/** The error texts of a union: what it is, and its kinds where the kind is unknown. */
function unionError(what: string, kinds: readonly string[]) {
  const whole = `${what}: an object whose kind is ${oneOf(kinds)}`;
  return { whole, options: { error: (issue: { readonly code?: string }) => (issue.code === 'invalid_union' ? oneOf(kinds) : whole) } };
}

const optimizerError = unionError('an optimizer', optimizerKinds);
const adam = { beta1: share, beta2: share, epsilon: positive, amsgrad: yesOrNo };
const optimizer = z.discriminatedUnion(
  'kind',
  [
    strict({ kind: z.literal('sgd'), learningRate: positive, momentum: share, nesterov: yesOrNo }, optimizerError.whole),
    strict({ kind: z.literal('rmsprop'), learningRate: positive, rho: share, momentum: share, epsilon: positive, centered: yesOrNo }, optimizerError.whole),
    strict({ kind: z.literal('adam'), learningRate: positive, ...adam }, optimizerError.whole),
    strict({ kind: z.literal('adamw'), learningRate: positive, weightDecay: notNegative, ...adam }, optimizerError.whole),
  ],
  optimizerError.options,
);

const scheduleError = unionError('a schedule', scheduleKinds);
const schedule = z.discriminatedUnion(
  'kind',
  [
    strict({ kind: z.literal('constant') }, scheduleError.whole),
    strict({ kind: z.literal('exponential'), decayRate: positiveShare, decayEpochs: length, staircase: yesOrNo }, scheduleError.whole),
    strict({ kind: z.literal('cosine'), warmupEpochs: notNegative, decayEpochs: z.nullable(length), finalShare: wholeShare }, scheduleError.whole),
    strict(
      { kind: z.literal('cosine-restarts'), warmupEpochs: notNegative, firstCycleEpochs: length, cycleGrowth: atLeastOne, peakShare: positiveShare, finalShare: wholeShare },
      scheduleError.whole,
    ),
    strict({ kind: z.literal('plateau'), factor: openShare, patience: whole(1, 1_000_000), minimumRate: notNegative }, scheduleError.whole),
  ],
  scheduleError.options,
);

const clipping = strict({ kind: z.enum(clippingKinds, { error: oneOf(clippingKinds) }), limit: positive }, 'null, or an object with kind and limit');
const weightAveraging = strict({ momentum: share }, 'null, or an object with momentum');

/** The training settings as the newest format has them; the command line's are judged by it too. */
export const trainingSchema = strict(
  {
    epochs: whole(1, 1_000_000),
    batchSize: whole(1, 1_000_000),
    seed: whole(0, 2 ** 32 - 1),
    optimizer,
    schedule,
    clipping: z.nullable(clipping),
    weightAveraging: z.nullable(weightAveraging),
    earlyStoppingPatience: z.nullable(whole(1, 1_000_000)),
  },
  'the training settings: an object',
);
