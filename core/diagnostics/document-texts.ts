import { countOf, printCount } from './phrases.ts';
import { text } from './text-table.ts';

function suggestion(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** What can be wrong with a project file. */
export const documentTexts = {
  'project-too-large': text<{ characters: number; limit: number }>(
    'error',
    (facts) =>
      `The project file holds ${printCount(facts.characters)} characters; at most ${printCount(facts.limit)} are read. ` +
      'A project holds the drawing only: data belongs in a file of its own that a Series node names.',
  ),
  'project-empty': text<Record<never, never>>('error', () => 'The project file is empty. Start a new one with: unroll new TEMPLATE.'),
  'project-foreign': text<{ found: string }>(
    'error',
    (facts) => `This is not an Unroll project: expected a JSON document with "format": "unroll-project", found ${facts.found}.`,
  ),
  'project-truncated': text<{ line: number; column: number; expected: string }>(
    'error',
    (facts) =>
      `The project file ends too early, at line ${facts.line}, column ${facts.column}: expected ${facts.expected}, found the end of the file. ` +
      'It was cut off: bring it back from a copy.',
  ),
  'project-not-json': text<{ line: number; column: number; expected: string; found: string }>(
    'error',
    (facts) =>
      `The project file is not valid JSON at line ${facts.line}, column ${facts.column}: expected ${facts.expected}, found ${facts.found}.`,
  ),
  'project-newer': text<{ version: number; newest: number }>(
    'error',
    (facts) =>
      `This project was made by a newer Unroll (format ${facts.version}; this one reads up to ${facts.newest}). ` +
      'Update Unroll to open it; the file is left as it is.',
  ),
  'project-value': text<{ path: string; expected: string; found: string }>(
    'error',
    (facts) => `${facts.path}: expected ${facts.expected}, found ${facts.found}.`,
  ),
  'project-missing-member': text<{ path: string; expected: string }>(
    'error',
    (facts) => `${facts.path} is missing: expected ${facts.expected}.`,
  ),
  'project-unknown-member': text<{ path: string; known: readonly string[]; nearest: string | undefined }>(
    'error',
    (facts) => `${facts.path} is not a member that Unroll knows here; known are ${facts.known.join(', ')}.${suggestion(facts.nearest)}`,
  ),
  'project-too-many': text<{ path: string; count: number; limit: number }>(
    'error',
    (facts) => `${facts.path} holds ${printCount(facts.count)} entries; at most ${printCount(facts.limit)} are read.`,
  ),
  'project-duplicate-id': text<{ path: string; id: string; first: string }>(
    'error',
    (facts) => `${facts.path}: the id "${facts.id}" is already used by ${facts.first}; every id is used once.`,
  ),
  'project-missing-node': text<{ path: string; id: string; nearest: string | undefined }>(
    'error',
    (facts) => `${facts.path}: there is no node with the id "${facts.id}".${suggestion(facts.nearest)}`,
  ),
  'project-more-errors': text<{ count: number }>(
    'error',
    (facts) => `${countOf(facts.count, 'more error')} of this kind; mend the first ones and look again.`,
  ),
  'project-migrated': text<{ from: number; to: number; changes: readonly string[] }>(
    'note',
    (facts) => `The project was in format ${facts.from} and was brought to format ${facts.to}: ${facts.changes.join('; ')}. Saving writes the new format.`,
  ),
} as const;
