import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { Result } from '../diagnostics/result.ts';
import type { GraphDocument } from '../graph/graph-document.ts';
import { checkCounts } from './count-rules.ts';
import { documentSchema } from './document-schema.ts';
import { findJsonFault } from './json-fault.ts';
import { documentLimits } from './limits.ts';
import { currentVersion, migrateProject, migrations } from './migrations.ts';
import type { JsonObject, Migration } from './migrations.ts';
import { checkReferences } from './reference-rules.ts';
import { describeSchemaIssue } from './schema-issue.ts';
import { describeValue } from './value-path.ts';

export const projectFormat = 'unroll-project';

export interface ParsedDocument {
  readonly document: GraphDocument;
  /** What the person should know of a file that was read: that it was of an older format. */
  readonly notes: readonly Diagnostic[];
}

/** Which version is the newest and how older ones are brought to it; stated by tests only. */
export interface DocumentVersions {
  readonly newest: number;
  readonly migrations: readonly Migration[];
}

const inProject = { kind: 'project' } as const;

/**
 * Reads the text of a project file: size, JSON, format, version, then the schema, the counts and the references inside it.
 * The graph itself (types, parameters, shapes) is judged by checkDocument, not here.
 */
export function parseDocument(
  content: string,
  versions: DocumentVersions = { newest: currentVersion, migrations },
): Result<ParsedDocument> {
  const json = readJson(content);
  if (!json.ok) return json;
  const version = readVersion(json.value, versions.newest);
  if (!version.ok) return version;

  const { project, changes } = migrateProject(json.value, version.value, versions.newest, versions.migrations);
  const tooMany = checkCounts(project);
  if (tooMany.length > 0) return fail(...cap(tooMany));

  const { format: _format, version: _version, ...members } = project;
  const parsed = documentSchema.safeParse(members);
  if (!parsed.success) return fail(...cap(parsed.error.issues.flatMap((issue) => describeSchemaIssue(issue, members))));
  const broken = checkReferences(parsed.data);
  if (broken.length > 0) return fail(...cap(broken));

  const notes =
    changes.length === 0
      ? []
      : [diagnose('project-migrated', inProject, { from: version.value, to: versions.newest, changes })];
  return succeed({ document: parsed.data, notes });
}

function readJson(content: string): Result<JsonObject> {
  if (content.length > documentLimits.characters) {
    return fail(diagnose('project-too-large', inProject, { characters: content.length, limit: documentLimits.characters }));
  }
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  if (text.trim() === '') return fail(diagnose('project-empty', inProject, {}));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return succeed(value as JsonObject);
    return fail(diagnose('project-foreign', inProject, { found: describeValue(value) }));
  } catch (error) {
    const fault = findJsonFault(text);
    if (fault === null) throw error;
    if (!text.trimStart().startsWith('{')) {
      const opening = describeValue(text.trimStart().split('\n', 1)[0]!.slice(0, 40));
      return fail(diagnose('project-foreign', inProject, { found: `a file that begins with ${opening}` }));
    }
    if (fault.found === null) return fail(diagnose('project-truncated', inProject, fault));
    return fail(diagnose('project-not-json', inProject, { ...fault, found: fault.found }));
  }
}

function readVersion(project: JsonObject, newest: number): Result<number> {
  if (project['format'] !== projectFormat) {
    const found = project['format'] === undefined ? 'a JSON document without "format"' : `"format": ${describeValue(project['format'])}`;
    return fail(diagnose('project-foreign', inProject, { found }));
  }
  const version = project['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const facts = { path: 'version', expected: `a whole number from 1 to ${newest}`, found: describeValue(version) };
    return fail(diagnose('project-value', { kind: 'value', path: ['version'] }, facts));
  }
  if (version > newest) return fail(diagnose('project-newer', inProject, { version, newest }));
  return succeed(version);
}

function cap(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const limit = documentLimits.reportedErrors;
  if (diagnostics.length <= limit) return diagnostics;
  return [...diagnostics.slice(0, limit), diagnose('project-more-errors', inProject, { count: diagnostics.length - limit })];
}
