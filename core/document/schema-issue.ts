import type { z } from 'zod';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import { documentLimits } from './limits.ts';
import { describeValue, printPath, valueAt } from './value-path.ts';
import type { ValuePath } from './value-path.ts';

/** Turns one finding of the schema into sentences: the path, what was expected there, what was found. */
export function describeSchemaIssue(issue: z.core.$ZodIssue, root: unknown): readonly Diagnostic[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ');
    return issue.keys.slice(0, documentLimits.reportedErrors + 1).map((key) => {
      const place: ValuePath = [...path, key];
      return diagnose('project-unknown-member', { kind: 'value', path: place }, { path: printPath(place), known, nearest: nearMiss(key, known) });
    });
  }
  const where = { kind: 'value', path } as const;
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? issue.message;
    const name = String(path.at(-1));
    return [diagnose('project-value', where, { path: printPath(path), expected, found: `the name ${describeValue(name)}` })];
  }
  const value = valueAt(root, path);
  if (value === undefined) return [diagnose('project-missing-member', where, { path: printPath(path), expected: issue.message })];
  return [diagnose('project-value', where, { path: printPath(path), expected: issue.message, found: describeValue(value) })];
}
