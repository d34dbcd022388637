import { z } from 'zod';
import { nodeId, wireId } from '../graph/identifiers.ts';
import type { ParameterValue } from '../graph/graph-document.ts';
import { documentLimits } from './limits.ts';

/*
 * Every schema carries, as its error text, what was expected there: parse-document.ts makes the sentence of it.
 * Objects are strict: a member that Unroll does not know would be lost on saving, and is more often a slip than a wish.
 */

const identifierText = z
  .string({ error: 'an id' })
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error: 'an id of 1 to 64 letters, digits, "-" and "_"' });

const nodeIdentifier = identifierText.transform(nodeId);
const wireIdentifier = identifierText.transform(wireId);

const shortTextError = `a text of 1 to ${documentLimits.textLength} characters`;
const shortText = z.string({ error: shortTextError }).min(1, { error: shortTextError }).max(documentLimits.textLength, { error: shortTextError });

const pathError = `a file path of 1 to ${documentLimits.pathLength} characters`;
const filePath = z.string({ error: pathError }).min(1, { error: pathError }).max(documentLimits.pathLength, { error: pathError });

const parameterError = 'a text, a finite number, true, false, null, or a list of texts and numbers';

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

const parameterValue = z.custom<ParameterValue>(
  (value) => value === null || typeof value === 'boolean' || isScalar(value) || (Array.isArray(value) && value.every(isScalar)),
  { error: parameterError },
);

const parameterName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, { error: 'a parameter name of 1 to 64 letters and digits' });

const parameters = z.record(parameterName, parameterValue, { error: 'an object of parameters' });

function list<Item extends z.ZodType>(item: Item, what: string) {
  return z.array(item, { error: `a list of ${what}` });
}

function whole(minimum: number, maximum: number) {
  const error = `a whole number from ${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A number of an interval whose ends may be left out. */
function real(expected: string, accepts: (value: number) => boolean) {
  return z.number({ error: expected }).refine(accepts, { error: expected });
}

/** An object with exactly these members; for an unknown one the error text is the known ones, separated by spaces. */
function strict<Shape extends z.ZodRawShape>(shape: Shape, what: string) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : what) });
}

const node = strict({ id: nodeIdentifier, type: shortText, label: shortText, parameters }, 'a node: an object with id, type, label and parameters');

const port = strict({ node: nodeIdentifier, port: shortText }, 'an object with node and port');

const wire = strict({ id: wireIdentifier, from: port, to: port }, 'a wire: an object with id, from and to');

const definition = strict(
  {
    name: shortText,
    inputs: list(shortText, 'port names'),
    outputs: list(shortText, 'port names'),
    nodes: list(node, 'nodes'),
    wires: list(wire, 'wires'),
  },
  'a definition: an object with name, inputs, outputs, nodes and wires',
);

const dataReference = strict(
  {
    node: nodeIdentifier,
    file: filePath,
    sha256: z.string({ error: '64 hexadecimal digits' }).regex(/^[0-9a-f]{64}$/, { error: '64 lower-case hexadecimal digits' }),
  },
  'a data reference: an object with node, file and sha256',
);

const share = real('a number from 0 up to, not including, 1', (value) => value >= 0 && value < 1);
const positive = real('a number greater than 0', (value) => value > 0);

const optimizerError = 'an optimizer: an object whose kind is "adam" or "sgd"';
const optimizer = z.discriminatedUnion(
  'kind',
  [
    strict({ kind: z.literal('adam'), learningRate: positive, beta1: share, beta2: share, epsilon: positive }, optimizerError),
    strict({ kind: z.literal('sgd'), learningRate: positive, momentum: share, nesterov: z.boolean({ error: 'true or false' }) }, optimizerError),
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? '"adam" or "sgd"' : optimizerError) },
);

const training = strict(
  {
    epochs: whole(1, 1_000_000),
    batchSize: whole(1, 1_000_000),
    seed: whole(0, 2 ** 32 - 1),
    optimizer,
    clipGlobalNorm: z.nullable(positive),
    earlyStoppingPatience: z.nullable(whole(1, 1_000_000)),
  },
  'the training settings: an object',
);

const coordinate = z.number({ error: 'a finite number of pixels' });
const position = strict({ x: coordinate, y: coordinate }, 'a position: an object with x and y');

/** The members of a project file after `format` and `version`, as format 1 has them. */
export const documentSchema = strict(
  {
    name: shortText,
    nodes: list(node, 'nodes'),
    wires: list(wire, 'wires'),
    definitions: list(definition, 'definitions'),
    data: list(dataReference, 'data references'),
    training,
    layout: z.record(identifierText, position, { error: 'an object of positions by node id' }),
  },
  'a project: an object',
);

/** Checks and types training settings that come from elsewhere (the command line) by the same rules as the file's. */
export const trainingSchema = training;
