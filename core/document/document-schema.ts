import { z } from 'zod';
import { nodeId, wireId } from '../graph/identifiers.ts';
import type { ParameterValue } from '../graph/graph-document.ts';
import { documentLimits } from './limits.ts';
import { list, strict } from './schema-parts.ts';
import { trainingSchema } from './training-schema.ts';

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

const coordinate = z.number({ error: 'a finite number of pixels' });
const position = strict({ x: coordinate, y: coordinate }, 'a position: an object with x and y');

/** The members of a project file after `format` and `version`, as the newest format has them. */
export const documentSchema = strict(
  {
    name: shortText,
    nodes: list(node, 'nodes'),
    wires: list(wire, 'wires'),
    definitions: list(definition, 'definitions'),
    data: list(dataReference, 'data references'),
    training: trainingSchema,
    layout: z.record(identifierText, position, { error: 'an object of positions by node id' }),
  },
  'a project: an object',
);
